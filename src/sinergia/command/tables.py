"""Reading and writing the engine's files; whatever cannot be used is told in one sentence."""

import csv
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import TextIO, TypeVar

import numpy as np
import numpy.typing as npt

from sinergia.command import gettext_noop, say, shown
from sinergia.command.faults import Unusable
from sinergia.engine.assigning import Whole, in_whole_numbers, in_written_numbers
from sinergia.engine.assigning.scale import LARGEST
from sinergia.engine.assigning.task import Mask, Whole64

MOST_CELLS = 100_000_000  # applications times experts: a gigabyte of affinities
LARGEST_PRICE = 2**59  # units of the affinities, so that their differences stay in 64 bits
MOST_DIGITS = 350  # before the point and after it: as far as a float goes
LONGEST = 2_000  # characters of a number
MOST_DECIMALS = 290  # of an affinity that is counted with to the last of them
SURE = 15  # digits that a float keeps whatever they are
PAIR = ["application", "expert"]

Read = TypeVar("Read")


@dataclass(frozen=True)
class Input:
    """affinity: [applications x experts]. conflict: of that shape, True where forbidden.

    written: affinities as decimals, where the nearest floats are others.
    """

    affinity: npt.NDArray[np.float64]
    conflict: Mask | None
    applications: Sequence[str]
    experts: Sequence[str]
    written: list[list[Decimal]] | None = None


def read_input(path: str, options: Mapping[str, str]) -> Input:
    """Read affinities and conflicts from one `.npz`, or from tables. Raises Unusable, OSError."""
    given = _read_arrays(Path(path)) if path else _read_tables(options)
    if not np.isfinite(given.affinity).all():
        row, column = np.argwhere(~np.isfinite(given.affinity))[0]
        pair = f"{given.applications[row]} – {given.experts[column]}"
        raise Unusable(say(gettext_noop("An affinity is no finite number: %s.")) % shown(pair))
    return given


def read_pairs(path: str, given: Input) -> Mask:
    """Read who reads what. Raises Unusable, OSError."""
    chosen = np.zeros(given.affinity.shape, dtype=bool)
    rows, columns = _places(given.applications), _places(given.experts)
    for line, (one, expert) in rows_of(Path(path), PAIR):
        place = _known(rows, one, path, line), _known(columns, expert, path, line)
        if chosen[place]:
            raise at_line(path, line, say(gettext_noop("the pair stands here twice")))
        chosen[place] = True
    return chosen


def whole_of(given: Input) -> Whole:
    """Affinities in whole numbers; a forbidden one can be of any size. Raises Unusable."""
    affinity, written = given.affinity, given.written
    if max(affinity.max(), -affinity.min()) > LARGEST:
        too_large = np.abs(affinity) > LARGEST
        allowed = too_large if given.conflict is None else too_large & ~given.conflict
        if allowed.any():
            row, column = np.argwhere(allowed)[0]
            pair = f"{given.applications[row]} – {given.experts[column]}"
            told = say(gettext_noop("An affinity is larger than %(most)s: %(pair)s."))
            raise Unusable(told % {"most": LARGEST, "pair": shown(pair)})
        affinity = np.where(too_large, 0.0, affinity)
        if written is not None:
            for row, column in np.argwhere(too_large).tolist():
                written[row][column] = Decimal(0)
    return in_whole_numbers(affinity) if written is None else in_written_numbers(written)


def read_prices(path: str, given: Input, scale: Fraction) -> list[Fraction]:
    """Read prices in the affinities' unit, to the last digit that is written.

    Whatever they are, they prove a bound. Raises Unusable, OSError.
    """
    prices: dict[int, Fraction] = {}
    columns = _places(given.experts)
    for line, (expert, text) in rows_of(Path(path), ["expert", "price"]):
        place = _known(columns, expert, path, line)
        if place in prices:
            raise at_line(path, line, say(gettext_noop("the expert stands here twice")))
        prices[place] = number_in(text, Fraction, path, line) * scale
        if abs(prices[place]) >= LARGEST_PRICE:
            raise at_line(path, line, say(gettext_noop("“%s” is too large a number")) % shown(text))
    missing = [name for place, name in enumerate(given.experts) if place not in prices]
    if missing:
        told = say(gettext_noop("%(file)s: no price of expert %(expert)s."))
        raise Unusable(told % {"file": path, "expert": shown(missing[0])})
    return [prices[place] for place in range(len(given.experts))]


