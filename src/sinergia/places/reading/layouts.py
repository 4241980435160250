"""How files about places are laid out: our documented columns, and recipes for others' files."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from sinergia.base.tables.headings import Headings, data_rows, fields_of, find_headings
from sinergia.base.tables.matching import Field
from sinergia.base.tables.reading import Book, open_table
from sinergia.places.reading.cells import Cells, UnusableFile

OURS = ""


@dataclass(frozen=True)
class Table:
    """An opened file whose layout is known."""

    layout: str
    book: Book
    headings: Headings

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Read the rows under the headings, numbered as in the file."""
        return data_rows(self.book.sheet_named(self.headings.sheet), self.headings)


def open_layout(path: Path, kind: str) -> Table:
    """Open a file of one kind: «regions», «municipalities», «indicators».

    Raises Unreadable for what is no table, UnusableFile for a table without the columns.
    """
    book = open_table(path)
    for name in recipes_of(kind):
        headings = find_headings(book, recipe_fields(name))
        if headings is not None and _is_exact(headings, recipe_fields(name)):
            return Table(name, book, headings)
    headings = find_headings(book, our_fields(kind))
    if headings is None:
        missing = [field.code for field in our_fields(kind) if field.is_required]
    else:
        missing = headings.missing(our_fields(kind))
    if headings is None or missing:
        raise UnusableFile("columns_missing", columns=", ".join(missing))
    return Table(OURS, book, headings)


def _is_exact(headings: Headings, fields: Sequence[Field]) -> bool:
    return all(headings.confidence.get(field.code) == 1 for field in fields)


@cache
def our_fields(kind: str) -> tuple[Field, ...]:
    """Our documented columns of a kind of file."""
    source = files("sinergia.packs") / "tables" / f"{kind}.toml"
    return tuple(fields_of(source.read_text(encoding="utf-8")))


@cache
def recipes_of(kind: str) -> tuple[str, ...]:
    """Names of the recipes for a kind of file."""
    folder = files("sinergia.packs") / "recipes"
    names = (entry.name.removesuffix(".toml") for entry in folder.iterdir())
    return tuple(sorted(name for name in names if name.startswith(f"{kind}_")))


@cache
def recipe_fields(name: str) -> tuple[Field, ...]:
    """The columns that a file must have, all of them and to the letter, to be read by a recipe."""
    return tuple(
        Field(code, tuple(spellings), is_required=True)
        for code, spellings in lists_of(name, "columns").items()
    )


@cache
def texts_of(name: str, *path: str) -> dict[str, str]:
    """The texts in a table of a recipe; `path`: the table's name, part by part."""
    return {key: value for key, value in _table(name, path).items() if isinstance(value, str)}


@cache
def lists_of(name: str, *path: str) -> dict[str, list[str]]:
    """The lists of texts in a table of a recipe."""
    table = _table(name, path)
    return {key: list(map(str, value)) for key, value in table.items() if isinstance(value, list)}


@cache
def tables_in(name: str, *path: str) -> list[str]:
    """Names of the tables in a table of a recipe, in their order."""
    return [key for key, value in _table(name, path).items() if isinstance(value, dict)]


def _table(name: str, path: Sequence[str]) -> dict[str, object]:
    source = files("sinergia.packs") / "recipes" / f"{name}.toml"
    table: dict[str, object] = tomllib.loads(source.read_text(encoding="utf-8"))
    for part in path:
        inner = table.get(part)
        table = inner if isinstance(inner, dict) else {}
    return table
