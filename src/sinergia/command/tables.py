"""Reading the engine's files; whatever cannot be used is told in one sentence."""

import csv
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from tokenize import TokenError
from typing import TypeVar

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


def read_pairs(path: str, given: Input) -> tuple[Mask, list[tuple[int, int]]]:
    """Read who reads what, and of whom another affinity stands there. Raises Unusable, OSError."""
    chosen = np.zeros(given.affinity.shape, dtype=bool)
    others: list[tuple[int, int]] = []
    rows, columns = _places(given.applications), _places(given.experts)
    for line, (one, expert, *affinity) in rows_of(Path(path), PAIR, perhaps="affinity"):
        place = _known(rows, one, path, line), _known(columns, expert, path, line)
        if chosen[place]:
            raise at_line(path, line, say(gettext_noop("the pair stands here twice")))
        chosen[place] = True
        if any(number_in(text, float, path, line) != given.affinity[place] for text in affinity):
            others.append(place)
    return chosen, others


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
    rows, seen = _places(given.applications), set()
    for line, (one, text) in rows_of(Path(path), ["application", "reviews"]):
        if one in seen:
            raise at_line(path, line, say(gettext_noop("the application stands here twice")))
        seen.add(one)
        needs[_known(rows, one, path, line)] = _bound_in(text, path, line)
    return needs


def read_loads(path: str, given: Input, default: tuple[int, int]) -> tuple[Whole64, Whole64]:
    """Read the least and the most of each expert, the same way. Raises Unusable, OSError."""
    least, most = (np.full(len(given.experts), one, dtype=np.int64) for one in default)
    columns, seen = _places(given.experts), set()
    for line, (expert, low, high) in rows_of(Path(path), ["expert", "least", "most"]):
        if expert in seen:
            raise at_line(path, line, say(gettext_noop("the expert stands here twice")))
        seen.add(expert)
        place = _known(columns, expert, path, line)
        least[place], most[place] = (_bound_in(one, path, line) for one in (low, high))
        if least[place] > most[place]:
            raise at_line(path, line, say(gettext_noop("the least load is above the most")))
    return least, most


def _bound_in(text: str, path: str, line: int) -> int:
    number = number_in(text, Decimal, path, line)
    if number != number.to_integral_value():
        raise at_line(path, line, say(gettext_noop("“%s” is no whole number")) % shown(text))
    if number < 0:
        raise at_line(path, line, say(gettext_noop("“%s” is below nought")) % shown(text))
    return min(int(number), MOST_CELLS)


def _read_arrays(path: Path) -> Input:
    arrays = _arrays_of(path)
    affinity = arrays.get("affinity")
    if affinity is None or affinity.ndim != 2 or affinity.dtype.kind not in "fiu":
        raise of_file(path, gettext_noop("“affinity” is to be a table of numbers"))
    if not affinity.size:
        raise of_file(path, gettext_noop("there is no application or no expert"))
    conflict = arrays.get("conflict")
    if conflict is not None and not _are_yes_and_no(conflict, affinity.shape):
        raise of_file(path, gettext_noop("“conflict” is to be a table of yes and no, as large"))
    banned: Mask | None = None if conflict is None else conflict.astype(bool)
    rows, columns = affinity.shape
    return Input(
        affinity.astype(np.float64, copy=False),
        banned,
        _ids(arrays.get("applications"), rows, path, "applications"),
        _ids(arrays.get("experts"), columns, path, "experts"),
    )


def _are_yes_and_no(told: npt.NDArray[np.generic], shape: tuple[int, ...]) -> bool:
    is_number = told.dtype.kind in "iu" and bool(((told == 0) | (told == 1)).all())
    return told.shape == shape and (told.dtype == bool or is_number)


