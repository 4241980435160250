"""What a list of places holds, row by row, and what its load came to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from sinergia.engine.drawing import Polygon

Row = TypeVar("Row")


@dataclass(frozen=True)
class RegionRow:
    """A region. oktmo: how the OKTMO of its municipalities begin, two or three digits."""

    row: int
    code: str
    name_ru: str
    name_en: str
    kind: str
    oktmo: str = ""
    time_zone: str = ""
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class MunicipalityRow:
    """A municipality. region: as the file writes it; empty: told by the OKTMO."""

    row: int
    oktmo: str  # eight digits
    region: str
    name_ru: str
    name_en: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    population: int | None = None
    time_zone: str = ""


@dataclass(frozen=True)
class IndicatorRow:
    """One value. region: as the file writes it."""

    row: int
    region: str
    code: str
    on: date
    value: Decimal
    unit: str
    source: str
    margin: Decimal | None = None
    name_ru: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class OutlineRow:
    """A place on a map. codes: everything that may say which place, as the file writes it."""

    row: int
    codes: tuple[str, ...]
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be taken. code: a sentence of `said/`; value: what it is about."""

    row: int
    code: str
    value: str = ""


@dataclass(frozen=True)
class ReadRows(Generic[Row]):
    """A file as typed rows.

    absorbed: numbers of rows that say nothing of their own, as a second town of a municipality.
    """

    rows: list[Row]
    refusals: list[Refusal] = field(default_factory=list)
    absorbed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Outlines(ReadRows[OutlineRow]):
    """A map. source: whose it is, to be named beside it."""

    source: str = ""


@dataclass(frozen=True)
class LoadCounts:
    """How a load ended, in rows of its file; the last four sum to the first."""

    rows: int
    created: int
    updated: int
    unchanged: int
    refusals: list[Refusal]
    has_removed: bool = False  # something that the file leaves out was taken away

    @property
    def refused(self) -> int:
        """Rows that were not taken."""
        return len(self.refusals)

    @property
    def is_change(self) -> bool:
        """Whether anything is different now."""
        return bool(self.created or self.updated or self.has_removed)


class Tally:
    """Counts rows of a file while they are taken; a row counts once, by the most it did."""

    def __init__(self, read: ReadRows[Row]) -> None:
        self._refused = {refusal.row: refusal for refusal in read.refusals}
        self._numbers = set(read.absorbed)
        self._created: set[int] = set()
        self._updated: set[int] = set()
        self._has_removed = False

    def refuse(self, row: int, code: str, value: str = "") -> None:
        """Note why a row is not taken; the first reason stands."""
        self._refused.setdefault(row, Refusal(row, code, value))

    def take(self, rows: Iterable[int]) -> None:
        """Note rows that are looked at."""
        self._numbers.update(rows)

    def note(self, *, created: Iterable[int] = (), updated: Iterable[int] = ()) -> None:
        """Note rows that made something new, or changed something."""
        self._created.update(created)
        self._updated.update(updated)

    def note_removal(self) -> None:
        """Note that something was taken away for which the file has no row."""
        self._has_removed = True

    def counts(self) -> LoadCounts:
        """Sum up."""
        created = self._created - set(self._refused)
        updated = self._updated - created - set(self._refused)
        seen = self._numbers | created | updated | set(self._refused)
        refusals = sorted(self._refused.values(), key=lambda refusal: refusal.row)
        unchanged = len(seen) - len(created) - len(updated) - len(refusals)
        return LoadCounts(
            len(seen), len(created), len(updated), unchanged, refusals, self._has_removed
        )
