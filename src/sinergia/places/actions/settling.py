"""Compare rows of a file with rows of the database and write what differs."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from django.db import models
from django.db.models import QuerySet

from sinergia.places.actions.rows import Tally

Kept = TypeVar("Kept", bound=models.Model)
Key = TypeVar("Key", bound=Hashable)

AT_ONCE = 500


def settle(  # two sides, what tells rows apart, what is compared, the tally
    kept: QuerySet[Kept],
    wanted: Mapping[Key, tuple[int, Kept]],
    *,
    key: Callable[[Kept], Key],
    columns: Sequence[str],
    tally: Tally,
) -> list[Kept]:
    """Make rows that are missing and change those whose `columns` differ; give all these.

    wanted: key -> number of the row in the file and the row as it should be.
    """
    present = {key(row): row for row in kept}
    made, changed = [], []
    for name, (number, row) in wanted.items():
        if name not in present:
            made.append((number, row))
        elif _change(present[name], row, columns):
            changed.append((number, present[name]))
    kept.bulk_create([row for _, row in made], batch_size=AT_ONCE)
    kept.bulk_update([row for _, row in changed], columns, batch_size=AT_ONCE)
    tally.note(created=(number for number, _ in made), updated=(number for number, _ in changed))
    return [row for _, row in [*made, *changed]]


def _change(kept: Kept, wanted: Kept, columns: Sequence[str]) -> bool:
    """Bring a kept row to what is wanted; say whether that was anything new."""
    differing = [name for name in columns if getattr(kept, name) != getattr(wanted, name)]
    for name in differing:
        setattr(kept, name, getattr(wanted, name))
    return bool(differing)
