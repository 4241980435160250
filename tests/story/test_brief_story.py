"""Story 4, "figures by ten": from the sentence to the rows and the paper, through pages alone."""

import io
import re
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from docx import Document

from sinergia.applications.models import Application
from sinergia.calls.models import Outcome
from tests.arrange import a_call, a_fund, a_region, an_official, an_organisation
from tests.insights.arrange_region import a_row

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

MILLION = 1_000_000_00
# Submitted, won, tenths of a million: Fund 1 in region A over its six years.
YEARS = {
    2020: (78, 15, 312),
    2021: (92, 20, 448),
    2022: (101, 24, 563),
    2023: (97, 23, 551),
    2024: (104, 26, 646),
    2025: (111, 29, 734),
}
SENTENCE = (
    "За время существования Фонда жителями области было подано более 580 проектов, "
    "137 из них стали победителями, сумма поддержки составила свыше 325 миллионов рублей"
)


def the_six_years() -> None:
    """583 applications of fifty organisations, one grant of them declined; and another fund."""
    fund = a_fund("FUND1")
    known = [an_organisation(f"Организация {number}") for number in range(50)]
    rows: list[Application] = []
    for year, (submitted, won, tenths) in YEARS.items():
        share, rest = divmod(tenths * MILLION // 10, won)
        for number in range(submitted):
            # The first winner of a year is given what equal shares leave over.
            awarded = share + (rest if number == 0 else 0) if number < won else 0
            rows.append(
                Application(
                    organisation=known[len(rows) % 50],
                    region=a_region(),
                    fund=fund,
                    call=a_call(year, fund=fund),
                    contest_year=year,
                    number=f"{year}-{number}",
                    title=f"Проект {number}",
                    title_folded=f"проект {number}",
                    awarded_minor=awarded,
                    currency="RUB",
                    outcome=Outcome.WON if awarded else Outcome.LOST,
                )
            )
    rows[-111 - 104].outcome = Outcome.DECLINED  # the first of 2024
    Application.objects.bulk_create(rows)
    a_row(2024, Outcome.WON, organisation=known[0], fund=a_fund("FUND2"))


class Reader:
    """Somebody who only opens pages and follows what stands on them."""

    def __init__(self, language: str = "ru") -> None:
        self.client = Client()
        self.client.cookies["django_language"] = language
        self.text = ""

    def open(self, address: str) -> None:
        response = self.client.get(address, follow=True)
        assert response.status_code == 200, address
        self.text = unescape(response.content.decode()).replace("\u00a0", " ")

    def address_of(self, words: str) -> str:
        """Where the link leads that reads so."""
        links = re.findall(r'<a\b[^>]*?href="([^"]+)"[^>]*>(.*?)</a>', self.text, re.DOTALL)
        return str(next(url for url, inside in links if plain(inside) == words))

    def follow(self, words: str) -> None:
        self.open(self.address_of(words))

    def sign_in(self, email: str, password: str) -> None:
        self.client.post("/sign-in/", {"login": email, "password": password})

    def rows_to_the_end(self) -> list[str]:
        """Read a list page by page."""
        found = self.rows
        while further := re.search(r'<a\b[^>]*rel="next"[^>]*href="([^"]+)"', self.text):
            self.open(f"/applications/{further[1]}")
            found += self.rows
        return found

    @property
    def rows(self) -> list[str]:
        return re.findall(r'href="(/applications/[0-9a-f-]{36}/)"', self.text)


def plain(markup: str) -> str:
    return " ".join(re.sub("<.*?>", " ", markup).split())


def test_the_minister_has_the_sentence_the_rows_and_the_paper_by_ten() -> None:
    the_six_years()
    turchin = an_official("turchin")
    EmailAddress.objects.create(user=turchin, email=turchin.email, primary=True, verified=True)
    minister = Reader()

    minister.sign_in("turchin@example.org", "password of turchin")
    minister.open("/")
    assert "turchin" in plain(minister.text)
    minister.follow("Светлоборская область")
    minister.open("/regions/XA-SVB/?fund=FUND1")
    page = minister.text

    said = page.partition('class="sentence-words">')[2].partition("</p>")[0]
    assert re.sub("<.*?>", "", said).strip() == f"{SENTENCE}."
    theses = page.partition('class="theses"')[2].partition("</ol>")[0]
    assert theses.count("<li>") == 5

    docx = minister.client.get(minister.address_of("DOCX")).content
    minister.follow("137")
    assert len(set(minister.rows_to_the_end())) == 137

    document = Document(io.BytesIO(docx))
    assert f"{SENTENCE}." in [paragraph.text for paragraph in document.paragraphs]
    total = [cell.text.replace("\u00a0", " ") for cell in document.tables[1].rows[-1].cells]
    assert total == ["Всего", "583", "137", "23,5 %", "325 400 000 ₽"]


def test_the_journalist_learns_where_137_comes_from() -> None:
    the_six_years()
    journalist = Reader("en")

    journalist.open("/regions/XA-SVB/?fund=FUND1")
    region = journalist.text
    journalist.follow("137")
    rows = plain(journalist.text)
    assert "137 applications found" in rows
    assert "47 different organisations" in rows

    journalist.open(re.findall(r'href="([^"]*outcome=declined[^"]*)"', region)[0])
    [declined] = set(journalist.rows)
    journalist.open(declined)
    assert "The grant was declined after the decision." in journalist.text
