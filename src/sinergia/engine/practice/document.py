"""A practice's texts read into a typed document; what cannot be read is a gap, never a loss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sinergia.engine.drafts import Fields, Path, Row
from sinergia.engine.money import read_money
from sinergia.engine.numbers import Unreadable, read_decimal
from sinergia.engine.refusal import Gap
from sinergia.packs.practices import FIELDS, ROWS, lists
from sinergia.packs.practices.fields import ASPECTS

PRACTICE = Fields(FIELDS, ROWS)
LARGEST = 10**9  # of people, of a quantity: what is larger was mistyped


@dataclass(frozen=True)
class Document:
    """A practice, typed.

    texts: of single fields, by path. rows: by field, in order. sums: in minor units, by the field
    or cell that says them; what says nothing is not there. numbers: the same of people and
    quantities. faults: what cannot be read.
    """

    texts: Mapping[str, str]
    rows: Mapping[str, list[Row]]
    sums: Mapping[str, int]
    numbers: Mapping[str, Decimal]
    faults: Sequence[Gap] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.texts.get("title", "")

    @property
    def start_minor(self) -> int | None:
        """What it costs to begin; none where nobody says."""
        return self.sums.get("cost_start")

    @property
    def is_hosting(self) -> bool:
        """Whether its authors receive a visit."""
        return self.texts.get("hosting") == "yes"

    @property
    def aspects(self) -> dict[str, int]:
        """How far each aspect of the standard has come, 0 for what nobody says."""
        return {name: _level(self.texts.get(name, "")) for name in ASPECTS}

    @property
    def evidence(self) -> int:
        """How sure its authors are: as sure as the weakest aspect."""
        return min(self.aspects.values())

    @property
    def maturity(self) -> int:
        """How ripe it is, 0 where nobody says."""
        return _level(self.texts.get("maturity", ""))

    @property
    def audiences(self) -> list[str]:
        """For whom it is: codes that are known, each once."""
        known = {one.code for one in lists().audiences}
        chosen = (row.texts.get("who", "") for row in self.rows["audiences"])
        return [code for code in dict.fromkeys(chosen) if code in known]


def read_practice(values: Mapping[str, str], *, currency: str) -> Document:
    """Assemble texts by path; paths that no practice has are left out.

    currency: of the sums; a sum in another one is a fault.
    """
    texts, rows = PRACTICE.read(values)
    reader = _Reader(currency)
    for name, kind in FIELDS.items():
        reader.read(Path(name), kind, texts.get(name, ""))
    for name, some in rows.items():
        for row in some:
            for cell, of in ROWS[name].items():
                reader.read(Path(name, row.id, cell), of, row.texts.get(cell, ""))
    return Document(texts, rows, reader.sums, reader.numbers, reader.faults)


class _Reader:
    """Reads sums and numbers, and remembers those that it could not read."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.sums: dict[str, int] = {}
        self.numbers: dict[str, Decimal] = {}
        self.faults: list[Gap] = []

    def read(self, path: Path, kind: str, text: str) -> None:
        if kind == "money":
            self._money(path, text)
        elif kind in ("number", "quantity"):
            self._number(path, text, is_whole=kind == "number")

    def _money(self, path: Path, text: str) -> None:
        try:
            found = read_money(text, currency=self.currency)
        except Unreadable as error:
            code = error.code if error.code in ("negative", "too_large") else "number"
            self._fault(f"cell.money_{code}", path, text)
            return
        if found is not None:
            self.sums[str(path)] = found

    def _number(self, path: Path, text: str, *, is_whole: bool) -> None:
        code = "cell.number" if is_whole else "cell.quantity"
        try:
            found = read_decimal(text)
        except Unreadable:
            self._fault(code, path, text)
            return
        if found is None:
            return
        if not 0 <= found <= LARGEST or (is_whole and found != found.to_integral_value()):
            self._fault(code, path, text)
            return
        self.numbers[str(path)] = found

    def _fault(self, code: str, path: Path, text: str) -> None:
        self.faults.append(Gap(code, str(path), {"typed": text[:80]}))


def _level(text: str) -> int:
    """A level as it is chosen; anything else is none."""
    return int(text) if len(text) == 1 and text in "01234" else 0
