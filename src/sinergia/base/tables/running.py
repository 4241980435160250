"""Running a load: from where it stands to its end, batch by batch, each a transaction."""

import gc
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Generic, Protocol, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sinergia.base.journal.actions import Keyed, record
from sinergia.base.tables import actions as tables
from sinergia.base.tables.actions import Busy as Busy
from sinergia.base.tables.models import Load, LoadNote
from sinergia.base.tables.results import RESULTS, Judged, ReadRow, Tally
from sinergia.engine.pieces import pieces

LOOKED_AT = 5_000  # rows that are looked up at once, before anything is written
PIECES = 2  # of so many that are read at most: the one that is filed, and the next
GENTLE_SECONDS = 2.0  # after somebody wrote

Row = TypeVar("Row", bound=ReadRow)
Told = Callable[[int, int], None]  # rows done, rows in all


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Pace:
    """How many rows go in one transaction, and how long others may write between two, seconds."""

    rows: int = 200
    pause: float = 0.03


AMONG_PEOPLE = Pace()
ALONE = Pace(rows=5_000, pause=0.0)


class Work(Protocol[Row]):
    """What a load of one kind does with its rows. Part of the runner's transactions."""

    @property
    def total(self) -> int:
        """How many rows there are."""

    def first_notes(self) -> Sequence[LoadNote]:
        """What is said of the file as a whole, before its first row."""

    def rows_from(self, done: int) -> Iterable[Row]:
        """The rows after the first `done`, of the file alone: they are read in another thread."""

    def nothing_new(self, rows: Sequence[Row]) -> Sequence[Judged] | None:
        """Judge rows of which each is known as it stands; None where one of them says more."""

    def file(self, rows: Sequence[Row], *, now: datetime) -> Sequence[Judged]:
        """Write what the rows say."""

    def end(self, *, now: datetime) -> None:
        """Write what a load that has come to its end leaves behind."""


def run_load(
    load: Load, open_work: Callable[[], Work[Row]], *, actor: Keyed, pace: Pace, told: Told = quiet
) -> Load:
    """Load the rows of a file from where it stands to its end. Raises Busy.

    open_work: called once it is this load's turn, and again where a batch fails on what people
    wrote since: they merge organisations, or enter them, beside a load. A batch that fails twice
    in a row fails the load.
    """
    started = time.monotonic()
    if not tables.take_turn(load, now=timezone.now()):
        raise Busy
    if load.stage != Load.Stage.DONE:
        pacing = _Pacing(pace)
        work = _go_on(load, lambda: _run(load, open_work, actor=actor, pacing=pacing, told=told))
        with transaction.atomic():
            now = timezone.now()
            _renew_turn(load)
            work.end(now=now)
            tables.end_load(load, seconds=time.monotonic() - started, now=now)
    return load


def _go_on(load: Load, run: Callable[[], Work[Row]]) -> Work[Row]:
    """Run until a run comes to the end of the load, and give its work. Raises what fails twice."""
    failed_at: int | None = None
    while True:
        try:
            return run()
        except (LookupError, IntegrityError):
            if load.rows_done == failed_at:
                raise
            failed_at = load.rows_done
        _renew_turn(load, lease=tables.LOOKING)


@contextmanager
def _set_aside(open_work: Callable[[], Work[Row]]) -> Iterator[Work[Row]]:
    """Leave what is held for the whole load out of the search for garbage.

    It is made of hundreds of thousands of objects, none of them garbage, and looking through them
    over and over takes a tenth of a load's time.
    """
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        work = open_work()
        gc.freeze()
    finally:
        if was_collecting:
            gc.enable()
    try:
        yield work
    finally:
        gc.unfreeze()


def _run(
    load: Load,
    open_work: Callable[[], Work[Row]],
    *,
    actor: Keyed,
    pacing: "_Pacing",
    told: Told,
) -> Work[Row]:
    """Look up what holds for the whole file, and file the rows.

    Of a run that fails nothing is held: two plans of a large register are much.
    """
    with _set_aside(open_work) as work:
        _renew_turn(load)  # looking up may take longer than a turn is held for
        _file_rows(load, work, actor=actor, pacing=pacing, told=told)
        return work


