"""An expert hands an application back in one press; what was signed counts no more."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.notices.words import said_by
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.review.access import may_read
from sinergia.review.actions.answering import leave_contest
from sinergia.review.actions.rating import recount
from sinergia.review.actions.recusing import recuse
from sinergia.review.models import Conflict, Examination, Expert, Score, Sheet
from tests.arrange import NOON, a_person
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.arrange_experts import person_of
from tests.review.deciding import a_rated, decided

pytestmark = [pytest.mark.django_db, pytest.mark.both]
RULES = shipped()["regional"]
LATER = NOON + timedelta(hours=1)


def a_signed_sheet(expert: Expert, examination: Examination, score: int) -> Sheet:
    sheet = a_sheet(expert, examination)
    for code in ("relevance", "coherence"):
        Score.objects.create(sheet=sheet, criterion=code, score=score)
    Sheet.objects.filter(pk=sheet.pk).update(stage="signed", signed_at=NOON, rating=score * 10)
    sheet.refresh_from_db()
    return sheet


def test_a_sheet_handed_back_is_a_conflict_and_is_told(contest: Contest, operator: Person) -> None:
    expert = an_expert(contest=contest)
    sheet = a_sheet(expert, an_examination(contest=contest), stage="draft")

    recuse(sheet, "Бухгалтер партнёра", actor=person_of(expert), now=LATER)
    again = recuse(sheet, "Другое", actor=person_of(expert), now=LATER)

    assert (again.stage, again.why, again.ended_at) == ("recused", "Бухгалтер партнёра", LATER)
    (row,) = Conflict.objects.all()
    assert (row.kind, row.source, row.stage) == ("declared", "expert", "stands")
    assert [one.code for one in Notice.objects.filter(person=operator)] == ["review.recused"]


def test_a_signed_sheet_is_set_aside_and_the_rating_counted_anew(contest: Contest) -> None:
    examination = an_examination(contest=contest)
    one, other = an_expert(contest=contest), an_expert("Гусев", contest=contest)
    sheet, kept = a_signed_sheet(one, examination, 4), a_signed_sheet(other, examination, 8)
    recount(examination, RULES, now=NOON)
    assert (examination.signed, examination.spread) == (2, Decimal(40))
    mean = examination.preliminary

    recuse(sheet, "Узнал соседа", actor=person_of(one), now=LATER)

    sheet.refresh_from_db()
    examination.refresh_from_db()
    assert (sheet.stage, kept.stage) == ("set_aside", "signed")
    assert (examination.signed, examination.spread) == (1, Decimal(0))
    assert mean is not None
    assert examination.preliminary is not None
    assert examination.preliminary * 3 == mean * 4


def test_one_press_is_enough_and_a_reason_is_no_novel(contest: Contest) -> None:
    expert = an_expert(contest=contest)
    sheet = a_sheet(expert, an_examination(contest=contest))

    with pytest.raises(Refused):
        recuse(sheet, "х" * 2_001, actor=person_of(expert), now=LATER)
    assert not Conflict.objects.exists()
    assert recuse(sheet, "", actor=person_of(expert), now=LATER).stage == "recused"
    assert Conflict.objects.get().stage == "stands"


def test_nobody_hands_back_for_another(contest: Contest, operator: Person) -> None:
    expert = an_expert(contest=contest)
    sheet = a_sheet(expert, an_examination(contest=contest))

    for person in (operator, a_person("stranger"), person_of(an_expert("Гусев", contest=contest))):
        with pytest.raises(PermissionDenied):
            recuse(sheet, "Так надо", actor=person, now=LATER)


def test_a_tie_told_after_the_decision_leaves_the_sheet_on_which_it_stands(
    contest: Contest, operator: Person
) -> None:
    examination, expert = a_rated("Двор", "80", contest=contest), an_expert(contest=contest)
    sheet = a_signed_sheet(expert, examination, 8)
    decided(contest, operator)

    for _turn in range(2):
        recuse(sheet, "Узнал соседа", actor=person_of(expert), now=LATER)

    sheet.refresh_from_db()
    examination.refresh_from_db()
    assert (sheet.stage, sheet.why, examination.preliminary) == ("signed", "", Decimal(80))
    assert Conflict.objects.get().evidence == "Узнал соседа"
    assert not may_read(person_of(expert), sheet)
    told = Notice.objects.filter(person=operator).values_list("code", flat=True)
    assert list(told) == ["review.tied_after_decision"]


def test_what_was_not_signed_at_the_decision_needs_nobody_else(
    contest: Contest, operator: Person
) -> None:
    examination, expert = a_rated("Двор", "80", contest=contest), an_expert(contest=contest)
    sheet, other = a_sheet(expert, examination), an_expert("Гусев", contest=contest)
    decided(contest, operator)

    recuse(sheet, "Узнал соседа", actor=person_of(expert), now=LATER)
    leave_contest(other, "Болезнь", actor=person_of(other), now=LATER)

    told = Notice.objects.filter(person=operator).order_by("pk")
    assert [one.code for one in told] == ["review.recused", "review.expert_left"]
    with override("en"):
        texts = [said_by(one).text for one in told]
    assert ["nobody is needed" in text for text in texts] == [True, True]
    assert ["another expert" in text for text in texts] == [False, False]
