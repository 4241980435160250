import re

import pytest
from django.test import Client

from tests.house.source import PACKAGE, shown, templates

UI = PACKAGE / "base" / "ui"
# What stands around every page knows the request and needs no sample.
FRAME = UI / "templates" / "base.html"
TOP = UI / "templates" / "components" / "top.html"
ACCOUNT = UI / "templates" / "components" / "account.html"
COMPONENTS = sorted(path.stem for path in (UI / "templates" / "components").glob("[!_]*.html"))
INCLUDED = re.compile(r"""\{%\s*include\s+["']components/([\w]+)\.html["']([^%]*)%\}""")


def test_every_component_is_in_the_catalogue() -> None:
    catalogue = PACKAGE / "web" / "templates" / "web"
    samples = [*catalogue.glob("catalogue.html"), *catalogue.glob("catalogue/*.html")]
    pages = [FRAME, TOP, ACCOUNT, *samples]
    shown_there = {name for page in pages for name, _ in INCLUDED.findall(page.read_text())}

    assert sorted(set(COMPONENTS) - shown_there) == []


def test_a_component_takes_everything_by_name() -> None:
    loose = [
        f"{shown(path)}: {name}"
        for path in templates()
        if path not in (FRAME, TOP, ACCOUNT)
        for name, given in INCLUDED.findall(path.read_text(encoding="utf-8"))
        if not given.rstrip().endswith("only")
    ]

    assert loose == []


PARTS = re.compile(r"""\{%\s*include\s+["']([^"']+)["']([^%]*)%\}""")
TOKEN = "csrf_token=csrf_token"


def test_a_fragment_with_a_form_is_given_the_proof_that_the_form_is_ours() -> None:
    """`only` keeps the token away, and the test client asks for none."""
    written = {
        path.as_posix().split("/templates/", 1)[1]: path.read_text(encoding="utf-8")
        for path in templates()
    }

    def needs(name: str) -> bool:
        text = written.get(name, "")
        return "{% csrf_token %}" in text or any(
            needs(part)
            for part, given in PARTS.findall(text)
            if TOKEN in given or not given.rstrip().endswith("only")
        )

    without = [
        f"{name}: {part}"
        for name, text in written.items()
        for part, given in PARTS.findall(text)
        if given.rstrip().endswith("only") and TOKEN not in given and needs(part)
    ]

    assert without == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_catalogue_opens_in_both_languages(client: Client, language: str) -> None:
    client.cookies["django_language"] = language

    response = client.get("/components/")

    assert (response.status_code, f'lang="{language}"' in response.text) == (200, True)


BLOCK = re.compile(r"\{% block \w+ %\}((?:(?!\{% (?:end)?block ).)*)\{% endblock %\}", re.DOTALL)
ADDRESS = re.compile(r"\{%\s*url\s[^%]*\sas\s(\w+)\s*%\}")
LED_BY = re.compile(r"\burl=(\w+)\b|\{\{ (\w+)(?:\|[^}]*)? ?\}\}")


def test_an_address_named_in_one_block_is_not_asked_for_in_another_that_does_not_know_it() -> None:
    lost = []
    for path in templates():
        blocks = BLOCK.findall(path.read_text(encoding="utf-8"))
        named = {name for block in blocks for name in ADDRESS.findall(block)}
        for block in blocks:
            asked = {one or other for one, other in LED_BY.findall(block)}
            unknown = (asked & named) - set(ADDRESS.findall(block))
            lost += [f"{shown(path)}: {name}" for name in sorted(unknown)]

    assert lost == []
