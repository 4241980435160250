"""Loading a fund's file: offered, tried without a trace, run in small steps, gone on with."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sinergia.applications.access import may_load
from sinergia.applications.actions.filing import Batch
from sinergia.applications.actions.judging import Verdict, judge
from sinergia.applications.actions.planning import (
    Plan,
    UnknownWords,
    plan_file,
    unknown_words,
    words_of_file,
)
from sinergia.applications.actions.rows import FiledRow
from sinergia.applications.queries.filing import Known, known_applications
from sinergia.base.errands.actions import promise
from sinergia.base.tables import actions as tables
from sinergia.base.tables import running
from sinergia.base.tables.models import Load, LoadNote
from sinergia.base.tables.queries import once_of
from sinergia.base.tables.results import RESULTS, Tally, WordNotes
from sinergia.base.tables.running import ALONE, AMONG_PEOPLE, Busy, Pace, Told, quiet
from sinergia.calls.actions import ensure_fund
from sinergia.calls.models import Fund
from sinergia.engine.pieces import pieces
from sinergia.engine.text import fold
from sinergia.people.models import Person

KIND = "grants"


def try_load(rows: Sequence[FiledRow], fund: Fund, *, told: Told = quiet) -> Tally:
    """Say what a load would come to; writes nothing. `fund` may be one that is not saved."""
    plan = plan_file(rows, fund)
    tally = Tally(rows=len(rows), notes=_word_notes(rows, unknown_words(rows, fund)))
    known: dict[str, Known] = {}
    for piece in pieces(rows, 500):
        if fund.pk:
            fresh = {row.number for row in piece} - known.keys()
            known |= known_applications(fund, sorted(fresh))
        for row in piece:
            verdict = judge(row, plan, known.get(row.number))
            _pretend(verdict, plan, known)
            tally.add([verdict])
        told(sum(tally.counts.values()), len(rows))
    return tally


def offer_grants(
    path: Path,
    fund_code: str,
    *,
    file_name: str,
    mapping: Mapping[str, str],
    actor: Person,
    now: datetime,
) -> Load:
    """Note a file that is to be loaded for a fund; an unfinished load of it is gone on with."""
    if not may_load(actor):
        raise PermissionDenied
    offer = tables.Offer(KIND, fund_code, file_name, tables.digest_of(path), mapping)
    return tables.offer_load(offer, actor=actor, now=now)


@transaction.atomic
def start_load(
    load: Load, mapping: Mapping[str, str], *, headings: str, actor: Person, now: datetime
) -> Load:
    """Have the worker run an offered load with the columns as a person confirmed them.

    headings: see `confirm_load`.
    """
    if not may_load(actor):
        raise PermissionDenied
    if tables.confirm_load(load, mapping, headings=headings, actor=actor, now=now):
        once = once_of(load)
        promise("applications.run_grants_load", now=now, once=once, is_long=True, key=load.key)
    return load


def run_load(
    load: Load, rows: Sequence[FiledRow], *, actor: Person, pace: Pace, told: Told = quiet
) -> Load:
    """Load the rows of a file from where it stands to its end. Raises Busy."""
    if not may_load(actor):
        raise PermissionDenied
    return running.run_load(
        load, lambda: GrantsWork(load, rows, actor=actor), actor=actor, pace=pace, told=told
    )


class GrantsWork:
    """What a load of grants does with its rows."""

    def __init__(self, load: Load, rows: Sequence[FiledRow], *, actor: Person) -> None:
        self._load, self._rows = load, rows
        fund = ensure_fund(load.subject, actor=actor, now=timezone.now())
        self._plan = plan_file(rows, fund)
        self._unknown = unknown_words(rows, fund)  # before the words of the file are taken
        self._words = words_of_file(rows, fund)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def first_notes(self) -> list[LoadNote]:
        """Words that nobody has mapped."""
        return _word_notes(self._rows, self._unknown)

    def rows_from(self, done: int) -> Sequence[FiledRow]:
        """The rows after the first `done`."""
        return self._rows[done:]

    def nothing_new(self, rows: Sequence[FiledRow]) -> list[Verdict] | None:
        """Judge rows of which each is known as it stands; None where one of them says more."""
        numbers = {row.number for row in rows if row.refusal is None}
        known = known_applications(self._plan.fund, sorted(numbers))
        if len(known) < len(numbers):
            return None
        verdicts = [judge(row, self._plan, known.get(row.number)) for row in rows]
        return None if any(verdict.is_written for verdict in verdicts) else verdicts

    def file(self, rows: Sequence[FiledRow], *, now: datetime) -> list[Verdict]:
        """Write what the rows say."""
        numbers = {row.number for row in rows if row.number}
        known = known_applications(self._plan.fund, sorted(numbers))
        return Batch(self._plan, self._words, known, load=self._load, now=now).file(rows)

    def end(self, *, now: datetime) -> None:
        """Nothing is left to do."""


def _pretend(verdict: Verdict, plan: Plan, known: dict[str, Known]) -> None:
    """Keep in memory what a real load would have written, so that repeats find each other."""
    row, owner = verdict.row, verdict.owner
    if not verdict.is_written:
        return
    one = known.setdefault(row.number, Known(0, None, None))
    if owner is not None:
        if owner.known is None:
            plan.made.setdefault(owner, -2 - len(plan.made))
        one.organisation_id = owner.known if owner.known is not None else plan.made[owner]
    one.region_id = verdict.region.pk if verdict.region else one.region_id
    one.current = row.digest
    one.versions[row.digest] = len(one.versions) + 1


def _word_notes(rows: Sequence[FiledRow], unknown: UnknownWords) -> list[LoadNote]:
    """Words of the file that nobody has mapped yet: where each stands first and how often."""
    notes = WordNotes()
    for row in rows:
        if row.refusal is not None:
            continue
        if (status := fold(row.status)) in unknown.statuses:
            notes.add("status_unknown", row.status, status, row.row)
        if (direction := fold(row.direction)) in unknown.directions:
            notes.add("direction_new", row.direction, direction, row.row)
    return notes.as_notes()


__all__ = [
    "ALONE",
    "AMONG_PEOPLE",
    "KIND",
    "RESULTS",
    "Busy",
    "Pace",
    "Told",
    "offer_grants",
    "run_load",
    "start_load",
    "try_load",
]
