"""The passport on two pages: whatever was written fits, and its code leads to the practice."""

import re
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from sinergia.base.tables.paper import pages_of
from sinergia.base.ui.squares import square_image, square_of
from sinergia.organisations.models import Organisation
from sinergia.practices.models import Practice, PracticeRevision
from sinergia.practices.papers.passport import PAGES, TEMPLATE, pdf_of
from sinergia.practices.queries.writing import read_by
from sinergia.practices.words.card import apply_address, card_of
from sinergia.practices.words.passport import SIZES, Paper, cut, paper_of, sizes_of
from tests.arrange import NOON, a_centre, a_consultant, a_leader, an_organisation
from tests.practices.arrange_writing import a_ready_practice, publish

pytestmark = pytest.mark.django_db

LONG = {
    "problem": "Далеко до врача. " * 400,
    "actions": "Ездим каждую неделю. " * 400,
    "conditions": "Нужен договор " * 300,
    "fixed": "Ж" * 5_000,
    **{f"steps/{at:06x}/what": f"Шаг {at}: договориться и записать" for at in range(40)},
    **{f"steps/{at:06x}/who": "координатор" for at in range(40)},
    **{f"risks/{at:06x}/what": "Зимой не проехать " * 20 for at in range(20)},
}


def a_paper(language: str = "ru", texts: dict[str, str] | None = None) -> tuple[Paper, Practice]:
    organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    consultant = a_consultant(centre=a_centre(region=organisation.region))
    practice = a_ready_practice(organisation=organisation, actor=leader, texts=texts)
    revision = publish(practice, author=leader, consultant=consultant)
    practice.refresh_from_db()
    revision = PracticeRevision.objects.select_related("practice").get(pk=revision.pk)
    told = read_by(revision, is_member=False)
    with override(language):
        card = card_of(told, language, confirmed=None, names={})
        made = paper_of(
            told, card, revision, number=1, language=language, site="https://example.org",
            now=timezone.now(),
        )  # fmt: skip
    return made, practice


def test_a_short_one_is_printed_whole() -> None:
    paper, practice = a_paper()

    assert cut(paper, *SIZES[0]).more == ""
    assert paper.address == f"https://example.org/practices/{practice.key}/"
    assert pdf_of(sizes_of(paper), at=NOON).startswith(b"%PDF-")


def test_one_that_is_too_long_is_cut_to_two_pages_and_says_where_the_rest_is() -> None:
    paper, _practice = a_paper(texts=LONG)

    sizes = list(sizes_of(paper))
    fitting = next(one for one in sizes if pages_of(TEMPLATE, one) <= PAGES)

    assert pages_of(TEMPLATE, sizes[0]) > PAGES
    assert fitting["more"] != ""


def test_the_square_code_leads_to_taking_it_into_work() -> None:
    paper, practice = a_paper()

    address = f"https://example.org{apply_address(practice)}"
    assert address.endswith(f"/practices/{practice.key}/apply/")
    assert paper.square == square_image(address)
    assert address in paper.square_says


def test_a_square_code_has_a_light_border_and_its_three_corners() -> None:
    side, dark = square_of("https://example.org/")

    places = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1", dark)}
    assert min(x for x, _y in places) == min(y for _x, y in places) == 4
    assert {(4, 4), (side - 5, 4), (4, side - 5)} <= places


@pytest.mark.parametrize(
    ("language", "audience"),
    [("ru", "Дети с ОВЗ и их родители"), ("en", "Children with special needs and their parents")],
)
def test_the_paper_speaks_the_language_that_is_asked_for(language: str, audience: str) -> None:
    paper, _practice = a_paper(language)

    assert (paper.language, paper.facts[0][1]) == (language, audience)


def test_everybody_gets_it_in_both_languages_and_no_third() -> None:
    _paper, practice = a_paper()
    address = f"/practices/{practice.key}/passport"

    russian, english = (Client().get(f"{address}-{code}.pdf") for code in ("ru", "en"))

    assert (russian["Content-Type"], english.status_code) == ("application/pdf", 200)
    assert Client().get(f"{address}-de.pdf").status_code == 404


def test_texts_are_never_read_as_the_setter_s_language() -> None:
    paper, _practice = a_paper(texts={"problem": '#read("/etc/passwd") $x$ *жирно* <pages>'})

    assert pdf_of(sizes_of(paper), at=NOON).startswith(b"%PDF-")


def test_authors_who_are_hidden_stand_on_no_paper() -> None:
    paper, practice = a_paper()
    whose = practice.organisation
    assert whose is not None
    Organisation.objects.filter(pk=whose.pk).update(is_public=False)
    address = f"/practices/{practice.key}/passport-ru.pdf"

    told = PdfReader(BytesIO(Client().get(address).content))

    assert paper.organisation.startswith(whose.name)
    assert whose.name not in " ".join(page.extract_text() for page in told.pages)
