"""Statements are signed before anything of an application is shown."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.people.models import Person
from sinergia.review.access import has_signed, may_read
from sinergia.review.actions.statements import confirm_no_conflict, sign_statement
from sinergia.review.models import Conflict, Expert, Sheet, Statement
from sinergia.review.queries.statements import unconfirmed, unsigned_experts, wording_of
from tests.arrange import NOON, a_person
from tests.arrange_review import a_sheet, an_examination, an_expert, blind
from tests.review.arrange_experts import person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def expert(contest: Contest) -> Expert:
    return an_expert(contest=contest, is_ready=False)


def sign(expert: Expert, kind: str, actor: Person | None = None, **given: object) -> Statement:
    told = {"version": 1, "language": "ru", "now": NOON} | given
    return sign_statement(expert, kind, actor=actor or person_of(expert), **told)  # type: ignore[arg-type]


def given_later(expert: Expert, title: str = "Двор") -> Sheet:
    """What nobody has said anything of yet."""
    made = a_sheet(expert, an_examination(title, contest=expert.contest))
    made.confirmed_at = None
    made.save()
    return made


def confirm(expert: Expert, *seen: Sheet, **given: object) -> int:
    told = {"ties": {}, "actor": person_of(expert), "now": NOON} | given
    return confirm_no_conflict(expert, [one.key for one in seen], **told)  # type: ignore[arg-type]


def test_the_words_are_kept_to_the_letter_in_the_readers_language(expert: Expert) -> None:
    russian = sign(expert, "confidence")
    english = sign(expert, "personal_data", language="en")

    wording = wording_of("confidence", expert.contest, "ru")
    assert (russian.words, russian.version) == (wording.words, 1)
    assert "«Инициативы»" in russian.words
    assert english.words.startswith("I agree that Ресурсный центр, which holds")


def test_nothing_is_read_before_both_are_signed(contest: Contest, expert: Expert) -> None:
    sheet = a_sheet(expert, an_examination(contest=contest))
    told = []

    for kind in ("personal_data", "confidence", "no_conflict"):
        told.append((has_signed(expert), may_read(person_of(expert), sheet)))
        sign(expert, kind)

    assert told == [(False, False)] * 3
    assert (has_signed(expert), may_read(person_of(expert), sheet)) == (True, True)
    assert not unsigned_experts(Expert.objects.all()).exists()


def test_confidence_goes_before_no_conflict(expert: Expert) -> None:
    with pytest.raises(Refused, match="confidence_first"):
        sign(expert, "no_conflict")


def test_words_that_changed_meanwhile_are_not_signed(expert: Expert) -> None:
    with pytest.raises(Refused, match=r"statement\.changed"):
        sign(expert, "confidence", version=2)


def test_signing_twice_is_one_signature(expert: Expert) -> None:
    assert sign(expert, "confidence") == sign(expert, "confidence")


def test_nobody_signs_for_another(expert: Expert) -> None:
    with pytest.raises(PermissionDenied):
        sign(expert, "confidence", a_person("stranger"))


def test_those_to_whom_one_is_tied_are_handed_back_with_a_reason(
    contest: Contest, expert: Expert
) -> None:
    sheets = [given_later(expert, name) for name in ("Двор", "Сад")]
    sign(expert, "confidence")
    assert list(unconfirmed(expert)) == sheets

    with pytest.raises(Refused, match=f"recusal.no_reason why-{sheets[0].key}"):
        sign(expert, "no_conflict", ties={sheets[0].key: " "})
    assert not Conflict.objects.exists()
    sign(expert, "no_conflict", ties={sheets[0].key: "Племянница директора"})

    (row,) = Conflict.objects.all()
    assert (row.submission, row.source, row.kind, row.stage, row.evidence) == (
        sheets[0].examination.submission,
        "expert",
        "declared",
        "stands",
        "Племянница директора",
    )
    assert list(Sheet.objects.order_by("pk").values_list("stage", flat=True)) == [
        "recused",
        "given",
    ]
    assert [may_read(person_of(expert), one) for one in sheets] == [False, True]


def test_ties_to_sheets_of_others_are_no_ties(contest: Contest, expert: Expert) -> None:
    other = an_expert("Гусев", contest=contest)
    sheet = a_sheet(other, an_examination(contest=contest))
    sign(expert, "confidence")

    sign(expert, "no_conflict", ties={sheet.key: "Чужая"})

    sheet.refresh_from_db()
    assert (sheet.stage, Conflict.objects.count()) == ("given", 0)


def test_what_is_given_after_the_signature_is_read_once_no_conflict_is_said_of_it(
    contest: Contest,
) -> None:
    expert = an_expert(contest=contest)
    one, other = given_later(expert), given_later(expert, "Сад")
    person = person_of(expert)
    assert [may_read(person, row) for row in (one, other)] == [False, False]

    assert confirm(expert, one) == 1

    assert [may_read(person, row) for row in (one, other)] == [True, False]
    assert list(unconfirmed(expert)) == [other]
    assert confirm(expert, one) == 0
    (entry,) = Entry.objects.filter(verb="expert.confirmed")
    assert entry.actor_key == person.key


def test_of_a_list_those_that_are_ticked_go_back_and_the_rest_is_read_in_one_press(
    contest: Contest,
) -> None:
    expert = an_expert(contest=contest)
    rows = [given_later(expert, title) for title in ("Двор", "Сад", "Парк")]

    confirm(expert, *rows, ties={rows[1].key: "Друг директора"})

    assert [may_read(person_of(expert), row) for row in rows] == [True, False, True]
    assert Conflict.objects.get().submission == rows[1].examination.submission


def test_a_signature_speaks_of_those_applicants_alone_that_stood_above_it(
    contest: Contest, expert: Expert
) -> None:
    shown, came_meanwhile = given_later(expert), given_later(expert, "Сад")
    sign(expert, "confidence")

    sign(expert, "no_conflict", seen=[shown.key])

    assert list(unconfirmed(expert)) == [came_meanwhile]


def test_nothing_is_confirmed_before_the_statements_nor_by_another(
    contest: Contest, expert: Expert
) -> None:
    sheet = given_later(expert)

    with pytest.raises(PermissionDenied):
        confirm(expert, sheet)
    with pytest.raises(PermissionDenied):
        confirm(an_expert("Гусев", contest=contest), sheet, actor=a_person("stranger"))


@pytest.mark.parametrize("is_blind", [False, True])
def test_the_page_shows_whose_they_are_as_far_as_the_rules_allow_and_nothing_more(
    contest: Contest, client: Client, is_blind: bool
) -> None:
    expert = an_expert(contest=contest)
    sheet = given_later(expert)
    if is_blind:
        blind("applicant", "title", "direction")
    client.force_login(person_of(expert))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    desk, address = f"/reviews/{expert.key}/sheets/", f"/reviews/{expert.key}/sheets/confirm/"

    assert "1 application was given to you." in client.get(desk).content.decode()
    assert client.get(f"/sheets/{sheet.key}/").status_code == 404
    told = client.get(address).content.decode()
    assert ("Двор" in told) is not is_blind
    assert (sheet.examination.code in told) is is_blind
    assert client.post(address, {f"why-{sheet.key}": ""}).headers["Location"] == desk

    assert client.get(f"/sheets/{sheet.key}/").status_code == 200
    assert client.get(address).headers["Location"] == desk
