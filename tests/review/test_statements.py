"""Statements are signed before anything of an application is shown."""

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.people.models import Person
from sinergia.review.access import has_signed, may_read
from sinergia.review.actions.statements import sign_statement
from sinergia.review.models import Conflict, Expert, Sheet, Statement
from sinergia.review.queries.statements import given_to, unsigned_experts, wording_of
from tests.arrange import NOON, a_person
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.arrange_experts import person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def expert(contest: Contest) -> Expert:
    return an_expert(contest=contest, is_ready=False)


def sign(expert: Expert, kind: str, actor: Person | None = None, **given: object) -> Statement:
    told = {"version": 1, "language": "ru", "now": NOON} | given
    return sign_statement(expert, kind, actor=actor or person_of(expert), **told)  # type: ignore[arg-type]


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
    sheets = [a_sheet(expert, an_examination(name, contest=contest)) for name in ("Двор", "Сад")]
    sign(expert, "confidence")
    named = [(one.sheet, one.name) for one in given_to(expert)]
    assert named == [(sheets[0], "«Двор»"), (sheets[1], "«Сад»")]

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
