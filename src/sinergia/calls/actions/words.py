"""A fund's own words are taken as data: contests, directions, statuses."""

import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

from django.db import models, transaction
from django.db.models import QuerySet

from sinergia.calls.actions.indexing import index_calls
from sinergia.calls.models import Call, Direction, Fund, Outcome, StatusWord

Row = TypeVar("Row", bound=models.Model)
Key = TypeVar("Key")

AT_ONCE = 500  # keys in one query
LONGEST = 300  # characters of a contest's or a direction's name
LONGEST_STATUS = 200


@dataclass(frozen=True)
class Words:
    """Rows for the words of a file, under the keys they were asked by."""

    directions: dict[str, Direction]
    statuses: dict[str, StatusWord]
    calls: dict[tuple[str, int], Call]


@transaction.atomic
def ensure_words(
    fund: Fund,
    *,
    directions: Mapping[str, str],
    statuses: Mapping[str, str],
    calls: Mapping[tuple[str, int], tuple[str, str]],
) -> Words:
    """Find the words of a fund's file and make those that are new; again, it changes nothing.

    directions, statuses: folded text -> text as it stands in the file. calls: (name key, year)
    -> (name, where the year was read). A part of a load, whose own action asks who may.
    Three queries where nothing is new.
    """
    return Words(
        _ensure_directions(fund, directions),
        _ensure_statuses(fund, statuses),
        _ensure_calls(fund, calls),
    )


def _ensure_directions(fund: Fund, asked: Mapping[str, str]) -> dict[str, Direction]:
    wanted = {
        folded: Direction(fund=fund, name=name[:LONGEST], name_folded=folded[:LONGEST])
        for folded, name in asked.items()
    }
    rows = Direction.objects.filter(fund=fund)
    return _ensure(rows, "name_folded", wanted, key=lambda row: row.name_folded)


def _ensure_statuses(fund: Fund, asked: Mapping[str, str]) -> dict[str, StatusWord]:
    outcomes = known_outcomes()
    wanted = {
        folded: StatusWord(
            fund=fund,
            word=word[:LONGEST_STATUS],
            word_folded=folded[:LONGEST_STATUS],
            outcome=outcomes.get(folded, Outcome.UNKNOWN),
        )
        for folded, word in asked.items()
    }
    rows = StatusWord.objects.filter(fund=fund)
    return _ensure(rows, "word_folded", wanted, key=lambda row: row.word_folded)


def _ensure_calls(
    fund: Fund, asked: Mapping[tuple[str, int], tuple[str, str]]
) -> dict[tuple[str, int], Call]:
    wanted = {
        (name_key, year): Call(
            fund=fund,
            name=name[:LONGEST],
            name_key=name_key[:LONGEST],
            contest_year=year,
            year_source=source,
        )
        for (name_key, year), (name, source) in asked.items()
    }
    rows = Call.objects.filter(fund=fund)
    return _ensure(
        rows,
        "name_key",
        wanted,
        key=lambda row: (row.name_key, row.contest_year),
        tell_new=index_calls,
    )


def _ensure(
    rows: QuerySet[Row],
    column: str,
    wanted: Mapping[Key, Row],
    *,
    key: Callable[[Row], object],
    tell_new: Callable[[Iterable[Row]], None] | None = None,
) -> dict[Key, Row]:
    """Give a kept row for each of `wanted`, told apart by `key`; `column` narrows the search.

    tell_new: called with those that were not there.
    """
    found = _present(rows, column, wanted.values(), key=key)
    missing = {key(row): row for row in wanted.values() if key(row) not in found}
    if missing:
        # A conflict means that another load was quicker with the same word: its row will do.
        rows.bulk_create(missing.values(), ignore_conflicts=True)
        new = _present(rows, column, missing.values(), key=key)
        found |= new
        if tell_new is not None:
            tell_new(new.values())
    return {asked: found[key(row)] for asked, row in wanted.items()}


def _present(
    rows: QuerySet[Row], column: str, wanted: Collection[Row], *, key: Callable[[Row], object]
) -> dict[object, Row]:
    values = list({getattr(row, column) for row in wanted})
    found = {}
    for start in range(0, len(values), AT_ONCE):
        some = rows.filter(**{f"{column}__in": values[start : start + AT_ONCE]})
        found.update({key(row): row for row in some})
    return found


@cache
def known_outcomes() -> dict[str, str]:
    """What funds' words mean, as shipped: folded word -> outcome."""
    text = files("sinergia.packs").joinpath("words/statuses.toml").read_text(encoding="utf-8")
    outcomes = tomllib.loads(text)["outcomes"]
    return {word: outcome for outcome, words in outcomes.items() for word in words}
