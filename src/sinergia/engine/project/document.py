"""A project's texts read into a typed document; what cannot be read is a gap, never a loss."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sinergia.engine.drafts import Path, Row
from sinergia.engine.money import minor_digits, read_money
from sinergia.engine.numbers import Unreadable, has_lone_mark, read_date, read_decimal
from sinergia.engine.project.paths import PROJECT
from sinergia.engine.refusal import Gap
from sinergia.packs.rules.fields import REFERS, ROWS
from sinergia.packs.rules.values import MOST_MINOR

SAID_OF_MONEY = ("ambiguous", "negative", "too_large")
LARGEST = 10**9  # of people, of a quantity: what is larger was mistyped


@dataclass(frozen=True)
class Event:
    """A row of the plan. task, group: ids of rows; None and "" for what is not said."""

    id: str
    what: str
    task: str
    group: str
    starts_on: date | None
    ends_on: date | None
    people: int | None


@dataclass(frozen=True)
class Line:
    """A line of the budget, in minor units. asked: what is left of the total after one's own."""

    id: str
    what: str
    article: str
    price_minor: int
    quantity: Decimal
    own_minor: int
    comment: str
    event: str

    @property
    def total_minor(self) -> int:
        """Price by quantity, rounded half up to whole minor units."""
        total = self.price_minor * self.quantity
        return int(total.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    @property
    def asked_minor(self) -> int:
        """What the grant is to pay."""
        return self.total_minor - self.own_minor


@dataclass(frozen=True)
class Document:
    """A project, typed.

    texts: of single fields and of answers, by path. rows: by field, in order. faults: cells that
    cannot be read.
    """

    texts: Mapping[str, str]
    rows: Mapping[str, list[Row]]
    events: list[Event]
    lines: list[Line]
    starts_on: date | None
    ends_on: date | None
    faults: list[Gap] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.texts.get("title", "")

    @property
    def total_minor(self) -> int:
        """What it costs."""
        return sum(line.total_minor for line in self.lines)

    @property
    def own_minor(self) -> int:
        """What its people and partners bring."""
        return sum(line.own_minor for line in self.lines)

    @property
    def asked_minor(self) -> int:
        """What is asked for."""
        return self.total_minor - self.own_minor

    @property
    def months(self) -> int | None:
        """How many months it takes, begun ones counted whole."""
        if self.starts_on is None or self.ends_on is None or self.ends_on < self.starts_on:
            return None
        start, end = self.starts_on, self.ends_on
        whole = (end.year - start.year) * 12 + end.month - start.month
        return whole + (1 if end.day >= start.day else 0)


def read_document(values: Mapping[str, str], *, currency: str) -> Document:
    """Assemble texts by path; paths that no project has are left out.

    currency: of the sums; a sum in another one is a fault.
    """
    texts, rows = PROJECT.read(values)
    reader = _Reader(currency)
    return Document(
        texts=texts,
        rows=rows,
        events=[reader.event(row) for row in rows["events"]],
        lines=[reader.line(row) for row in rows["lines"]],
        starts_on=reader.date(Path("starts_on"), texts.get("starts_on", "")),
        ends_on=reader.date(Path("ends_on"), texts.get("ends_on", "")),
        faults=[*reader.faults, *reader.others(rows), *_strangers(rows)],
    )


class _Reader:
    """Reads cells and remembers those that it could not read."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.faults: list[Gap] = []

    def event(self, row: Row) -> Event:
        texts = row.texts
        return Event(
            id=row.id,
            what=texts.get("what", ""),
            task=texts.get("task", ""),
            group=texts.get("group", ""),
            starts_on=self.date(Path("events", row.id, "starts_on"), texts.get("starts_on", "")),
            ends_on=self.date(Path("events", row.id, "ends_on"), texts.get("ends_on", "")),
            people=self.number(Path("events", row.id, "people"), texts.get("people", "")),
        )

    def line(self, row: Row) -> Line:
        texts = row.texts
        line = Line(
            id=row.id,
            what=texts.get("what", ""),
            article=texts.get("article", ""),
            price_minor=self.money(Path("lines", row.id, "price"), texts.get("price", "")),
            quantity=self.quantity(Path("lines", row.id, "quantity"), texts.get("quantity", "")),
            own_minor=self.money(Path("lines", row.id, "own"), texts.get("own", "")),
            comment=texts.get("comment", ""),
            event=texts.get("event", ""),
        )
        if line.total_minor > MOST_MINOR:  # each is no sum too large, their product is
            self._fault("cell.money_too_large", Path("lines", row.id, "price"), texts["price"])
            return replace(line, price_minor=0)
        return line

    def others(self, rows: Mapping[str, list[Row]]) -> Iterator[Gap]:
        """Cells of the other fields that are to hold a number, a sum or a day."""
        before = len(self.faults)
        for name in ROWS.keys() - {"events", "lines"}:
            for row in rows[name]:
                for cell, kind in ROWS[name].items():
                    path, text = Path(name, row.id, cell), row.texts.get(cell, "")
                    if kind == "number":
                        self.number(path, text)
                    elif kind == "money":
                        self.money(path, text)
                    elif kind == "date":
                        self.date(path, text)
        yield from self.faults[before:]
        del self.faults[before:]

    def date(self, path: Path, text: str) -> date | None:
        try:
            found = read_date(text)
        except Unreadable:
            found = None
        if found is None and text.strip():  # a dash is no day either
            self._fault("cell.date", path, text)
        return found

    def money(self, path: Path, text: str) -> int:
        try:
            found = read_money(text, currency=self.currency)
            if found is None and text.strip() and path.cell == "price":
                raise Unreadable("number")  # a dash is a sum of one's own: none; it is no price
        except Unreadable as error:
            code = error.code if error.code in SAID_OF_MONEY else "number"
            self._fault(f"cell.money_{code}", path, text)
            return 0
        # What was handed in long ago goes on to be read so; whoever writes is asked.
        if minor_digits(self.currency) and has_lone_mark(text):
            self._fault("cell.money_ambiguous", path, text)
        return found or 0

    def number(self, path: Path, text: str) -> int | None:
        found = self._decimal("cell.number", path, text)
        if found is not None and found != found.to_integral_value():
            self._fault("cell.number", path, text)
            return None
        return None if found is None else int(found)

    def quantity(self, path: Path, text: str) -> Decimal:
        found = self._decimal("cell.quantity", path, text)
        if found is not None and has_lone_mark(text):
            self._fault("cell.quantity_ambiguous", path, text)
        return Decimal(1 if not text.strip() else 0) if found is None else found

    def _decimal(self, code: str, path: Path, text: str) -> Decimal | None:
        try:
            found = read_decimal(text)
        except Unreadable:
            found = Decimal(-1)
        if found is None and text.strip():  # "-" is a number that somebody left out
            found = Decimal(-1)
        if found is not None and not 0 <= found <= LARGEST:
            self._fault(code, path, text)
            return None
        return found

    def _fault(self, code: str, path: Path, text: str) -> None:
        self.faults.append(Gap(code, str(path), {"typed": text[:80]}))


def _strangers(rows: Mapping[str, list[Row]]) -> Iterator[Gap]:
    """Cells that name a row which is not there any more."""
    for (name, cell), other in REFERS.items():
        known = {row.id for row in rows[other]}
        for row in rows[name]:
            if (named := row.texts.get(cell, "")) and named not in known:
                yield Gap("cell.gone", str(Path(name, row.id, cell)))
