"""Where a programme or a visit lies: shown to everybody or not, at hand or put away."""

from datetime import datetime
from typing import Literal, TypeAlias

from sinergia.exchange.models import Programme, VisitCourse

Shelf: TypeAlias = Literal["publish", "hide", "put_away", "take_back"]


def is_shelved(row: Programme | VisitCourse, shelf: Shelf, *, now: datetime) -> bool:
    """Lay a row where it is to lie; False where it lies there already."""
    before = (row.is_public, row.removed_at is not None)
    after = {
        "publish": (True, before[1]),
        "hide": (False, before[1]),
        "put_away": (before[0], True),
        "take_back": (before[0], False),
    }[shelf]
    if after == before:
        return False
    row.is_public, row.removed_at = after[0], now if after[1] else None
    row.save(update_fields=["is_public", "removed_at"])
    return True
