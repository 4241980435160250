"""CSV and its kin: encoding and delimiter found out, quotes and line breaks inside them kept."""

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path

from sinergia.base.tables.reading.book import Book, Cell, Limits, Sheet, Unreadable, as_cell
from sinergia.base.tables.reading.encodings import detect_encoding

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLED_ROWS = 50
_SHORT = 1_000  # characters
_LONGEST_LINE = 4_000_000  # characters


def open_lines(path: Path, limits: Limits) -> Book:
    """Open a text file as a book of one sheet named after the file."""
    spelling = detect_encoding(path)
    declared = next(_lines(path, spelling.encoding), "").strip().strip('"').lower()
    # Excel's own first line, which says how the rest is cut.
    delimiter = declared[4:5] if declared.startswith("sep=") else ""
    delimiter = delimiter or _best_delimiter(path, spelling.encoding)
    source = partial(_rows, path, spelling.encoding, delimiter, limits)
    return Book(
        form="csv",
        sheets=[Sheet(name=path.stem, source=source)],
        encoding=spelling.encoding.removesuffix("-sig"),
        delimiter=delimiter,
        damaged=spelling.damaged,
    )


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Read line by line, free of NUL, each ending as it does in the file."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        while line := file.readline(_LONGEST_LINE):
            if len(line) >= _LONGEST_LINE:
                raise Unreadable("line_too_long", limit=_LONGEST_LINE)
            yield line.replace("\0", "") if "\0" in line else line


def _best_delimiter(path: Path, encoding: str) -> str:
    """Take the one that cuts most of the first rows into one and the same number of columns."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(path, encoding, delimiter))


def _evenness(path: Path, encoding: str, delimiter: str) -> float:
    rows = csv.reader(_lines(path, encoding), delimiter=delimiter)
    widths: Counter[int] = Counter()
    with suppress(csv.Error):  # told when the rows are read
        for row in islice(rows, _SAMPLED_ROWS):
            widths[len(row)] += bool(row)
    cut = [(count, width) for width, count in widths.items() if width > 1]
    if not cut:
        return 0
    count, width = max(cut)
    return count / widths.total() * width


def _rows(path: Path, encoding: str, delimiter: str, limits: Limits) -> Iterator[list[Cell]]:
    reader = csv.reader(_lines(path, encoding), delimiter=delimiter)
    number, short = 0, min(_SHORT, limits.cell_characters)
    try:
        for number, texts in enumerate(reader, start=1):
            if number > limits.rows:
                raise Unreadable("too_many_rows", limit=limits.rows)
            if len(texts) > limits.columns:
                raise Unreadable("too_many_columns", limit=limits.columns, row=number)
            whole = "".join(texts)
            if len(whole) <= short and whole.isprintable():  # nearly every row: told at one look
                yield [text or None for text in texts]
                continue
            yield [
                as_cell(text, limits, row=number, column=column)
                for column, text in enumerate(texts)
            ]
    except csv.Error as error:  # a quote that never closes swallows the rest of the file
        raise Unreadable(
            "cell_too_long", row=number + 1, column=0, limit=csv.field_size_limit()
        ) from error
