"""Find the row of headings in a table and what each column is, however they are spelled."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import islice

from sinergia.base.tables.matching import Field, match_fields, words_of_heading
from sinergia.base.tables.reading import Book, Cell, Limits, Sheet, Unreadable
from sinergia.base.tables.reading.book import column_number
from sinergia.engine.text import clean_line

SEARCHED_ROWS = 30
_FEWEST_MATCHES = 2
_COLUMN = re.compile("[A-Za-z]{1,3}|[1-9][0-9]{0,3}", re.ASCII)
_TOTAL = re.compile(
    r"(?:итого|всего|подытог|общий итог|(?:grand |sub)?totals?)(?![^\W_])", re.IGNORECASE
)
_IDENTIFIER = re.compile("[0-9]{10}|[0-9]{12,13}|[0-9]{15}")
_LONGEST_LABEL = 300  # characters compared with a heading
_WIDEST = Limits().columns
_MOST_WORDS_OF_A_TOTAL = 1  # cells with words beside «Итого»; a row of data has more


@dataclass(frozen=True)
class Headings:
    """The row of headings of a sheet and what its columns are taken for.

    labels: one a column, never two alike: a repeated one has its number behind it, a blank one
        is called by its letter. columns: field -> index of its column, from 0.
    confidence: field -> 0 to 1; 1 for a known spelling and for what a person said.
    """

    sheet: str
    row_number: int
    labels: tuple[str, ...]
    columns: Mapping[str, int]
    confidence: Mapping[str, float]

    @property
    def digest(self) -> str:
        """By what the mapping of a file of this kind is remembered."""
        return header_digest(self.labels)

    def missing(self, fields: Sequence[Field]) -> list[str]:
        """Codes of the required fields without a column."""
        return [each.code for each in fields if each.is_required and each.code not in self.columns]


def fields_of(text: str) -> list[Field]:
    """Read fields from TOML: a table a field, with `spellings` and perhaps `is_required`."""
    return [
        Field(code, tuple(table["spellings"]), is_required=table.get("is_required", False))
        for code, table in tomllib.loads(text).items()
    ]


@cache
def fields_named(table: str) -> tuple[Field, ...]:
    """What the columns of a table may be, by its name among the packs: `grants`."""
    source = files("sinergia.packs") / "tables" / f"{table}.toml"
    return tuple(fields_of(source.read_text(encoding="utf-8")))


def grants_fields() -> tuple[Field, ...]:
    """What the columns of a fund's table of applications may be."""
    return fields_named("grants")


def header_digest(labels: Sequence[str]) -> str:
    """Name a set of labels, whatever their order, case and punctuation: 64 hex digits."""
    told = sorted({" ".join(words_of_heading(label)) for label in labels})
    return sha256("\n".join(told).encode()).hexdigest()


def find_headings(book: Book, fields: Sequence[Field]) -> Headings | None:
    """Find the sheet and, in its first 30 rows, the row where most fields are named.

    None where nowhere two fields and a required one among them are.
    """
    best: Headings | None = None
    for sheet in book.sheets:
        above: list[Cell] = []
        for number, cells in enumerate(islice(sheet.rows(), SEARCHED_ROWS), start=1):
            for row in (cells, *_two_storeys(above, cells)):
                found = _guess(sheet.name, number, row, fields)
                if best is None or len(found.columns) > len(best.columns):
                    best = found
            above = cells
    required = {field.code for field in fields if field.is_required}
    if best is None or len(best.columns) < _FEWEST_MATCHES:
        return None
    return best if required & set(best.columns) or not required else None


def apply_mapping(found: Headings, mapping: Mapping[str, str]) -> Headings:
    """Set columns as a person says: field -> label, letter or number of a column, "" for none.

    Fields not named keep what was guessed, unless their column is now another's.
    Raises Unreadable("unknown_column") and ("column_twice").
    """
    said = {code: _column_of(found, name) for code, name in mapping.items() if name.strip()}
    for code, column in said.items():
        if list(said.values()).count(column) > 1:
            raise Unreadable("column_twice", field=code, column=mapping[code])
    kept = {
        code: column
        for code, column in found.columns.items()
        if code not in mapping and column not in said.values()
    }
    columns = kept | said
    confidence = {code: 1.0 if code in said else found.confidence[code] for code in columns}
    return replace(found, columns=columns, confidence=confidence)


