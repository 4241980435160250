"""Help on the site: every page of docs/users, in both languages, links that lead on."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from sinergia.web.manual import CONTENTS, EXPLAINED, FOLDERS, LANGUAGES, TOPICS
from tests.house.matrix import MATRIX

pytestmark = pytest.mark.django_db
FOLDER = FOLDERS[1]


def test_every_page_for_users_is_a_topic_in_both_languages() -> None:
    written = {path.name for path in FOLDER.glob("*.md")}

    assert written == {f"{topic}{end}" for topic in TOPICS for end in (".md", ".ru.md")}


def test_pages_that_are_explained_are_there() -> None:
    assert sorted(set(EXPLAINED) - set(MATRIX)) == []
    told = [page for _title, topics in CONTENTS for pages in topics.values() for page in pages]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_leads_only_to_pages_that_are_there(
    topic: str, language: str, client: Client
) -> None:
    client.cookies["django_language"] = language
    page = client.get(reverse("web:help_topic", args=[topic])).text
    inside = page.partition('<div class="prose">')[2].partition("</main>")[0]

    links = re.findall(r'<a href="([^"#]+)', inside)
    written = (FOLDER / f"{topic}{LANGUAGES[language]}").read_text(encoding="utf-8")
    of_the_site = re.findall(r"\]\((/[^)#]*)", written)
    assert [link for link in links if link.removesuffix("/").removeprefix("/help/") not in TOPICS
            ] == of_the_site  # fmt: skip
    assert {client.get(link).status_code for link in links} <= {200, 302}  # 302: to sign in
    assert ".md" not in inside


def test_the_foot_of_a_page_leads_to_what_explains_it(client: Client) -> None:
    assert 'href="/help/lists/"' in client.get("/organisations/").text
    assert 'href="/help/"' in client.get("/").text
    assert client.get("/help/nothing/").status_code == 404