def read_needs(path: str, given: Input, default: int) -> Whole64:
    """Read how many experts each application has; those that are not named, as all others.

    Raises Unusable, OSError.
    """
    needs = np.full(len(given.applications), default, dtype=np.int64)
    rows = _places(given.applications)
    for line, (one, text) in rows_of(Path(path), ["application", "reviews"]):
        needs[_known(rows, one, path, line)] = _bound_in(text, path, line)
    return needs


def read_loads(path: str, given: Input, default: tuple[int, int]) -> tuple[Whole64, Whole64]:
    """Read the least and the most of each expert, the same way. Raises Unusable, OSError."""
    least, most = (np.full(len(given.experts), one, dtype=np.int64) for one in default)
    columns = _places(given.experts)
    for line, (expert, low, high) in rows_of(Path(path), ["expert", "least", "most"]):
        place = _known(columns, expert, path, line)
        least[place], most[place] = (_bound_in(one, path, line) for one in (low, high))
    return least, most


def _bound_in(text: str, path: str, line: int) -> int:
    number = number_in(text, Decimal, path, line)
    if number != number.to_integral_value():
        raise at_line(path, line, say(gettext_noop("“%s” is no whole number")) % shown(text))
    return max(-1, min(int(number), MOST_CELLS))


def write_pairs(path: str, given: Input, chosen: Mask) -> None:
    """Write who reads what, in the order of the applications. The file is whole or not there."""
    with whole_file(Path(path)) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([*PAIR, "affinity"])
        for row, column in np.argwhere(chosen):
            value = float(given.affinity[row, column])
            told = int(value) if value.is_integer() else value
            table.writerow([given.applications[row], given.experts[column], told])


def write_prices(path: str, given: Input, prices: Sequence[Fraction], scale: Fraction) -> None:
    """Write the prices of experts to the last digit. The file is whole or not there."""
    with whole_file(Path(path)) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["expert", "price"])
        for expert, price in zip(given.experts, prices, strict=True):
            table.writerow([expert, decimal_told(price / scale)])


def decimal_told(value: Fraction) -> str:
    """A fraction of tens and twos as a decimal, to the last digit."""
    places, size = 0, value.denominator
    while 10**places % size:
        places += 1
    digits = str(abs(value.numerator) * 10**places // size).zfill(places + 1)
    point = len(digits) - places
    told = f"{digits[:point]}.{digits[point:]}" if places else digits
    return f"-{told}" if value < 0 else told


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A file that is whole or not there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _read_arrays(path: Path) -> Input:
    arrays = _arrays_of(path)
    affinity = arrays.get("affinity")
    if affinity is None or affinity.ndim != 2 or affinity.dtype.kind not in "fiu":
        raise of_file(path, gettext_noop("“affinity” is to be a table of numbers"))
    if not affinity.size:
        raise of_file(path, gettext_noop("there is no application or no expert"))
    conflict = arrays.get("conflict")
    if conflict is not None and (conflict.dtype != bool or conflict.shape != affinity.shape):
        raise of_file(path, gettext_noop("“conflict” is to be a table of yes and no, as large"))
    banned: Mask | None = None if conflict is None else conflict.astype(bool)
    rows, columns = affinity.shape
    return Input(
        affinity.astype(np.float64, copy=False),
        banned,
        _ids(arrays.get("applications"), rows, path, "applications"),
        _ids(arrays.get("experts"), columns, path, "experts"),
    )


def _arrays_of(path: Path) -> dict[str, npt.NDArray[np.generic]]:
    names = ("affinity", "conflict", "applications", "experts")
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_CELLS * 10:
                raise of_file(path, gettext_noop("it is too large"))
        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name] for name in names if name in kept}
    except (zipfile.BadZipFile, ValueError, EOFError, KeyError, MemoryError, zlib.error) as error:
        raise of_file(path, gettext_noop("it is no .npz file, or a damaged one")) from error


def _ids(told: npt.NDArray[np.generic] | None, count: int, path: Path, name: str) -> Sequence[str]:
    """Names of the rows or columns; their numbers from 0 where the file has none."""
    if told is None:
        return [str(number) for number in range(count)]
    if told.shape != (count,) or told.dtype.kind not in "Uiu":
        raise of_file(path, gettext_noop("“%s” is to be a list of as many texts"), name)
    names = [str(one) for one in told.tolist()]
    if len(set(names)) != count:
        raise of_file(path, gettext_noop("one stands in “%s” twice"), name)
    return names