def _arrays_of(path: Path) -> dict[str, npt.NDArray[np.generic]]:
    names = ("affinity", "conflict", "applications", "experts")
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_CELLS * 10:
                raise of_file(path, gettext_noop("it is too large"))
        with np.load(path, allow_pickle=False) as kept:
            found = {name: kept[name] for name in names if name in kept}
    except _DAMAGED as error:
        if "Object arrays" in str(error):
            fault = gettext_noop("it holds Python objects: keep names as texts (dtype=str)")
            raise of_file(path, fault) from error
        raise of_file(path, gettext_noop("it is no .npz file, or a damaged one")) from error
    if not all(isinstance(one, np.ndarray) for one in found.values()):
        raise of_file(path, gettext_noop("it is no .npz file, or a damaged one"))
    return found


# What zipfile, zlib and numpy raise at bytes that were changed.
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError, MemoryError, NotImplementedError),
    *(OverflowError, RuntimeError, TokenError, TypeError, ValueError, SyntaxError),
)


_LOST = {"\r", "\0", *map(chr, range(0xD800, 0xE000))}  # signs that no table in UTF-8 keeps


def _ids(told: npt.NDArray[np.generic] | None, count: int, path: Path, name: str) -> Sequence[str]:
    """Names of the rows or columns; their numbers from 0 where the file has none."""
    if told is None:
        return [str(number) for number in range(count)]
    if told.shape != (count,) or told.dtype.kind not in "Uiu":
        raise of_file(path, gettext_noop("“%s” is to be a list of as many texts"), name)
    names = [str(one) for one in told.tolist()]
    for one in names:
        if not one or one != one.strip() or any(sign in _LOST for sign in one):
            fault = gettext_noop("“%s” of “%s” is a name that a table cannot keep")
            raise of_file(path, fault, shown(one), name)
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


def rows_of(
    path: Path, columns: Sequence[str], *, perhaps: str = ""
) -> Iterator[tuple[int, list[str]]]:
    """Rows of a table with these columns, each with its line; blank lines are passed over.

    perhaps: one column more that comes last where the table has it.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.reader(file)
            heads = [cell.strip().casefold() for cell in next(table, [])]
            more = [perhaps] if perhaps in heads else []
            places = _columns(path, heads, [*columns, *more])
            for cells in table:
                if any(cell.strip() for cell in cells):
                    yield table.line_num, _cells(path, table.line_num, cells, len(heads), places)
    except (UnicodeDecodeError, csv.Error) as error:
        raise of_file(path, gettext_noop("it is no table in UTF-8")) from error


def _columns(path: Path, heads: Sequence[str], columns: Sequence[str]) -> list[int]:
    missing = [name for name in columns if name not in heads]
    if missing and any(sign in head for head in heads for sign in ";\t"):
        raise of_file(path, gettext_noop("columns are to be parted by commas"))
    if missing:
        raise of_file(path, gettext_noop("there is no column “%s”"), missing[0])
    return [heads.index(name) for name in columns]


def _cells(
    path: Path, line: int, cells: Sequence[str], width: int, places: Sequence[int]
) -> list[str]:
    if any(cell.strip() for cell in cells[width:]):
        told = gettext_noop("more cells than the head has; write decimals with a point")
        raise at_line(path, line, say(told))
    told_here = [cells[at].strip() if at < len(cells) else "" for at in places]
    if not all(told_here):
        raise at_line(path, line, say(gettext_noop("a cell is empty")))
    if any("\r" in cell for cell in told_here):
        raise at_line(path, line, say(gettext_noop("a cell has a break of lines within it")))
    return told_here


def number_in(text: str, kind: Callable[[str], Read], path: str, line: int) -> Read:
    """Read a cell as a finite number. Raises Unusable."""
    try:
        if not text.isascii() or "_" in text:  # Python reads 1_0 as ten, and digits of any script
            raise InvalidOperation
        number = Decimal(text)
        size = number.adjusted() if number.is_finite() else None
    except InvalidOperation:
        size = None
    if size is None:
        fault = gettext_noop("“%s” is no number")
    elif size > MOST_DIGITS:
        fault = gettext_noop("“%s” is too large a number")
    elif size < -MOST_DIGITS or len(text) > LONGEST:
        fault = gettext_noop("“%s” has too many digits")
    else:
        return kind(text)
    raise at_line(path, line, say(fault) % shown(text))


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
