"""The brief as DOCX, to be edited: real headings, tables and a numbered list."""

from datetime import datetime

from docx.document import Document as DocumentFile
from docx.shared import Mm, Pt

from sinergia.base.tables.document import (
    BRAND,
    INK,
    SECOND,
    add_foot,
    add_rows,
    bytes_of,
    new_document,
    small,
)
from sinergia.insights.region.papers.content import Paper, PaperTable, Section


def docx_of(paper: Paper, *, now: datetime) -> bytes:
    """Write a brief on A4. `now`: aware; the document's date."""
    document = new_document(paper.title, language=paper.language, now=now)
    small(document, paper.kind, BRAND)
    document.add_paragraph(paper.heading, style="Title")
    small(document, paper.scope, SECOND)
    for section in paper.sections:
        _add_section(document, section, paper.theses_title)
    document.add_heading(paper.notes_title, level=1)
    for term, words in paper.notes:
        noted = small(document, f"{term}: ", INK)
        noted.add_run(words).font.color.rgb = SECOND
    add_foot(document, paper.foot, paper.page_words)
    return bytes_of(document)


def _add_section(document: DocumentFile, section: Section, theses_title: str) -> None:
    if section.title:
        document.add_heading(section.title, level=1)
    said = document.add_paragraph().add_run(f"{section.sentence}.")
    said.font.size, said.font.bold = Pt(14), True
    add_rows(document, [], [[label, value] for label, value in section.figures])
    document.add_heading(section.years.title, level=2)
    _add_table(document, section.years)
    document.add_heading(theses_title, level=2)
    for number, thesis in enumerate(section.theses, start=1):
        # Numbered by hand: Word's own list would go on counting through the next currency.
        point = document.add_paragraph(f"{number}.\t{thesis}")
        point.paragraph_format.left_indent = Mm(7)
        point.paragraph_format.first_line_indent = -Mm(7)
        point.paragraph_format.tab_stops.add_tab_stop(Mm(7))


def _add_table(document: DocumentFile, table: PaperTable) -> None:
    drawn = add_rows(document, table.head, [*table.rows, table.total])
    for cell in drawn.rows[-1].cells:
        cell.paragraphs[0].runs[0].font.bold = True
