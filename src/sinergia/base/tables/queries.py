"""How loads are read."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from sinergia.base.errands.queries import is_promised
from sinergia.base.tables.models import Load, LoadNote, RememberedMapping
from sinergia.base.tables.results import RESULTS

# After the lease: a machine that was busy with something else is given time to come back.
DEAD_AFTER = timedelta(minutes=1)


def loads_of(kind: str) -> QuerySet[Load]:
    """Loads of one kind, newest first."""
    return Load.objects.filter(kind=kind).order_by("-pk")


def loads_under_way() -> QuerySet[Load]:
    """Loads of every kind that somebody runs or is to, or ran when the machine went down."""
    stages = (Load.Stage.PROMISED, Load.Stage.RUNNING)
    return Load.objects.filter(stage__in=stages).order_by("pk")


def load_by(key: UUID | str) -> Load:
    """One load; raises Load.DoesNotExist."""
    return Load.objects.get(key=key)


def once_of(load: Load) -> str:
    """The word under which a load is promised to the worker."""
    return f"load:{load.key}"


def is_at_rest(load: Load, *, now: datetime) -> bool:
    """Whether nobody runs a load or is about to; a runner that says nothing for long is dead."""
    if load.stage == Load.Stage.RUNNING:
        return load.leased_until is None or load.leased_until < now - DEAD_AFTER
    if load.stage == Load.Stage.PROMISED:  # a promise that was given up begins nothing
        return not is_promised(once_of(load))
    return load.stage in (Load.Stage.OFFERED, Load.Stage.FAILED)


def notes_of(load: Load, *results: str) -> QuerySet[LoadNote]:
    """What was said of a load's rows, in the order of the file."""
    notes = LoadNote.objects.filter(load=load).order_by("row", "pk")
    return notes.filter(result__in=results) if results else notes


def warnings_of(load: Load) -> QuerySet[LoadNote]:
    """What somebody should look at, whatever became of the rows."""
    return LoadNote.objects.filter(load=load, is_warning=True).order_by("row", "pk")


def notes_on(load: Load, rows: Collection[int]) -> dict[int, list[LoadNote]]:
    """What was said of these rows, by their numbers; nothing of words of the file."""
    found: dict[int, list[LoadNote]] = defaultdict(list)
    notes = notes_of(load, *RESULTS).filter(row__in=rows)
    for note in notes:
        found[note.row].append(note)
    return found


def mapping_remembered(kind: str, headings: str) -> dict[str, str]:
    """Which columns meant what the last time; empty where nobody said."""
    found = RememberedMapping.objects.filter(kind=kind, headings=headings).first()
    return dict(found.mapping) if found else {}
