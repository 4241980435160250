from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from sinergia.base.ui import parts
from tests.ui.markup import (
    broken_references,
    forbidden_parts,
    heading_levels,
    parse,
    repeated_ids,
    unnamed_fields,
)

pytestmark = [pytest.mark.urls("tests.ui.addresses")]
COMPONENTS = Path(parts.__file__).parent / "templates" / "components"
CATALOGUE = Path(parts.__file__).parents[2] / "web" / "templates" / "web"
IN_THE_FRAME = {"top", "foot", "message"}  # shown by base.html itself


def page_in(language: str) -> str:
    answer = Client(headers={"accept-language": language}).get("/components/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_catalogue_is_sound_in_both_languages(language: str) -> None:
    text = page_in(language)

    page = parse(text)
    assert page.get("lang") == language
    assert unnamed_fields(page) == []
    assert repeated_ids(page) == []
    assert broken_references(page) == set()
    assert forbidden_parts(text) == []
    levels = heading_levels(page)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(text.encode()) < 150_000


def test_every_component_is_in_the_catalogue() -> None:
    sources = [CATALOGUE / "catalogue.html", *(CATALOGUE / "catalogue").glob("*.html")]
    shown = "".join(source.read_text() for source in [*sources, *COMPONENTS.glob("[!_]*.html")])

    every = {path.stem for path in COMPONENTS.glob("[!_]*.html")}
    assert {name for name in every if f'"components/{name}.html"' not in shown} == IN_THE_FRAME


def test_every_table_head_says_its_direction_and_every_cell_its_column() -> None:
    page = parse(page_in("ru"))

    assert page.xpath("//th/@aria-sort") == ["ascending"]
    cells = page.xpath("//table//td[not(@data-l)]/@class")
    assert {*cells} == {"bar", "wide-only"}
    assert len(page.xpath("//thead//th[not(@scope='col')]")) == 0


def test_the_whole_page_is_translated() -> None:
    with translation.override("en"):
        english = parse(page_in("en"))
    russian = parse(page_in("ru"))

    same = {*_texts(english)} & {*_texts(russian)}
    assert {text for text in same if any("a" <= sign <= "z" for sign in text.lower())} == set()


def _texts(page: object) -> list[str]:
    return [text.strip() for text in page.xpath("//main//text()") if text.strip()]  # type: ignore[attr-defined]  # lxml is untyped