def _read_tables(options: Mapping[str, str]) -> Input:
    path = options["--affinity"]
    told: dict[tuple[str, str], float | Decimal] = {}
    for line, (one, expert, text) in rows_of(Path(path), [*PAIR, "affinity"]):
        if (one, expert) in told:
            raise at_line(path, line, say(gettext_noop("the pair stands here twice")))
        kind: Callable[[str], float | Decimal] = float if len(text) <= SURE else Decimal
        told[one, expert] = number_in(text, kind, path, line)
    rows = _places(list(dict.fromkeys(one for one, _ in told)))
    columns = _places(list(dict.fromkeys(expert for _, expert in told)))
    if not told:
        raise of_file(Path(path), gettext_noop("there is no application or no expert"))
    if len(rows) * len(columns) > MOST_CELLS:
        raise of_file(Path(path), gettext_noop("it is too large"))
    affinity = np.zeros((len(rows), len(columns)))
    for (one, expert), value in told.items():
        affinity[rows[one], columns[expert]] = value
    conflict = _read_conflicts(options, rows, columns)
    written = None
    if any(isinstance(value, Decimal) for value in told.values()):
        written = [[Decimal(0)] * len(columns) for _ in rows]
        for (one, expert), value in told.items():
            written[rows[one]][columns[expert]] = _written(value, path)
    return Input(affinity, conflict, list(rows), list(columns), written)


def _written(value: float | Decimal, path: str) -> Decimal:
    told = Decimal(str(value))
    if int(told.as_tuple().exponent) < -MOST_DECIMALS:
        raise of_file(Path(path), gettext_noop("an affinity has too many digits"))
    return told


def _read_conflicts(
    options: Mapping[str, str], rows: Mapping[str, int], columns: Mapping[str, int]
) -> Mask | None:
    path = options.get("--conflicts")
    if path is None:
        return None
    conflict = np.zeros((len(rows), len(columns)), dtype=bool)
    for line, (one, expert) in rows_of(Path(path), PAIR):
        conflict[_known(rows, one, path, line), _known(columns, expert, path, line)] = True
    return conflict


def heads_of(path: Path) -> list[str]:
    """Names of a table's columns. Raises Unusable, OSError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [cell.strip().casefold() for cell in next(csv.reader(file), [])]
    except (UnicodeDecodeError, csv.Error) as error:
        raise of_file(path, gettext_noop("it is no table in UTF-8")) from error


def rows_of(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows of a table with these columns, each with its line; blank lines are passed over."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.reader(file)
            heads = [cell.strip().casefold() for cell in next(table, [])]
            missing = [name for name in columns if name not in heads]
            if missing:
                raise of_file(path, gettext_noop("there is no column “%s”"), missing[0])
            places = [heads.index(name) for name in columns]
            for cells in table:
                if not any(cell.strip() for cell in cells):
                    continue
                told = [cells[at].strip() if at < len(cells) else "" for at in places]
                if not all(told):
                    raise at_line(str(path), table.line_num, say(gettext_noop("a cell is empty")))
                yield table.line_num, told
    except (UnicodeDecodeError, csv.Error) as error:
        raise of_file(path, gettext_noop("it is no table in UTF-8")) from error


def number_in(text: str, kind: Callable[[str], Read], path: str, line: int) -> Read:
    """Read a cell as a finite number. Raises Unusable."""
    try:
        size = Decimal(text).adjusted() if Decimal(text).is_finite() else None
    except InvalidOperation:
        size = None
    if size is not None and size > MOST_DIGITS:
        raise at_line(path, line, say(gettext_noop("“%s” is too large a number")) % shown(text))
    if size is not None and (size < -MOST_DIGITS or len(text) > LONGEST):
        raise at_line(path, line, say(gettext_noop("“%s” has too many digits")) % shown(text))
    if size is not None:
        return kind(text)
    raise at_line(path, line, say(gettext_noop("“%s” is no number")) % shown(text))


def _places(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _known(places: Mapping[str, int], name: str, path: str, line: int) -> int:
    if name not in places:
        raise at_line(
            path, line, say(gettext_noop("“%s” is not among the affinities")) % shown(name)
        )
    return places[name]


def at_line(path: Path | str, line: int, told: str) -> Unusable:
    """What is wrong with a line of a file, to be raised."""
    values = {"file": str(path), "line": line, "fault": told}
    return Unusable(say(gettext_noop("%(file)s, line %(line)s: %(fault)s.")) % values)


def of_file(path: Path, message: str, *values: str) -> Unusable:
    """What is wrong with a file, to be raised."""
    told = say(message) % values if values else say(message)
    return Unusable(f"{path}: {told}.")