def data_rows(
    sheet: Sheet, headings: Headings, *, is_whole: bool = True
) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Read the rows under the headings: number in the file from 1, field -> cell.

    is_whole: a column that stands for no field comes too, under its label with a plus before it.
    Blank rows, repeated headings and totals are passed over. Raises Unreadable on the way.
    """
    columns = list(headings.columns.items())
    taken = set(headings.columns.values()) if is_whole else set(range(len(headings.labels)))
    columns += [(f"+{label}", at) for at, label in enumerate(headings.labels) if at not in taken]
    widest = max((at for _code, at in columns), default=-1)
    for number, row in enumerate(sheet.rows(), start=1):
        first = _first_held(row)
        if number <= headings.row_number or first is None or _is_total(row, first):
            continue
        if _is_heading_again(row, first, headings):
            continue
        row += [None] * (widest + 1 - len(row))
        yield number, {code: row[at] for code, at in columns}


def _is_heading_again(row: Sequence[Cell], first: int, headings: Headings) -> bool:
    """Say whether a row repeats the headings: its first cell, another, half of what it holds."""
    if not _is_label(row, first, headings):
        return False
    held = [at for at, cell in enumerate(row) if not _is_empty(cell)]
    alike = sum(_is_label(row, at, headings) for at in held)
    return alike >= _FEWEST_MATCHES and alike * 2 >= len(held)


def _is_total(row: Sequence[Cell], first: int) -> bool:
    """Say whether a row sums others up: begins with «Итого» or the like and names nobody.

    A project may be called «Всего один шаг»: beside it stand an identifier or more words.
    """
    name, others = row[first], row[first + 1 :]
    if not isinstance(name, str) or not _TOTAL.match(name.strip()):
        return False
    texts = [cell.strip() for cell in others if isinstance(cell, str) and cell.strip()]
    if any(_IDENTIFIER.fullmatch(text) for text in texts):
        return False
    return sum(text[0].isalpha() for text in texts) <= _MOST_WORDS_OF_A_TOTAL


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_in(cell: Cell) -> str:
    """A text on one line; a whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else clean_line(str(cell))


def _first_held(row: Sequence[Cell]) -> int | None:
    for at, cell in enumerate(row):
        if not _is_empty(cell):
            return at
    return None


def _is_label(row: Sequence[Cell], at: int, headings: Headings) -> bool:
    cell = row[at]
    if not isinstance(cell, str) or at >= len(headings.labels):
        return False
    words = words_of_heading(headings.labels[at])
    # A hundred thousand numbers are no headings: most are told by a letter they do not have.
    if words and words[0][0] not in cell.casefold().replace("ё", "е"):
        return False
    return words_of_heading(cell[:_LONGEST_LABEL]) == words


def _guess(sheet: str, row_number: int, row: Sequence[Cell], fields: Sequence[Field]) -> Headings:
    said = ["" if cell is None else " ".join(str(cell).split()) for cell in row]
    while said and not said[-1]:
        said.pop()
    matches = match_fields(said, fields)
    return Headings(
        sheet=sheet,
        row_number=row_number,
        labels=_told_apart(said),
        columns={code: match.column for code, match in matches.items()},
        confidence={code: match.confidence for code, match in matches.items()},
    )


def _two_storeys(above: Sequence[Cell], row: Sequence[Cell]) -> list[list[Cell]]:
    """Join a row of headings with the one above it, where merged cells keep their text.

    Two ways: a blank takes the text above it; a sub-heading takes its group's before it.
    """
    if not above or not all(cell is None or isinstance(cell, str) for cell in row):
        return []
    width = max(len(above), len(row))
    upper, lower = ([*cells, *[None] * (width - len(cells))] for cells in (above, row))
    filled = [up if low is None else low for up, low in zip(upper, lower, strict=True)]
    grouped: list[Cell] = []
    group: Cell = None
    for up, low in zip(upper, lower, strict=True):
        group = group if up is None else up
        grouped.append(up if low is None else f"{group or ''} {low}")
    return [filled, grouped]


def _told_apart(said: Sequence[str]) -> tuple[str, ...]:
    """Number repeated labels and name blank ones by the letter of their column."""
    labels: list[str] = []
    for column, text in enumerate(said):
        plain = text or _letters(column)
        label, turn = plain, 1
        while label in labels:
            turn += 1
            label = f"{plain} ({turn})"
        labels.append(label)
    return tuple(labels)


def _letters(column: int) -> str:
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _column_of(found: Headings, name: str) -> int:
    """Find a column by its label, by its spelling, by its letter or by its number from 1."""
    if name in found.labels:
        return found.labels.index(name)
    wanted = words_of_heading(name)
    alike = [at for at, label in enumerate(found.labels) if words_of_heading(label) == wanted]
    if wanted and alike:
        return alike[0]
    if _COLUMN.fullmatch(name.strip()):
        told = name.strip()
        column = (int(told) if told.isdigit() else column_number(told)) - 1
        if column < _WIDEST:  # a column may hold values and have no heading
            return column
    raise Unreadable("unknown_column", column=name)
