"""A list that was looked through is taken over by the worker, some rows at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sinergia.applications.actions.rows import FiledRow, Note
from sinergia.applications.actions.taking_over import (
    rules_to_take_over,
    take_over,
    takeover_of,
)
from sinergia.applications.queries.taking_over import KIND
from sinergia.base.errands.actions import promise
from sinergia.base.tables import actions as tables
from sinergia.base.tables import running
from sinergia.base.tables.models import Load, LoadNote
from sinergia.base.tables.queries import once_of
from sinergia.base.tables.running import Pace
from sinergia.calls.models import Contest
from sinergia.people.models import Person

GENTLE = Pace(rows=100)  # a row is five of ours: some 60 ms in one transaction


@transaction.atomic
def start_taking_over(
    contest: Contest, rows: Sequence[FiledRow], *, digest: str, actor: Person, now: datetime
) -> Load:
    """Have the worker take a kept file over; pressed twice, or broken off, it is one load.

    Raises Refused as `take_over` does.
    """
    rules_to_take_over(contest, rows, actor=actor)
    offer = tables.Offer(KIND, str(contest.call.key), "", digest, {})
    load = tables.offer_load(offer, actor=actor, now=now)
    if tables.confirm_load(load, {}, headings="", actor=actor, now=now):
        task, once = "applications.take_over_list", once_of(load)
        promise(task, now=now, once=once, is_long=True, key=load.key, actor=actor.key)
    return load


def run_taking_over(
    load: Load, contest: Contest, rows: Sequence[FiledRow], *, actor: Person
) -> Load:
    """Take over the rows from where it stands to the end of the list. Raises Busy, Refused."""
    return running.run_load(
        load, lambda: _ListWork(contest, rows, actor=actor), actor=actor, pace=GENTLE
    )


@dataclass(frozen=True, slots=True)
class _Verdict:
    row: FiledRow
    result: str
    notes: Sequence[Note] = ()


class _ListWork:
    """What a load of a list does with its rows: those that were fresh in the whole of it."""

    def __init__(self, contest: Contest, rows: Sequence[FiledRow], *, actor: Person) -> None:
        self._contest, self._rows, self._actor = contest, rows, actor
        self._fresh = {row.row for row, _owner in takeover_of(contest, rows).fresh}

    @property
    def total(self) -> int:
        return len(self._rows)

    def first_notes(self) -> list[LoadNote]:
        return []

    def rows_from(self, done: int) -> Sequence[FiledRow]:
        return self._rows[done:]

    def nothing_new(self, rows: Sequence[FiledRow]) -> list[_Verdict] | None:
        if any(row.row in self._fresh for row in rows):
            return None
        return [_Verdict(row, "unchanged") for row in rows]

    def file(self, rows: Sequence[FiledRow], *, now: datetime) -> list[_Verdict]:
        fresh = [row for row in rows if row.row in self._fresh]
        told = take_over(self._contest, fresh, actor=self._actor, now=now)
        taken = {row.row for row, _owner in told.fresh}
        return [_Verdict(row, "created" if row.row in taken else "unchanged") for row in rows]

    def end(self, *, now: datetime) -> None:
        pass