def _file_rows(load: Load, work: Work[Row], *, actor: Keyed, pacing: "_Pacing", told: Told) -> None:
    if not load.rows_done:
        tables.forget_notes(load)  # of a runner that fell before its first batch
        tables.note_rows(load, work.first_notes())
    tally = Tally(rows=work.total)
    tally.counts.update({result: load.counts.get(result, 0) for result in RESULTS})
    load.rows_total = work.total
    load.save(update_fields=["rows_total"])
    with ThreadPoolExecutor(max_workers=1) as beside:
        ahead = _Ahead(pieces(work.rows_from(load.rows_done), LOOKED_AT), beside)
        while looked_at := ahead.take():
            if (verdicts := work.nothing_new(looked_at)) is not None:
                _count(load, verdicts, tally)
                told(load.rows_done, work.total)
                continue
            rest = looked_at
            while rest:
                batch, rest = rest[: pacing.rows], rest[pacing.rows :]
                with _in_step(load):
                    _file_batch(load, batch, work, tally, actor=actor)
                    if not rest:
                        ahead.begin()
                told(load.rows_done, work.total)
                pacing.rest()


class _Ahead(Generic[Row]):
    """What is read piece by piece, the next but one while a database ends its transaction.

    Not sooner: until then both threads have work for the one processor that Python uses. Nor just
    the next one: a work may look that over while the database takes in what was filed.
    """

    def __init__(self, read: Iterator[list[Row]], beside: ThreadPoolExecutor) -> None:
        self._read, self._beside = read, beside
        self._coming: deque[Future[list[Row]]] = deque()

    def begin(self) -> None:
        """Begin to read a piece."""
        self._coming.append(self._beside.submit(next, self._read, []))

    def take(self) -> list[Row]:
        """The next piece; none at the end."""
        while len(self._coming) < PIECES:
            self.begin()
        return self._coming.popleft().result()


@contextmanager
def _in_step(load: Load) -> Iterator[None]:
    """A transaction; where it fails, how far the load is in memory is taken back as well."""
    before = load.rows_done, load.counts, load.leased_until
    try:
        with transaction.atomic():
            yield
    except BaseException:
        load.rows_done, load.counts, load.leased_until = before
        raise


def _renew_turn(load: Load, *, lease: timedelta = tables.LEASE) -> None:
    now = timezone.now()
    tables.keep_turn(load, rows_done=load.rows_done, counts=load.counts, now=now, lease=lease)


def _count(load: Load, verdicts: Sequence[Judged], tally: Tally) -> None:
    """Note how far the load is; what was said of the rows, and nothing else, is written."""
    with _in_step(load):
        tables.note_rows(load, tally.add(verdicts))
        tables.keep_part(load, verdicts)
        done = load.rows_done + len(verdicts)
        tables.keep_turn(load, rows_done=done, counts=tally.as_counts(), now=timezone.now())


def _file_batch(
    load: Load, rows: Sequence[Row], work: Work[Row], tally: Tally, *, actor: Keyed
) -> None:
    """File some rows, with one entry of the journal; part of a transaction."""
    now = timezone.now()
    _count(load, work.file(rows, now=now), tally)
    digest = sha256("".join(row.digest for row in rows).encode()).hexdigest()
    codes: dict[str, str | int] = {
        "first_row": rows[0].row,
        "last_row": rows[-1].row,
        "digest": digest,
    }
    record("load.batch_filed", about=load, actor=actor, at=now, codes=codes)


class _Pacing:
    """The pace of a load: gentle as soon as somebody else writes, too.

    SQLite has one writer and tells whether another connection wrote; PostgreSQL has many, and
    nobody waits there for rows that nobody else touches.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._version = _version()
        self._gentle_until = 0.0

    @property
    def rows(self) -> int:
        """How many rows go in the next batch."""
        return min(self._pace.rows, AMONG_PEOPLE.rows) if self._is_gentle else self._pace.rows

    def rest(self) -> None:
        """Let others write, as long as there are any."""
        version, now = _version(), time.monotonic()
        if version != self._version:
            self._version, self._gentle_until = version, now + GENTLE_SECONDS
        pause = AMONG_PEOPLE.pause if self._is_gentle else self._pace.pause
        if pause:
            time.sleep(pause)

    @property
    def _is_gentle(self) -> bool:
        return time.monotonic() < self._gentle_until


def _version() -> int:
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        row: tuple[int] = cursor.fetchone()
    return row[0]
