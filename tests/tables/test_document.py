"""Tables of papers for an office program: every text as it is, and many rows at once."""

import time

from docx.enum.text import WD_ALIGN_PARAGRAPH

from sinergia.base.tables.document import add_rows, new_document
from tests.arrange import NOON
from tests.slowness import slowness

ROWS, MOST_SECONDS = 2_000, 1.0  # of the processor; built cell by cell it takes some three


def test_a_table_keeps_spaces_breaks_and_signs_and_its_head_is_bold() -> None:
    document = new_document("Протокол", language="ru", now=NOON)
    texts = ["  <Тёплый> & «двор» ", "раз\nдва\tтри", ""]

    drawn = add_rows(document, ["А", "Б", "В"], [texts, texts[::-1]])

    cells = [[cell.text for cell in row.cells] for row in drawn.rows]
    assert cells == [["А", "Б", "В"], texts, texts[::-1]]
    bold = [[cell.paragraphs[0].runs[0].font.bold for cell in row.cells] for row in drawn.rows]
    assert bold == [[True] * 3, [None] * 3, [None] * 3]
    sides = [cell.paragraphs[0].alignment for cell in drawn.rows[2].cells]
    assert sides == [None, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.RIGHT]
    marks = [[mark.tag.rpartition("}")[2] for mark in row._tr.trPr] for row in drawn.rows]
    assert marks == [["cantSplit", "tblHeader"], ["cantSplit"], ["cantSplit"]]


def test_many_rows_take_no_longer_than_one_waits_for_a_page() -> None:
    document = new_document("Протокол", language="ru", now=NOON)
    began = time.process_time()

    drawn = add_rows(document, [], [["Тёплый двор"] * 6] * ROWS, is_figures=False)

    assert time.process_time() - began < MOST_SECONDS * slowness()
    assert len(drawn.rows) == ROWS
