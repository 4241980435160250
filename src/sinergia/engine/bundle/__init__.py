"""The archive of a contest: packed to the same bytes every time, and verified from itself alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sinergia.engine.bundle.faults import Fault, sentence_of
from sinergia.engine.bundle.packing import FILES, Opened, Packed, opened, pack
from sinergia.engine.bundle.recounting import (
    RANKING,
    RowCheck,
    Unreadable,
    ranking_lines,
    recount,
)

__all__ = [
    "FILES",
    "RANKING",
    "Fault",
    "Opened",
    "Packed",
    "Report",
    "RowCheck",
    "Unreadable",
    "opened",
    "pack",
    "ranking_lines",
    "recount",
    "sentence_of",
    "verify",
]


@dataclass(frozen=True)
class Report:
    """What verifying an archive showed. rows: each place of the ranking, counted anew."""

    faults: Sequence[Fault]
    rows: Sequence[RowCheck] = ()
    root: str = ""
    sheets: int = 0

    @property
    def is_right(self) -> bool:
        """Whether nothing is changed and everything agrees."""
        return not self.faults


def verify(content: bytes, *, root: str = "") -> Report:
    """Compare an archive with its own digests, with a published `root`, and count it anew."""
    found = opened(content, root=root)
    if set(FILES) - found.files.keys():
        return Report(found.faults, root=found.root)
    try:
        rows, sheets, faults = recount(found.files)
    except Unreadable as broken:
        return Report([*found.faults, broken.fault], root=found.root)
    return Report([*found.faults, *faults], rows, found.root, sheets)
