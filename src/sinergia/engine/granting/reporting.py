"""A report as people write it: texts by path, read into facts that stand beside the plan.

A row has the id of what it tells of: an event, a result, a line of the plan. What the plan does
not know stands among the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sinergia.engine.drafts import Fields, Path, Row
from sinergia.engine.granting.plan import WHOLE
from sinergia.engine.numbers import Unreadable, read_date, read_decimal
from sinergia.engine.refusal import Gap

KINDS = {
    "done": "text",
    "outcome": "text",
    "media": "text",
    "money_note": "text",
    "events": "rows",
    "others": "rows",
    "results": "rows",
    "lines": "rows",
}
_EVENT = {"on": "date", "place": "line", "people": "number", "told": "text", "links": "text"}
ROWS = {
    "events": {**_EVENT, "why": "text"},
    "others": {"what": "line", **_EVENT},
    "results": {"reached": "quantity", "proof": "text", "why": "text"},
    "lines": {"why": "text"},
}
REPORT = Fields(KINDS, ROWS)
LARGEST = 10**9  # of people, of a result: what is larger was mistyped
_WHOLE_ROW = "000000"  # where the only line of a grant without a budget stands


@dataclass(frozen=True)
class Fact:
    """How an event was. why: it differs from the plan."""

    id: str
    on: date | None = None
    place: str = ""
    people: int | None = None
    told: str = ""
    links: Sequence[str] = ()
    why: str = ""
    what: str = ""  # of an event that the plan does not know

    @property
    def is_told(self) -> bool:
        """Whether anything is said of it."""
        return bool(self.on or self.place or self.people is not None or self.told or self.why)


@dataclass(frozen=True)
class Reached:
    """How far a result has come."""

    id: str
    number: Decimal | None = None
    proof: str = ""
    why: str = ""


@dataclass(frozen=True)
class Told:
    """A report, typed. events, results: by the ids of the plan; whys: by line of the budget."""

    texts: Mapping[str, str]
    events: Mapping[str, Fact]
    others: Sequence[Fact]
    results: Mapping[str, Reached]
    whys: Mapping[str, str]
    faults: Sequence[Gap] = field(default_factory=list)


def row_of(line: str) -> str:
    """The row of a line of the plan; the whole sum has a name that no row may have."""
    return _WHOLE_ROW if line == WHOLE else line


def line_of(row: str) -> str:
    """The line of the plan that a row stands for."""
    return WHOLE if row == _WHOLE_ROW else row


def read_report(values: Mapping[str, str]) -> Told:
    """Assemble texts by path; what cannot be read is a fault, and what nobody asks left out."""
    texts, rows = REPORT.read(values)
    reader = _Reader()
    events = [reader.fact("events", row) for row in rows["events"]]
    results = [reader.reached(row) for row in rows["results"]]
    return Told(
        texts=texts,
        events={one.id: one for one in events},
        others=[reader.fact("others", row) for row in rows["others"]],
        results={one.id: one for one in results},
        whys={line_of(row.id): row.texts.get("why", "") for row in rows["lines"]},
        faults=reader.faults,
    )


class _Reader:
    """Reads cells and remembers those that it could not read."""

    def __init__(self) -> None:
        self.faults: list[Gap] = []

    def fact(self, name: str, row: Row) -> Fact:
        texts = row.texts
        return Fact(
            id=row.id,
            on=self._date(Path(name, row.id, "on"), texts.get("on", "")),
            place=texts.get("place", ""),
            people=self._people(Path(name, row.id, "people"), texts.get("people", "")),
            told=texts.get("told", ""),
            links=[one for one in texts.get("links", "").split() if one],
            why=texts.get("why", ""),
            what=texts.get("what", ""),
        )

    def reached(self, row: Row) -> Reached:
        texts = row.texts
        number = self._number(Path("results", row.id, "reached"), texts.get("reached", ""))
        return Reached(row.id, number, texts.get("proof", ""), texts.get("why", ""))

    def _date(self, path: Path, text: str) -> date | None:
        try:
            return read_date(text)
        except Unreadable:
            self._fault("report.bad_date", path, text)
            return None

    def _people(self, path: Path, text: str) -> int | None:
        found = self._number(path, text)
        if found is not None and found != found.to_integral_value():
            self._fault("report.bad_number", path, text)
            return None
        return None if found is None else int(found)

    def _number(self, path: Path, text: str) -> Decimal | None:
        try:
            found = read_decimal(text)
        except Unreadable:
            found = Decimal(-1)
        if found is not None and not 0 <= found <= LARGEST:
            self._fault("report.bad_number", path, text)
            return None
        return found

    def _fault(self, code: str, path: Path, text: str) -> None:
        self.faults.append(Gap(code, str(path), {"typed": text[:80]}))
