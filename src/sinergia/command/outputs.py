"""Writing the engine's files: each whole or not there, and none of them another one's end."""

import csv
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TextIO

import numpy as np

from sinergia.command import gettext_noop, say
from sinergia.command.faults import Unusable
from sinergia.command.tables import PAIR, Input, of_file
from sinergia.engine.assigning.task import Mask


def need_room(outputs: Sequence[str], inputs: Sequence[str]) -> None:
    """Look, before anything is solved, whether files can be written there. Raises Unusable."""
    taken = {os.path.realpath(path): path for path in inputs}
    for path in outputs:
        if Path(path).is_dir() or not Path(path).name:
            raise of_file(Path(path), gettext_noop("it is a folder"))
        if not Path(os.path.realpath(path)).parent.is_dir():
            raise of_file(Path(path), gettext_noop("there is no such folder"))
        place = os.path.realpath(path)
        if place in taken and _is_plain(Path(path)):
            told = say(gettext_noop("%(one)s and %(other)s are one file: give two."))
            raise Unusable(told % {"one": taken[place], "other": path})
        taken[place] = path


def write_pairs(file: TextIO, given: Input, chosen: Mask) -> None:
    """Write who reads what, in the order of the applications."""
    table = csv.writer(file, lineterminator="\n")
    table.writerow([*PAIR, "affinity"])
    for row, column in np.argwhere(chosen):
        value = float(given.affinity[row, column])
        told = int(value) if value.is_integer() else value
        table.writerow([given.applications[row], given.experts[column], told])


def write_prices(file: TextIO, given: Input, prices: Sequence[Fraction], scale: Fraction) -> None:
    """Write the prices of experts to the last digit."""
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["expert", "price"])
    for expert, price in zip(given.experts, prices, strict=True):
        table.writerow([expert, decimal_told(price / scale)])


def decimal_told(value: Fraction) -> str:
    """A fraction of tens and twos as a decimal, to the last digit."""
    size, fives = value.denominator, 0
    twos = (size & -size).bit_length() - 1
    while 5**fives < size >> twos:
        fives += 1
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // size).zfill(places + 1)
    point = len(digits) - places
    told = f"{digits[:point]}.{digits[point:]}" if places else digits
    return f"-{told}" if value < 0 else told


@contextmanager
def whole_files(*paths: str) -> Iterator[list[TextIO]]:
    """Files that are all whole, or not there. Raises OSError with the name that was typed.

    What is no plain file (a device, a pipe) is written to as it is; a link is followed.
    """
    with ExitStack() as waiting:
        files = [waiting.enter_context(_whole_file(Path(path))) for path in paths]
        yield files
        for file in files:  # a full disk shows before any of them takes its place
            file.flush()


@contextmanager
def _whole_file(path: Path) -> Iterator[TextIO]:
    place = Path(os.path.realpath(path))
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        if not _is_plain(path):
            with path.open("w", encoding="utf-8", newline="") as file:
                yield file
            return
        try:
            with beside.open("w", encoding="utf-8", newline="") as file:
                yield file
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        if error.filename not in (None, str(beside), str(path)):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _is_plain(path: Path) -> bool:
    """Whether it is a file, or nothing yet."""
    return path.is_file() or not path.exists()
