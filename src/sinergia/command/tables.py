"""Reading and writing the engine's files; whatever cannot be used is told in one sentence."""

import csv
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TextIO, TypeVar

import numpy as np
import numpy.typing as npt

from sinergia.command import gettext_noop, say, shown
from sinergia.command.faults import Unusable
from sinergia.engine.assigning.task import Mask, Whole64

MOST_CELLS = 100_000_000  # applications times experts: a gigabyte of affinities
PAIR = ["application", "expert"]

Read = TypeVar("Read")


@dataclass(frozen=True)
class Input:
    """affinity: [applications x experts]. conflict: of that shape, True where forbidden."""

    affinity: npt.NDArray[np.float64]
    conflict: Mask | None
    applications: Sequence[str]
    experts: Sequence[str]


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


def read_prices(path: str, given: Input, scale: int) -> Whole64:
    """Read prices as whole numbers of the affinities' unit; whatever they are, they prove a bound.

    Raises Unusable, OSError.
    """
    prices: dict[int, int] = {}
    columns = _places(given.experts)
    for line, (expert, text) in rows_of(Path(path), ["expert", "price"]):
        place = _known(columns, expert, path, line)
        if place in prices:
            raise at_line(path, line, say(gettext_noop("the expert stands here twice")))
        prices[place] = round(number_in(text, Decimal, path, line) * scale)
        if abs(prices[place]) >= 2**53:
            raise at_line(path, line, say(gettext_noop("“%s” is too large a number")) % shown(text))
    missing = [name for place, name in enumerate(given.experts) if place not in prices]
    if missing:
        told = say(gettext_noop("%(file)s: no price of expert %(expert)s."))
        raise Unusable(told % {"file": path, "expert": shown(missing[0])})
    return np.array([prices[place] for place in range(len(given.experts))], dtype=np.int64)


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


def write_prices(path: str, given: Input, prices: Whole64, scale: int) -> None:
    """Write the prices of experts to the last digit. The file is whole or not there."""
    with whole_file(Path(path)) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["expert", "price"])
        for expert, price in zip(given.experts, prices.tolist(), strict=True):
            exact = Decimal(price) / scale
            table.writerow([expert, f"{exact.normalize():f}" if exact else "0"])


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
    told: dict[tuple[str, str], float] = {}
    for line, (one, expert, text) in rows_of(Path(path), [*PAIR, "affinity"]):
        if (one, expert) in told:
            raise at_line(path, line, say(gettext_noop("the pair stands here twice")))
        told[one, expert] = number_in(text, float, path, line)
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
    return Input(affinity, conflict, list(rows), list(columns))


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
        if Decimal(text).is_finite():
            return kind(text)
    except (ValueError, InvalidOperation):
        pass
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
