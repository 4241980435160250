import io
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation
from docx import Document
from pypdf import PdfReader

from sinergia.applications.models import Application
from sinergia.calls.models import Fund, Outcome
from sinergia.insights.region.papers.docx import docx_of
from sinergia.insights.region.papers.pdf import pdf_of
from sinergia.insights.region.queries.region import figures_of
from sinergia.insights.region.views.papers import made_words, paper_of
from sinergia.places.models import Region
from tests.arrange import NOON, a_fund, an_organisation
from tests.insights.arrange_region import a_counted_region, a_row

pytestmark = pytest.mark.django_db

HOSTILE = 'Фонд & <b>жирный</b> #read("/etc/passwd") $x$ *звезда* @ссылка \\ ' + "Ъ" * 140
PAGE = "http://testserver/regions/XA-SVB/"


def pdf_text(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def docx_texts(content: bytes) -> Iterator[str]:
    document = Document(io.BytesIO(content))
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_pdf_has_a_title_a_language_tags_and_its_text(client: Client, language: str) -> None:
    a_counted_region()
    client.cookies["django_language"] = language

    response = client.get("/regions/XA-SVB/brief.pdf?fund=fund-1")
    read = PdfReader(io.BytesIO(response.content))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="brief-XA-SVB.pdf"'
    assert read.metadata is not None
    name = {"ru": "Светлоборская область, Фонд fund-1", "en": "Region XA-SVB, Fund fund-1"}
    assert read.metadata.title == name[language]
    assert str(read.root_object["/Lang"]) == language
    assert "/StructTreeRoot" in read.root_object
    said = {"ru": "было подано 10 проектов", "en": "submitted 10 projects"}
    assert said[language] in pdf_text(response.content)


def test_a_sign_that_the_font_has_not_stops_no_brief(client: Client) -> None:
    a_counted_region()
    Fund.objects.update(name_ru="Фонд 🙂", name_en="Fund 🙂")

    response = client.get("/regions/XA-SVB/brief.pdf?fund=fund-1")

    assert response.status_code == 200
    assert "было подано 10 проектов" in pdf_text(response.content)


def test_the_docx_reopens_and_agrees_with_the_figures(client: Client) -> None:
    region = a_counted_region()
    [block] = figures_of(region, fund="fund-1").blocks

    response = client.get("/regions/XA-SVB/brief.docx?fund=fund-1")
    document = Document(io.BytesIO(response.content))
    years = document.tables[1]
    rows = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in years.rows]

    assert document.core_properties.title == "Светлоборская область, Фонд fund-1"
    assert [row[1] for row in rows[1:-1]] == [str(one.submitted.value) for one in block.by_year]
    assert [row[2] for row in rows[1:-1]] == [str(one.won.value) for one in block.by_year]
    assert rows[-1][1:3] == ["10", "5"]
    assert rows[-1][4].startswith("700 000,50")


def test_both_papers_say_when_they_were_made_where_the_rows_are_and_what_is_counted() -> None:
    region = a_counted_region()
    Region.objects.filter(pk=region.pk).update(time_zone="Europe/Samara")
    region.refresh_from_db()
    paper = paper_of(figures_of(region), page=PAGE, now=NOON)

    text = pdf_text(pdf_of(paper, now=NOON))

    assert "23 ноября 2026, 16:00 (Europe/Samara)" in text
    assert PAGE in text
    assert [words for _, words in paper.notes if "регистр" in words]
    document = Document(io.BytesIO(docx_of(paper, now=NOON)))
    assert PAGE in document.sections[0].footer.paragraphs[0].text


def test_an_unknown_time_zone_is_the_installations() -> None:
    assert made_words(NOON, "Nowhere/Else") == made_words(NOON, "")


def test_text_on_paper_is_never_read_as_its_language() -> None:
    region = a_counted_region()
    Fund.objects.filter(code="fund-1").update(name_ru=HOSTILE)
    Region.objects.filter(pk=region.pk).update(name_ru="Я" * 100)
    paper = paper_of(
        figures_of(Region.objects.get(pk=region.pk), fund="fund-1"), page=PAGE, now=NOON
    )

    pdf = "".join(pdf_text(pdf_of(paper, now=NOON)).split())
    docx = "".join("".join(docx_texts(docx_of(paper, now=NOON))).split())

    for text in (pdf, docx):
        assert "".join(HOSTILE.split()) in text
        assert "root:" not in text


def test_the_longest_names_fit() -> None:
    region = a_counted_region()
    paper = paper_of(figures_of(region), page=PAGE, now=NOON)
    long = replace(paper, heading="Щ" * 300, title="Щ" * 300, scope="слово " * 100)

    assert len(PdfReader(io.BytesIO(pdf_of(long, now=NOON))).pages) <= 2
    assert docx_of(long, now=NOON)


def test_two_currencies_stand_on_paper_apart() -> None:
    region = a_counted_region()
    euro = a_fund("eu", currency="EUR")
    a_row(2024, Outcome.WON, organisation=an_organisation(), fund=euro, awarded_minor=100)

    with translation.override("en"):
        paper = paper_of(figures_of(region), page=PAGE, now=NOON)

    assert [section.title[-5:] for section in paper.sections] == ["(RUB)", "(EUR)"]
    assert "(EUR)" in pdf_text(pdf_of(paper, now=NOON))
    assert any("(EUR)" in text for text in docx_texts(docx_of(paper, now=NOON)))


def test_a_region_at_zero_has_papers_too(client: Client) -> None:
    region = a_counted_region()
    Application.objects.filter(region=region).update(region=None)

    for ending in ("pdf", "docx"):
        assert client.get(f"/regions/XA-SVB/brief.{ending}").status_code == 200


def test_what_goes_to_the_typesetter_is_plain_data() -> None:
    paper = paper_of(figures_of(a_counted_region()), page=PAGE, now=NOON)

    assert json.loads(json.dumps(paper.foot))[1].endswith(PAGE)
