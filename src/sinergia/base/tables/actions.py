"""The life of a load: offered, taken by one runner at a time, gone on with after a fall, ended."""

import os
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from tempfile import mkstemp

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from sinergia.base.bulk import look_again
from sinergia.base.errands.actions import NotYet
from sinergia.base.journal.actions import Keyed, record
from sinergia.base.tables.models import Load, LoadNote, LoadPart, RememberedMapping
from sinergia.base.tables.parts import packed
from sinergia.base.tables.queries import is_at_rest
from sinergia.base.tables.results import RESULTS, Judged

LEASE = timedelta(seconds=10)  # renewed with every batch, each well under a second
LOOKING = timedelta(minutes=1)  # of a large register, before the first batch
MANY = 5_000  # rows of a load after which the database is to look at its tables anew


class Busy(NotYet):
    """Another file is being loaded right now."""


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hex, read in pieces."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def keep_file(path: Path, digest: str) -> Path:
    """Put a file among those that are kept for loads; the same file is kept once."""
    kept = kept_file(digest)
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not kept.exists():
        # A name of its own, nobody else's to read: the same file may be offered twice at once.
        descriptor, part = mkstemp(dir=kept.parent, suffix=".part")
        try:
            with path.open("rb") as given, os.fdopen(descriptor, "wb") as mine:
                shutil.copyfileobj(given, mine)
            Path(part).rename(kept)
        finally:
            Path(part).unlink(missing_ok=True)
    return kept


def kept_file(digest: str) -> Path:
    """Where the file of a load lies."""
    return Path(settings.MEDIA_ROOT) / "loads" / digest


@dataclass(frozen=True)
class Offer:
    """A file that is to be loaded. subject: of grants the fund's code, of a register its source."""

    kind: str
    subject: str
    file_name: str
    digest: str
    mapping: Mapping[str, str]


def offer_load(offer: Offer, *, actor: Keyed, now: datetime) -> Load:
    """Note that a file is to be loaded; one that was not loaded to its end is taken up again."""
    begun = unfinished_loads(offer).first()
    return make_load(offer, actor=actor, now=now) if begun is None else begun


def unfinished_loads(offer: Offer) -> QuerySet[Load]:
    """Loads of the same file, read in the same way, that did not come to their end."""
    same = Load.objects.filter(
        kind=offer.kind,
        subject=offer.subject,
        file_digest=offer.digest,
        mapping=dict(offer.mapping),
    )
    return same.exclude(stage=Load.Stage.DONE).order_by("-rows_done", "-pk")


def make_load(offer: Offer, *, actor: Keyed, now: datetime) -> Load:
    """Note a file as offered."""
    return Load.objects.create(
        kind=offer.kind,
        subject=offer.subject,
        file_name=offer.file_name[:200],
        file_digest=offer.digest,
        mapping=dict(offer.mapping),
        actor_key=actor.key,
        offered_at=now,
    )


def confirm_load(
    load: Load, mapping: Mapping[str, str], *, headings: str, actor: Keyed, now: datetime
) -> bool:
    """Note that the worker is to run an offered load; part of a transaction.

    False where that was said before: the caller promises nothing then.
    headings: digest of the file's labels, under which the columns are remembered; "" where a
    load goes on with those it began with.
    """
    load.refresh_from_db(from_queryset=Load.objects.select_for_update())
    if not is_at_rest(load, now=now):
        return False
    if headings:
        remember_mapping(load.kind, headings, mapping)
    load.mapping, load.stage, load.failure = dict(mapping), Load.Stage.PROMISED, ""
    load.save(update_fields=["mapping", "stage", "failure"])
    record("load.started", about=load, actor=actor, at=now)
    return True


def take_turn(load: Load, *, now: datetime) -> bool:
    """Make this load the running one of its kind; False while another runner is alive."""
    try:
        with transaction.atomic():
            running = Load.objects.select_for_update().filter(
                kind=load.kind, stage=Load.Stage.RUNNING
            )
            for other in running:
                if other.leased_until and other.leased_until > now:
                    return False
                other.stage = Load.Stage.FAILED
                other.failure = "broken_off"
                other.save(update_fields=["stage", "failure"])
            load.refresh_from_db()
            if load.stage == Load.Stage.DONE:
                return True
            load.stage, load.failure = Load.Stage.RUNNING, ""
            load.leased_until = now + LOOKING  # nothing is renewed until it has looked things up
            load.save(update_fields=["stage", "leased_until", "failure"])
    except IntegrityError:  # PostgreSQL: another took the turn between the look and the write
        return False
    return True


def keep_part(load: Load, verdicts: Sequence[Judged]) -> None:
    """Keep what became of each of some rows, in their order."""
    counts = Counter(verdict.result for verdict in verdicts)
    LoadPart.objects.create(
        load=load,
        first_row=verdicts[0].row.row,
        last_row=verdicts[-1].row.row,
        content=packed(verdicts),
        **{result: counts[result] for result in RESULTS},
    )


def note_rows(load: Load, notes: Sequence[LoadNote]) -> None:
    """Keep what there is to say of rows."""
    for note in notes:
        note.load = load
        note.value = note.value[:300]
        note.subject = note.subject[:80]
    LoadNote.objects.bulk_create(notes, batch_size=500)


def forget_notes(load: Load) -> None:
    """Take back what was said of rows, before it is said anew."""
    LoadNote.objects.filter(load=load).delete()


def keep_turn(
    load: Load,
    *,
    rows_done: int,
    counts: Mapping[str, int],
    now: datetime,
    lease: timedelta = LEASE,
) -> None:
    """Write down how far the load is, in the transaction of the rows themselves.

    Raises Busy where the turn was lost meanwhile: what this runner wrote is taken back.
    """
    mine = Load.objects.filter(pk=load.pk, stage=Load.Stage.RUNNING, leased_until=load.leased_until)
    if not mine.update(rows_done=rows_done, counts=dict(counts), leased_until=now + lease):
        raise Busy
    load.rows_done, load.counts, load.leased_until = rows_done, dict(counts), now + lease


def end_load(load: Load, *, seconds: float, now: datetime, failure: str = "") -> Load:
    """Close a load, done or failed; what it had loaded stays."""
    load.stage = Load.Stage.FAILED if failure else Load.Stage.DONE
    load.failure, load.finished_at, load.leased_until = failure, now, None
    load.seconds += seconds
    load.save(update_fields=["stage", "failure", "finished_at", "leased_until", "seconds"])
    if load.rows_done >= MANY:
        # Until the database has looked, the planner takes the tables for as small as they were:
        # the numbers beside the filters were half as fast again in that minute.
        look_again()
    return load


def remember_mapping(kind: str, headings: str, mapping: Mapping[str, str]) -> None:
    """Keep which columns a person said to mean what, for the next file with these headings."""
    RememberedMapping.objects.update_or_create(
        kind=kind, headings=headings, defaults={"mapping": dict(mapping)}
    )
