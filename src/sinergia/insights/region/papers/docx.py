"""The brief as DOCX, to be edited: real headings, tables and a numbered list."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as TableFile
from docx.text.paragraph import Paragraph

from sinergia.insights.region.papers.content import Paper, PaperTable, Section

FONT = "Arial"  # on every machine where office files are opened; the pinned font is not
INK, SECOND, BRAND = (RGBColor.from_string(code) for code in ("17211D", "4A5852", "0F6B5C"))
SIZES = {"Title": 22, "Heading 1": 14, "Heading 2": 12, "Normal": 10.5}  # points


def docx_of(paper: Paper, *, now: datetime) -> bytes:
    """Write a brief on A4. `now`: aware; the document's date."""
    document = Document()
    _set_page(document)
    _set_styles(document, paper.language)
    properties = document.core_properties
    properties.title, properties.author = paper.title[:255], "Sinergia"  # as Word allows
    properties.language, properties.comments = paper.language, ""
    properties.created = properties.modified = now.astimezone(UTC).replace(tzinfo=None)
    _small(document, paper.kind, BRAND)
    document.add_paragraph(paper.heading, style="Title")
    _small(document, paper.scope, SECOND)
    for section in paper.sections:
        _add_section(document, section, paper.theses_title)
    document.add_heading(paper.notes_title, level=1)
    for term, words in paper.notes:
        noted = _small(document, f"{term}: ", INK)
        noted.add_run(words).font.color.rgb = SECOND
    _add_foot(document, paper)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _set_page(document: DocumentFile) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin, page.bottom_margin = Mm(20), Mm(24)


def _set_styles(document: DocumentFile, language: str) -> None:
    for name, size in SIZES.items():
        style = document.styles[name]
        if not isinstance(style, ParagraphStyle):
            raise TypeError(name)
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        style.font.bold = name != "Normal"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_after = Pt(6)
    for borders in document.styles["Title"].element.iter(qn("w:pBdr")):
        borders.getparent().remove(borders)
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), "ru-RU" if language == "ru" else "en-GB")
    document.styles["Normal"].element.get_or_add_rPr().append(tongue)


def _add_section(document: DocumentFile, section: Section, theses_title: str) -> None:
    if section.title:
        document.add_heading(section.title, level=1)
    said = document.add_paragraph().add_run(f"{section.sentence}.")
    said.font.size, said.font.bold = Pt(14), True
    _add_rows(document, [], [[label, value] for label, value in section.figures])
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
    drawn = _add_rows(document, table.head, [*table.rows, table.total])
    for cell in drawn.rows[-1].cells:
        cell.paragraphs[0].runs[0].font.bold = True


def _add_rows(
    document: DocumentFile, head: Sequence[str], rows: Sequence[Sequence[str]]
) -> TableFile:
    lines = [head, *rows] if head else rows
    drawn: TableFile = document.add_table(rows=len(lines), cols=len(lines[0]), style="Table Grid")
    for row, texts in zip(drawn.rows, lines, strict=True):
        _mark(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001  # python-docx has no other way
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            words = cell.paragraphs[0]
            words.add_run(text).font.bold = bool(head) and texts is head
            words.paragraph_format.space_after = Pt(2)
            if place:
                words.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if head:
        _mark(drawn.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001  # the same
    return drawn


def _add_foot(document: DocumentFile, paper: Paper) -> None:
    foot = document.sections[0].footer.paragraphs[0]
    for line in paper.foot:
        foot.add_run(line).add_break()
    before, _, rest = paper.page_words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    foot.add_run(before)
    _add_field(foot, "PAGE")
    foot.add_run(between)
    _add_field(foot, "NUMPAGES")
    foot.add_run(after)
    for run in foot.runs:
        run.font.size, run.font.color.rgb = Pt(8), SECOND


def _add_field(paragraph: Paragraph, code: str) -> None:
    """Add a number that Word fills in."""
    for kind in ("begin", None, "end"):
        part = OxmlElement("w:instrText" if kind is None else "w:fldChar")
        if kind is None:
            part.text = code
        else:
            part.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(part)  # noqa: SLF001  # python-docx has no fields


def _mark(properties: object, name: str) -> None:
    append = getattr(properties, "append")  # noqa: B009  # lxml gives no types
    append(OxmlElement(name))


def _small(document: DocumentFile, text: str, colour: RGBColor) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), colour
    paragraph.paragraph_format.space_after = Pt(2)
    return paragraph
