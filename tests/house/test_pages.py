from collections import Counter
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house.conftest import Named
from tests.house.matrix import MATRIX, World, reader_of

PAGES = [name for name, rule in MATRIX.items() if rule.verb == "get" and reader_of(rule)]
TYPED = {"input", "select", "textarea"}
MOST_BYTES = 150_000
AROUND = ("SAVEPOINT", "RELEASE", "SET LOCAL")  # of PostgreSQL's search: they ask for no rows
LINKS = {"notices:stop"}  # the address of a letter is the proof; a mail program presses it too


class Reading(HTMLParser):
    """What of a page can be judged without a browser."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.headings: list[int] = []
        self.inline: list[str] = []
        self.language = ""
        self.bare_images = 0
        self.unproven: list[str] = []  # forms that the site would refuse from a browser
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.update([given["id"]] if "id" in given else [])
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name[:2] == "on"]
        if given.get("name") == "csrfmiddlewaretoken" and self.unproven:
            self.unproven.pop()
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "label":
            self.labelled.add(given.get("for", ""))
        elif tag in TYPED and given.get("type") not in ("hidden", "submit"):
            self.fields.append(given)
        elif tag == "form" and given.get("method", "").lower() == "post":
            self.unproven.append(given.get("action", ""))
        elif tag == "img" and "alt" not in given:
            self.bare_images += 1
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))

    @property
    def unlabelled(self) -> list[dict[str, str]]:
        """Fields that a reader of screens would not name."""
        said = {"aria-label", "aria-labelledby"}
        return [
            given
            for given in self.fields
            if given.get("id") not in self.labelled and not said & set(given)
        ]

    @property
    def skipped_headings(self) -> list[int]:
        """Headings that are two levels below the one before."""
        pairs = zip([0, *self.headings], self.headings, strict=False)
        return [level for before, level in pairs if level > before + 1]


def by_turns() -> list[object]:
    """Every page in one language, its neighbour in the other; in both in the full run."""
    turns = [(name, ("ru", "en")[place % 2]) for place, name in enumerate(PAGES)]
    others = [(name, "ru" if language == "en" else "en") for name, language in turns]
    return [*turns, *(pytest.param(*other, marks=pytest.mark.slow) for other in others)]


@pytest.mark.both  # every question that a page asks is asked of both databases
@pytest.mark.django_db
@pytest.mark.parametrize(("name", "language"), by_turns())
def test_a_page_is_well_made_light_and_asks_little(
    name: str, language: str, world: World, named: Named
) -> None:
    rule, client = MATRIX[name], Client()
    reader = reader_of(rule)

    if reader != "visitor":
        client.force_login(world.people[reader])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with CaptureQueriesContext(connection) as asked:
        response = client.get(reverse(name, kwargs=named(rule)) + f"?{rule.query}")
        content = b"".join(response) if response.streaming else response.content

    questions = [one["sql"] for one in asked.captured_queries if not one["sql"].startswith(AROUND)]
    assert response.status_code == 200
    assert len(questions) <= rule.most_queries, questions
    if response["Content-Type"].startswith("text/html"):
        page = Reading(content.decode())
        assert len(content) <= MOST_BYTES
        assert (page.language, page.headings.count(1), page.bare_images) == (language, 1, 0)
        assert [key for key, times in page.ids.items() if times > 1] == []
        assert (page.inline, page.unlabelled, page.skipped_headings) == ([], [], [])
        assert page.unproven == [] or name in LINKS
