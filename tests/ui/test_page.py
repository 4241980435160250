from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

import sinergia
from tests.ui.markup import forbidden_parts, parse, words

pytestmark = [pytest.mark.urls("tests.ui.addresses")]
VISITOR = AnonymousUser()
ANNA = SimpleNamespace(is_authenticated=True, name="Анна")
SIGNED_IN = frozenset({"signed_in"})
ADMINISTRATOR = SIGNED_IN | {"administrator"}
ERRORS = [400, 403, 404, 405, 409, 413, 422, 429, 500]


def frame(path: str = "/", person: object = VISITOR, **context: object) -> str:
    request = RequestFactory().get(quote(path, safe="/?="))
    request.user = person  # type: ignore[assignment]  # a stand-in with the flags a page asks for
    given = {"user": person, "capacity": None, "capacities": [], "rights": SIGNED_IN}
    return render_to_string("base.html", {**given, **context}, request)


def menu_of(rights: frozenset[str]) -> list[str]:
    return [words(entry) for entry in parse(frame(rights=rights)).xpath("//nav//a")]


def test_the_menu_shows_what_the_person_may_open() -> None:
    shared = ["Главная", "Регион в цифрах", "Организации", "Заявки"]

    assert menu_of(frozenset()) == [entry for entry in shared if entry != "Регион в цифрах"]
    assert menu_of(SIGNED_IN | {"staff"}) == shared
    assert menu_of(ADMINISTRATOR) == [*shared, "Загрузки", "Очередь"]


def test_the_menu_says_where_we_are() -> None:
    here = parse(frame("/applications/list/")).xpath("//nav//a[@aria-current]")

    assert [(words(link), link.get("aria-current")) for link in here] == [("Заявки", "page")]
    below = parse(frame("/applications/list/7/")).xpath("//nav//a[@aria-current]")
    assert [link.get("aria-current") for link in below] == ["true"]


@pytest.mark.urls("tests.ui.nowhere")
def test_the_frame_stands_without_any_address() -> None:
    page = parse(frame(person=ANNA, rights=ADMINISTRATOR))

    assert page.xpath("//nav") == []
    assert page.xpath("//form") == []


def test_the_language_switch_comes_back_to_the_same_list() -> None:
    form = parse(frame("/applications/list/?q=дом")).xpath("//form")[0]

    assert form.get("action") == "/people/language/"
    assert dict(form.form_values())["next"] == "/applications/list/?q=%D0%B4%D0%BE%D0%BC"
    assert form.xpath(".//button/@lang | .//button/@value") == ["en", "en"]
    with translation.override("en"):
        assert parse(frame()).xpath("//form//button/@value") == ["ru"]


def test_a_visitor_may_sign_in_and_come_back_and_a_person_may_leave() -> None:
    link = parse(frame("/regions/list/")).xpath("//a[@class='top-link']")[0]

    assert link.get("href") == "/sign-in/?next=%2Fregions%2Flist%2F"
    page = parse(frame(person=ANNA))
    assert page.xpath("//form/@action") == ["/people/language/", "/sign-out/"]
    assert "Анна" in words(page)


def test_a_form_with_errors_says_so_in_the_title() -> None:
    refused = SimpleNamespace(is_bound=True, errors={"title": ["?"]})

    assert parse(frame(form=refused)).xpath("//title/text()") == ["Ошибка: Синергия · Синергия"]
    assert parse(frame()).xpath("//title/text()") == ["Синергия · Синергия"]


def test_no_page_says_a_second_time_in_its_title_what_the_frame_says() -> None:
    said_twice = [
        str(page)
        for page in Path(sinergia.__file__).parent.rglob("templates/**/*.html")
        if "{% block title %}{% if form.errors" in page.read_text("utf-8")
    ]

    assert said_twice == []


def test_the_demo_says_that_it_is_invented() -> None:
    assert "вымышлены" not in frame()
    assert "вымышлены" in frame(is_demo=True)


def test_a_person_named_like_markup_is_only_a_name() -> None:
    mallory = SimpleNamespace(is_authenticated=True, name='"><img src=x onerror=alert(1)>')

    assert forbidden_parts(frame(person=mallory).replace(" onerror=alert(1)&gt;", "")) == []
    assert parse(frame(person=mallory)).xpath("//img") == []


@pytest.mark.parametrize("status", ERRORS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_error_page_says_what_to_do_and_leads_home(status: int, language: str) -> None:
    request = None if status == 500 else RequestFactory().get("/")
    with translation.override(language):
        text = render_to_string(f"errors/{status}.html", {"status": status}, request)

    page = parse(text)
    assert page.get("lang") == language
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//main//a[@href='/']")
    assert len(page.xpath("//main//li")) >= 1
    assert forbidden_parts(text) == []


def test_a_broken_page_names_its_number_and_needs_nothing() -> None:
    assert "3fa91c7b" in render_to_string("errors/500.html", {"number": "3fa91c7b"})


def test_a_stale_form_is_not_called_a_missing_right() -> None:
    heads = [
        words(parse(render_to_string("errors/403.html", {"is_stale": stale})).find(".//h1"))
        for stale in (True, False)
    ]

    assert heads == ["Страница устарела", "У вас нет такого права"]
