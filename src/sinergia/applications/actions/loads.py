"""Loading a fund's file: offered, tried without a trace, run in small steps, gone on with."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
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
from sinergia.base.journal.actions import record
from sinergia.base.tables import actions as tables
from sinergia.base.tables.models import Load, LoadNote
from sinergia.calls.actions import Words, ensure_fund
from sinergia.calls.models import Fund
from sinergia.engine.text import fold
from sinergia.people.models import Person

KIND = "grants"
RESULTS = ("created", "updated", "unchanged", "queued", "refused")
LOOKED_AT = 2_000  # rows that are looked up at once, before anything is written
SHOWN_NOTES = 20_000  # a load says no more of its rows than this

Told = Callable[[int, int], None]  # rows done, rows in all


def _quiet(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Pace:
    """How many rows go in one transaction, and how long others may write between two, seconds."""

    rows: int = 200
    pause: float = 0.03


AMONG_PEOPLE = Pace()
ALONE = Pace(rows=500, pause=0.0)


class Busy(Exception):  # noqa: N818  # it is an answer to a person, as Refused is
    """Another file is being loaded right now."""


@dataclass
class Tally:
    """What a load comes to: counts of rows, words nobody has mapped, notes on rows."""

    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[LoadNote] = field(default_factory=list)

    def add(self, verdicts: Sequence[Verdict]) -> list[LoadNote]:
        """Count verdicts; give the notes that are worth keeping."""
        self.counts.update(verdict.result for verdict in verdicts)
        fresh = [note for verdict in verdicts for note in _notes_of(verdict)]
        self.notes += fresh[: max(0, SHOWN_NOTES - len(self.notes))]
        return fresh

    def as_counts(self) -> dict[str, int]:
        """The numbers every report shows: rows, then the five that sum to it."""
        return {"rows": self.rows} | {result: self.counts[result] for result in RESULTS}


def try_load(rows: Sequence[FiledRow], fund: Fund, *, told: Told = _quiet) -> Tally:
    """Say what a load would come to; writes nothing. `fund` may be one that is not saved."""
    plan = plan_file(rows, fund)
    tally = Tally(rows=len(rows), notes=_word_notes(rows, unknown_words(rows, fund)))
    known: dict[str, Known] = {}
    for piece in _pieces(rows, 500):
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
    return tables.offer_load(
        KIND,
        subject=fund_code,
        file_name=file_name,
        digest=tables.digest_of(path),
        mapping=mapping,
        actor=actor,
        now=now,
    )


@transaction.atomic
def start_load(
    load: Load, mapping: Mapping[str, str], *, headings: str, actor: Person, now: datetime
) -> Load:
    """Have the worker run an offered load with the columns as a person confirmed them.

    headings: digest of the file's labels, under which the columns are remembered; "" where a
    load goes on with those it began with.
    """
    if not may_load(actor):
        raise PermissionDenied
    load = Load.objects.select_for_update().get(pk=load.pk)
    if load.stage not in (Load.Stage.OFFERED, Load.Stage.FAILED):
        return load
    if headings:
        tables.remember_mapping(KIND, headings, mapping)
    load.mapping, load.stage, load.failure = dict(mapping), Load.Stage.PROMISED, ""
    load.save(update_fields=["mapping", "stage", "failure"])
    record("load.started", about=load, actor=actor, at=now)
    promise("applications.run_grants_load", now=now, once=f"load:{load.key}", key=load.key)
    return load


def run_load(
    load: Load, rows: Sequence[FiledRow], *, actor: Person, pace: Pace, told: Told = _quiet
) -> Load:
    """Load the rows of a file from where it stands to its end, batch by batch, each a transaction.

    Raises Busy while another load of the kind runs.
    """
    started = time.monotonic()
    if not may_load(actor):
        raise PermissionDenied
    if not tables.take_turn(load, now=timezone.now()):
        raise Busy
    if load.stage != Load.Stage.DONE:
        _run(load, rows, actor=actor, pace=pace, told=told)
        tables.end_load(load, seconds=time.monotonic() - started, now=timezone.now())
    return load


def _run(load: Load, rows: Sequence[FiledRow], *, actor: Person, pace: Pace, told: Told) -> None:
    fund = ensure_fund(load.subject, actor=actor, now=timezone.now())
    plan = plan_file(rows, fund)
    if not load.rows_done:
        tables.forget_notes(load)  # of a runner that fell before its first batch
        tables.note_rows(load, _word_notes(rows, unknown_words(rows, fund)))
    words = words_of_file(rows, fund)
    tally = Tally(rows=len(rows))
    tally.counts.update({result: load.counts.get(result, 0) for result in RESULTS})
    load.rows_total = len(rows)
    load.save(update_fields=["rows_total"])
    for known_piece in _pieces(rows[load.rows_done :], LOOKED_AT):
        if (verdicts := _nothing_new(known_piece, plan)) is not None:
            _count(load, known_piece, verdicts, tally)
            told(load.rows_done, len(rows))
            continue
        for piece in _pieces(known_piece, pace.rows):
            _file_batch(load, piece, plan, words, tally, actor=actor)
            told(load.rows_done, len(rows))
            time.sleep(pace.pause)


def _nothing_new(rows: Sequence[FiledRow], plan: Plan) -> list[Verdict] | None:
    """Judge rows of which each is known as it stands; None where one of them says more."""
    numbers = {row.number for row in rows if row.refusal is None}
    known = known_applications(plan.fund, sorted(numbers))
    if len(known) < len(numbers):
        return None
    verdicts = [judge(row, plan, known.get(row.number)) for row in rows]
    return None if any(verdict.is_written for verdict in verdicts) else verdicts


def _count(load: Load, rows: Sequence[FiledRow], verdicts: Sequence[Verdict], tally: Tally) -> None:
    """Note how far the load is; what was said of the rows, and nothing else, is written."""
    with transaction.atomic():
        tables.note_rows(load, tally.add(verdicts))
        done = load.rows_done + len(rows)
        tables.keep_turn(load, rows_done=done, counts=tally.as_counts(), now=timezone.now())


def _file_batch(
    load: Load,
    rows: Sequence[FiledRow],
    plan: Plan,
    words: Words,
    tally: Tally,
    *,
    actor: Person,
) -> None:
    """File some rows in one transaction, with one entry of the journal."""
    with transaction.atomic():
        now = timezone.now()
        numbers = {row.number for row in rows if row.number}
        known = known_applications(plan.fund, sorted(numbers))
        verdicts = Batch(plan, words, known, load=load, now=now).file(rows)
        _count(load, rows, verdicts, tally)
        _record_batch(load, rows, actor=actor, now=now)


def _record_batch(load: Load, rows: Sequence[FiledRow], *, actor: Person, now: datetime) -> None:
    """One entry of the journal for a batch, with the digest of its rows."""
    digest = sha256("".join(row.digest for row in rows).encode()).hexdigest()
    codes: dict[str, str | int] = {
        "first_row": rows[0].row,
        "last_row": rows[-1].row,
        "digest": digest,
    }
    record("load.batch_filed", about=load, actor=actor, at=now, codes=codes)


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


def _notes_of(verdict: Verdict) -> list[LoadNote]:
    return [
        LoadNote(
            row=verdict.row.row,
            subject=verdict.row.number[:80],
            result=verdict.result,
            code=note.code,
            value=note.value[:300],
        )
        for note in verdict.notes
    ]


def _word_notes(rows: Sequence[FiledRow], unknown: UnknownWords) -> list[LoadNote]:
    """Words of the file that nobody has mapped yet: where each stands first and how often."""
    counted: dict[tuple[str, str], LoadNote] = {}
    for row in rows:
        if row.refusal is not None:
            continue
        status, direction = fold(row.status), fold(row.direction)
        for code, word, folded, is_new in (
            ("status_unknown", row.status, status, status in unknown.statuses),
            ("direction_new", row.direction, direction, direction in unknown.directions),
        ):
            if is_new:
                note = LoadNote(row=row.row, result="word", code=code, value=word[:300], times=0)
                counted.setdefault((code, folded), note).times += 1
    return list(counted.values())


def _pieces(rows: Sequence[FiledRow], size: int) -> "list[list[FiledRow]]":
    return [list(rows[start : start + size]) for start in range(0, len(rows), size)]
