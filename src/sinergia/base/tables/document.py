"""Papers for an office program, to be edited: A4, real headings and tables, no ornament."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import register_element_cls
from docx.oxml.table import CT_Row
from docx.oxml.text.run import CT_Text
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as TableFile
from docx.text.paragraph import Paragraph

from sinergia.engine.text import clean

BREAKS = frozenset("\n\r\t")  # signs that are elements of their own
FONT = "Arial"  # on every machine where office files are opened; the pinned font is not
INK, SECOND, BRAND = (RGBColor.from_string(code) for code in ("17211D", "4A5852", "0F6B5C"))
SIZES = {"Title": 22, "Heading 1": 14, "Heading 2": 12, "Normal": 10.5}  # points


class _Text(CT_Text):
    """Every text of every paper: a sign that no office file may hold does not break it."""

    @property
    def text(self) -> str | None:
        """As it stands in the file."""
        told: str | None = super().text
        return told

    @text.setter
    def text(self, value: str | None) -> None:
        CT_Text.text.__set__(self, clean(value) if value else value)


register_element_cls("w:t", _Text)


def new_document(
    title: str, *, language: str, now: datetime, is_wide: bool = False
) -> DocumentFile:
    """An empty paper. language: of the spelling checker; now: aware; the document's date.

    is_wide: the sheet lies on its long side.
    """
    document = Document()
    _set_page(document)
    if is_wide:
        page = document.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    _set_styles(document, language)
    properties = document.core_properties
    properties.title, properties.author = clean(title)[:255], "Sinergia"  # as Word allows
    properties.language, properties.comments = language, ""
    properties.created = properties.modified = now.astimezone(UTC).replace(tzinfo=None)
    return document


def bytes_of(document: DocumentFile) -> bytes:
    """The paper as a file."""
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def add_rows(
    document: DocumentFile,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    is_figures: bool = True,
) -> TableFile:
    """A table; its head is on every page. is_figures: all columns but the first to the right."""
    lines = [head, *rows] if head else rows
    drawn: TableFile = document.add_table(rows=1, cols=len(lines[0]), style="Table Grid")
    table, pattern = drawn._tbl, _pattern(drawn, is_figures=is_figures)  # noqa: SLF001  # python-docx has no other way
    table.remove(pattern)
    for texts in lines:
        # A row is copied and not built: five thousand rows are built in a quarter of a minute.
        row = deepcopy(pattern)
        for words, text in zip(list(row.iter(qn("w:t"))), texts, strict=True):
            if BREAKS.isdisjoint(text):
                words.text = text
            else:
                words.getparent().text = text
        table.append(row)
    if head:
        _mark(drawn.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001  # the same
        for cell in drawn.rows[0].cells:
            cell.paragraphs[0].runs[0].font.bold = True
    return drawn


def small(document: DocumentFile, text: str, colour: RGBColor) -> Paragraph:
    """A small line."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), colour
    paragraph.paragraph_format.space_after = Pt(2)
    return paragraph


def add_foot(document: DocumentFile, lines: Sequence[str], page_words: str) -> None:
    """Lines at the foot of every page, and its number. page_words: with {page} and {pages}."""
    foot = document.sections[0].footer.paragraphs[0]
    for line in lines:
        foot.add_run(line).add_break()
    before, _, rest = page_words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    foot.add_run(before)
    _add_field(foot, "PAGE")
    foot.add_run(between)
    _add_field(foot, "NUMPAGES")
    foot.add_run(after)
    for run in foot.runs:
        run.font.size, run.font.color.rgb = Pt(8), SECOND


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


def _add_field(paragraph: Paragraph, code: str) -> None:
    """Add a number that Word fills in."""
    for kind in ("begin", None, "end"):
        part = OxmlElement("w:instrText" if kind is None else "w:fldChar")
        if kind is None:
            part.text = code
        else:
            part.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(part)  # noqa: SLF001  # python-docx has no fields


def _pattern(drawn: TableFile, *, is_figures: bool) -> CT_Row:
    """The first row of a table, as all its rows are: whole on a page, a text in each cell."""
    row = drawn.rows[0]
    _mark(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001  # python-docx has no other way
    for place, cell in enumerate(row.cells):
        words = cell.paragraphs[0]
        words.add_run(" ")  # with its space kept, as every text is then
        words.paragraph_format.space_after = Pt(2)
        if place and is_figures:
            words.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return row._tr  # noqa: SLF001  # the same


def _mark(properties: object, name: str) -> None:
    append = getattr(properties, "append")  # noqa: B009  # lxml gives no types
    append(OxmlElement(name))
