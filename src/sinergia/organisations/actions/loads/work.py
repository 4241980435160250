"""Loading a file of organisations: offered, tried without a trace, run in small steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.errands.actions import promise
from sinergia.base.tables import actions as tables
from sinergia.base.tables import running
from sinergia.base.tables.models import Load, LoadNote
from sinergia.base.tables.queries import once_of
from sinergia.base.tables.results import Tally
from sinergia.base.tables.running import Pace, Told, quiet
from sinergia.engine.pieces import pieces
from sinergia.organisations.access import may_load_for
from sinergia.organisations.actions.arrivals import ask_about_moves
from sinergia.organisations.actions.loads.filing import file_rows, judge_rows
from sinergia.organisations.actions.loads.foresight import Foresight
from sinergia.organisations.actions.loads.judging import Verdict, read_over
from sinergia.organisations.actions.loads.keeping import in_other_letters
from sinergia.organisations.actions.loads.planning import (
    Origin,
    Plan,
    Terms,
    plan_file,
    rows_of,
)
from sinergia.organisations.actions.loads.rows import RegisterFile, RegisterRow
from sinergia.organisations.actions.loads.words import ensure_forms, first_notes
from sinergia.organisations.models import Centre, RegisterLoad, Source
from sinergia.organisations.queries.loads import KIND, register_load, served_by
from sinergia.people.models import Person
from sinergia.places.models import Region


@dataclass(frozen=True)
class Wanted:
    """How a file is to be loaded. centre: in whose name, none for every region.

    region: of rows that name none. is_known_only: nobody is entered, only brought up to date.
    """

    source: Source
    centre: Centre | None = None
    is_known_only: bool = False
    region: Region | None = None

    def terms(self) -> Terms:
        """The same as the loads take it."""
        served = served_by(self.centre)
        region = self.region
        if region is not None and served is not None and region.pk not in served:
            region = None
        return Terms(self.source, self.centre, self.is_known_only, served, region)


def try_load(file: RegisterFile, wanted: Wanted, *, told: Told = quiet) -> Tally:
    """Say what a load would come to; writes nothing. The source may be one that is not saved."""
    plan = plan_file(file, wanted.terms())
    tally = Tally(rows=plan.total, notes=first_notes(plan.met, plan.words))
    for some in pieces(rows_of(file, plan), running.LOOKED_AT):
        judged = [(row, read_over(row, plan)) for row in some]
        verdicts, _known = judge_rows(judged, plan, is_locked=False)
        tally.add(verdicts)
        told(sum(tally.counts.values()), plan.total)
    return tally


@transaction.atomic
def offer_file(
    path: Path,
    wanted: Wanted,
    *,
    file_name: str,
    mapping: Mapping[str, str],
    actor: Person,
    now: datetime,
) -> Load:
    """Note a file that is to be loaded; an unfinished load of it on these terms is gone on with."""
    if not may_load_for(actor, wanted.centre):
        raise PermissionDenied
    digest = tables.digest_of(path)
    offer = tables.Offer(KIND, wanted.source.code, file_name, digest, mapping)
    begun = RegisterLoad.objects.filter(
        load__in=tables.unfinished_loads(offer).order_by(),
        centre=wanted.centre,
        is_known_only=wanted.is_known_only,
        region=wanted.region,
    )
    found = begun.order_by("-load__rows_done", "-load").select_related("load").first()
    if found is not None:
        return found.load
    load = tables.make_load(offer, actor=actor, now=now)
    RegisterLoad.objects.create(
        load=load,
        source=wanted.source,
        centre=wanted.centre,
        is_known_only=wanted.is_known_only,
        region=wanted.region,
    )
    return load


@transaction.atomic
def start_load(
    load: Load, mapping: Mapping[str, str], *, headings: str, actor: Person, now: datetime
) -> Load:
    """Have the worker run an offered load with the columns as a person confirmed them.

    headings: see `confirm_load`.
    """
    if not may_load_for(actor, register_load(load).centre):
        raise PermissionDenied
    if tables.confirm_load(load, mapping, headings=headings, actor=actor, now=now):
        once = once_of(load)
        promise("organisations.run_register_load", now=now, once=once, is_long=True, key=load.key)
    return load


def run_load(
    load: Load, file: RegisterFile, *, actor: Person, pace: Pace, told: Told = quiet
) -> Load:
    """Load the rows of a file from where it stands to its end. Raises Busy."""
    return running.run_load(
        load, lambda: RegisterWork(load, file, actor=actor), actor=actor, pace=pace, told=told
    )


class RegisterWork:
    """What a load of the register does with its rows."""

    def __init__(self, load: Load, file: RegisterFile, *, actor: Person) -> None:
        terms = register_load(load)
        self._load, self._file, self._actor = load, file, actor
        wanted = Wanted(terms.source, terms.centre, terms.is_known_only, terms.region)
        self._plan: Plan = plan_file(file, wanted.terms())
        self._ahead = Foresight(self._plan)
        ensure_forms(self._plan.met.forms)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._plan.total

    def first_notes(self) -> list[LoadNote]:
        """Words that mean nothing to us yet."""
        return first_notes(self._plan.met, self._plan.words)

    def rows_from(self, done: int) -> Iterator[RegisterRow]:
        """The rows after the first `done`."""
        return self._ahead.passing(rows_of(self._file, self._plan, after=done))

    def nothing_new(self, rows: Sequence[RegisterRow]) -> list[Verdict] | None:
        """Judge rows of which each is known as it stands; None where one of them says more."""
        verdicts = []
        for row in rows:
            verdict = self._ahead.verdict_of(row)
            if verdict is None or verdict.is_written or in_other_letters(verdict, self._plan):
                return None
            verdicts.append(verdict)
        return verdicts

    def file(self, rows: Sequence[RegisterRow], *, now: datetime) -> list[Verdict]:
        """Write what the rows say."""
        origin = Origin(self._actor.key, now, self._load.key)
        return file_rows(rows, self._plan, origin, self._ahead)

    def end(self, *, now: datetime) -> None:
        """Note that the source has spoken; have doubles of what came looked for.

        Centres are asked about their organisations that the file says are elsewhere.
        """
        source = self._plan.terms.source
        ask_about_moves(self._load.key, since=None, now=now)
        Source.objects.filter(pk=source.pk).update(loaded_at=now)
        if any(self._load.counts.get(result) for result in ("created", "updated")):
            since, once = self._load.offered_at.isoformat(), f"doubles:{self._load.key}"
            promise("organisations.find_doubles", now=now, once=once, is_long=True, since=since)
