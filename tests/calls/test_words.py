import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from sinergia.base.journal.models import Entry
from sinergia.calls.actions import ensure_fund, ensure_words
from sinergia.calls.models import Call, Direction, Fund, Outcome, StatusWord
from sinergia.calls.queries import currency_of, fund_by
from sinergia.engine.refusal import Gap, Refused
from tests.arrange import NOON, a_fund, a_person, a_status, an_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

DIRECTIONS = {"забота": "Забота", "память": "Память"}
STATUSES = {
    "победитель конкурса": "Победитель конкурса",
    "в резервном списке": "В резервном списке",
}
CALLS = {("1", 2025): ("Первый конкурс 2025", "name"), ("1", 2026): ("Первый конкурс", "number")}


def test_a_code_not_yet_known_makes_the_fund_once() -> None:
    olga = an_administrator()

    made = [ensure_fund(code, actor=olga, now=NOON) for code in (" XA-OWN ", "xa-own")]

    assert made == [Fund.objects.get()] * 2
    assert (made[0].code, made[0].name_ru, made[0].currency) == ("XA-OWN", "XA-OWN", "RUB")
    assert [entry.verb for entry in Entry.objects.all()] == ["fund.made"]


@pytest.mark.parametrize("code", ["", " \x00 ", "x" * 41])
def test_a_code_that_cannot_be_is_refused(code: str) -> None:
    with pytest.raises(Refused) as refused:
        ensure_fund(code, actor=an_administrator(), now=NOON)

    assert refused.value.gaps == [Gap("fund.code", "code")]


def test_nobody_else_makes_a_fund() -> None:
    with pytest.raises(PermissionDenied):
        ensure_fund("XA-OWN", actor=a_person("boris"), now=NOON)


def test_funds_that_differ_by_case_alone_are_found_by_their_own_code() -> None:
    lower, upper = a_fund("own", currency="EUR"), a_fund("OWN")

    assert [fund_by(code) for code in ("own", "OWN", "Own")] == [lower, upper, None]
    assert [currency_of(code) for code in ("own", "none")] == ["EUR", "RUB"]


def test_words_are_made_once_and_then_take_three_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    fund = a_fund()
    first = ensure_words(fund, directions=DIRECTIONS, statuses=STATUSES, calls=CALLS)

    with django_assert_num_queries(3 + 2):  # the transaction's two beside the three
        second = ensure_words(fund, directions=DIRECTIONS, statuses=STATUSES, calls=CALLS)

    assert second == first
    assert (Direction.objects.count(), StatusWord.objects.count(), Call.objects.count()) == (
        2,
        2,
        2,
    )
    assert first.directions["забота"].name == "Забота"
    assert {year: call.year_source for (_, year), call in first.calls.items()} == {
        2025: "name",
        2026: "number",
    }


def test_the_same_words_of_another_fund_are_its_own() -> None:
    first = ensure_words(a_fund("a"), directions=DIRECTIONS, statuses={}, calls={})
    second = ensure_words(a_fund("b"), directions=DIRECTIONS, statuses={}, calls={})

    assert first.directions["забота"] != second.directions["забота"]


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("победитель конкурса", Outcome.WON),
        ("проект реализован неудовлетворительно или не реализован", Outcome.WON),
        ("победитель конкурса, отказ от гранта", Outcome.DECLINED),
        ("проект не получил поддержку", Outcome.LOST),
        ("на независимой экспертизе", Outcome.PENDING),
        ("заявка отозвана", Outcome.WITHDRAWN),
        ("заявка не допущена к конкурсу", Outcome.UNKNOWN),
        ("не победитель конкурса", Outcome.UNKNOWN),
        ("not supported", Outcome.LOST),
    ],
)
def test_known_words_have_their_outcome_and_others_wait_for_a_person(
    word: str, outcome: Outcome
) -> None:
    words = ensure_words(a_fund(), directions={}, statuses={word: word}, calls={})

    assert words.statuses[word].outcome == outcome


def test_what_a_person_said_of_a_word_stays() -> None:
    fund = a_fund()
    said = a_status("победитель", Outcome.LOST, fund=fund)

    words = ensure_words(fund, directions={}, statuses={"победитель": "победитель"}, calls={})

    assert (words.statuses["победитель"], words.statuses["победитель"].outcome) == (said, "lost")


def test_words_longer_than_a_name_are_cut_and_still_found() -> None:
    fund, long = a_fund(), "слово " * 100

    first = ensure_words(fund, directions={long: long}, statuses={long: long}, calls={})
    second = ensure_words(fund, directions={long: long}, statuses={long: long}, calls={})

    assert second == first
    assert (len(first.directions[long].name), len(first.statuses[long].word)) == (300, 200)


def test_thousands_of_words_are_taken_in_steps() -> None:
    many = {f"направление {number}": f"Направление {number}" for number in range(1_200)}

    words = ensure_words(a_fund(), directions=many, statuses={}, calls={})

    assert words.directions.keys() == many.keys()
