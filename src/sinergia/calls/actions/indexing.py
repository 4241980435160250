"""Keeping the words by which funds and their contests are found."""

from collections.abc import Iterable, Iterator

from sinergia.base.search.actions import Findable, Searched, index_rows
from sinergia.calls.models import Call, Fund

FUND, CALL = "fund", "call"


def index_fund(fund: Fund) -> None:
    """By its names in both languages and its code."""
    index_rows(FUND, _funds([fund]))


def index_calls(calls: Iterable[Call]) -> None:
    """By their names and years."""
    index_rows(CALL, _calls(calls))


def searched_calls() -> list[Searched]:
    """All that is found of funds, to check the index by."""
    return [
        Searched(FUND, Fund.objects.all(), _funds),
        Searched(CALL, Call.objects.all(), _calls),
    ]


def _funds(funds: Iterable[Fund]) -> Iterator[Findable]:
    for fund in funds:
        yield Findable(fund.pk, f"{fund.name_ru} {fund.name_en}", fund.code)


def _calls(calls: Iterable[Call]) -> Iterator[Findable]:
    for call in calls:
        yield Findable(call.pk, call.name, str(call.contest_year or ""))
