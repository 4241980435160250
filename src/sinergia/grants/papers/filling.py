"""A DOCX with named places in braces, filled: {number} is a text, {table_plan} a table.

A place may be cut into runs by an office program: then its paragraph is written anew in the looks
of its first run. What stands in braces and is no place stays as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentFile
from docx.table import Table as TableFile
from docx.text.paragraph import Paragraph

from sinergia.base.tables.document import add_foot, add_rows, bytes_of

_PLACE = re.compile(r"\{([a-z_]{1,40})\}")
GRID = "Table Grid"


@dataclass(frozen=True)
class Table:
    """A table that stands in the place of a paragraph. head: may be empty."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Values:
    """What goes into the places. foot: lines at the foot of every page."""

    texts: Mapping[str, str]
    tables: Mapping[str, Table] = field(default_factory=dict)
    foot: Sequence[str] = ()


def opened(template: bytes) -> DocumentFile:
    """A DOCX, read. ValueError where it is none."""
    try:
        return Document(BytesIO(template))
    except (
        Exception
    ) as fault:  # a broken file fails in its ZIP, its XML or its parts, each its own way
        raise ValueError("no DOCX") from fault


def places_in(template: bytes) -> list[str]:
    """Names of its places, each once, in the order of the text. ValueError where it is no DOCX."""
    found = [name for one in _paragraphs(opened(template)) for name in _PLACE.findall(one.text)]
    return list(dict.fromkeys(found))


def filled(template: bytes, values: Values, *, page_words: str) -> bytes:
    """Fill a form. page_words: with {page} and {pages}, at the foot after the lines."""
    document = opened(template)
    _borrow_grid(document)
    for paragraph in list(_paragraphs(document)):
        name = _PLACE.fullmatch(paragraph.text.strip())
        if name is not None and name[1] in values.tables:
            _put_table(document, paragraph, values.tables[name[1]])
        else:
            _put_texts(paragraph, values.texts)
    add_foot(document, list(values.foot), page_words)
    return bytes_of(document)


def _put_texts(paragraph: Paragraph, texts: Mapping[str, str]) -> None:
    def put(place: re.Match[str]) -> str:
        return texts.get(place[1], place[0])

    if "{" not in paragraph.text:
        return
    for run in paragraph.runs:
        if _PLACE.search(run.text):
            run.text = _PLACE.sub(put, run.text)
    whole = _PLACE.sub(put, paragraph.text)
    if whole != paragraph.text and paragraph.runs:
        first, *others = paragraph.runs
        for run in others:
            run.text = ""
        first.text = whole


def _put_table(document: DocumentFile, paragraph: Paragraph, table: Table) -> None:
    """The table after the paragraph, which goes; where it has no rows, a dash."""
    if not table.rows:
        paragraph.text = "—"
        return
    drawn = add_rows(document, table.head, table.rows, is_figures=False)
    paragraph._p.addnext(drawn._tbl)  # noqa: SLF001  # python-docx moves nothing by itself
    paragraph.text = ""


def _paragraphs(document: DocumentFile) -> Iterator[Paragraph]:
    """Every paragraph of the body, of tables in it, of heads and feet of pages."""
    yield from document.paragraphs
    for table in document.tables:
        yield from _of_table(table)
    for section in document.sections:
        for part in (section.header, section.footer):
            yield from part.paragraphs
            for table in part.tables:
                yield from _of_table(table)


def _of_table(table: TableFile) -> Iterator[Paragraph]:
    for row in table.rows:
        for cell in row.cells:
            yield from cell.paragraphs
            for inner in cell.tables:
                yield from _of_table(inner)


def _borrow_grid(document: DocumentFile) -> None:
    """Tables are drawn in a style that another program's form may not have."""
    if GRID not in [style.name for style in document.styles]:
        lent = deepcopy(Document().styles[GRID].element)
        document.styles.element.append(lent)
