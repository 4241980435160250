"""Cells of tables of payments, and the bytes of a kept file beside as readers take them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sinergia.base.files.adapters.store import the_store
from sinergia.base.files.models import StoredFile
from sinergia.base.tables.reading import Cell, Limits
from sinergia.engine.money import read_money
from sinergia.engine.numbers import Unreadable, read_date

MOST_ROWS = 2_000
LIMITS = Limits(file_bytes=5_000_000, unpacked_bytes=50_000_000, rows=20_000, columns=60)


def sum_in(cell: Cell, currency: str) -> int | None:
    """A sum, minor units; none where it cannot be read."""
    try:
        return read_money(cell, currency=currency)
    except Unreadable:
        return None


def day_in(cell: Cell) -> date | None:
    """A day; none where it cannot be read."""
    try:
        return read_date(cell)
    except Unreadable:
        return None


@contextmanager
def on_disk(file: StoredFile) -> Iterator[Path]:
    """The bytes of a kept file beside, as readers of tables take them."""
    with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix[:8]) as kept:
        for piece in the_store().pieces(file.place, start=0, length=file.size):
            kept.write(piece)
        kept.flush()
        yield Path(kept.name)
