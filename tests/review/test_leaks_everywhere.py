"""Leaks: what is blind, from every letter and every search, by role.

Each secret of a contest under review is a word found nowhere else (`arrange_leaks.WORDS`). What
every address tells is in `test_leaks_by_address`.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from urllib.parse import quote

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from tests.review.arrange_leaks import EXPERTS, WORDS, Secret, a_secret_review

pytestmark = pytest.mark.django_db

OF_ITEM = {"question about it", "dissent", "why a member is recused"}
OF_DECISION = {"decided sum", "final rating"}
# Who may see what until the result is published. Experts: their own words, and nothing of whose
# application it is. Who applied: what they said themselves. Members of the commission: what is
# put before them, but who reads and how stays with those who run the contest. Who is recused, and
# who is of the organisation that applied: nothing of the application; of the staff, what came in
# and who the experts of the contest are. What is not signed is its expert's alone.
SEEN: Mapping[str, set[str]] = {
    "expert who writes": {"expert who writes", "comment begun"},
    "applicant": {"who applies", "whom the applicant objects to"},
    "recused member": set(),
    "recused of the staff": {"who applies"} | set(EXPERTS),
    "staff of the applicant": {"who applies", "whom the applicant objects to"} | set(EXPERTS),
    "secretary": {"who applies"} | OF_ITEM | OF_DECISION,
    "member": {"who applies"} | OF_ITEM | OF_DECISION,
    "visitor": set(),
    "person": set(),
    "rival": set(),
    "neighbour": set(),
    "official": {"who applies"},
    "administrator": {"who applies"} | set(EXPERTS),  # who has an account
    "expert who signed": {"expert who signed", "comment signed", "rating of a sheet"},
    "expert of others": {"expert of others"},
    "expert who handed back": {"expert who handed back", "why it was handed back"},
    "consultant": set(WORDS) - {"comment begun"},
    "head": set(WORDS) - {"comment begun"},
}
SEARCHED = ("who applies", "expert who signed", "comment signed", "question about it")
NOBODYS = "жужелица"  # a word that nobody wrote


@pytest.fixture(scope="module")
def secret(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Secret]:
    with django_db_blocker.unblock(), a_secret_review(has_samples=False) as made:
        yield made


def unpacked(body: bytes) -> str:
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(BytesIO(body)) as packed:
        return "\n".join(f"{one}\n{unpacked(packed.read(one))}" for one in packed.namelist())


def told_in(letter: EmailMessage) -> str:
    parts = (part.get_payload(decode=True) for part in letter.message().walk())
    told = (unpacked(one) for one in parts if isinstance(one, bytes))
    return "\n".join([str(letter.subject), *told])


def found_in(text: str) -> set[str]:
    folded = text.casefold()
    return {name for name, words in WORDS.items() if any(word in folded for word in words)}


@pytest.mark.parametrize("role", ["applicant", "expert who handed back", "recused member"])
def test_no_search_tells_whether_there_is_what_is_hidden(role: str, secret: Secret) -> None:
    """Asked for a secret, a list answers as it does for a word that nobody wrote."""
    client = Client()
    client.force_login(secret.people[role])
    call = secret.keys["calls"][0]
    lists = [
        *("/search/", "/applications/", "/organisations/", "/calls/", "/notices/"),
        *(f"/calls/{call}/{page}" for page in ("", "results/")),
        *(f"/reviews/{key}/sheets/" for key in secret.keys["reviews"]),
    ]
    words = [WORDS[one][0] for one in SEARCHED if one not in SEEN[role]]

    def answer(address: str, word: str) -> str:
        text = client.get(address, {"q": word}).content.decode()
        text = re.sub(r'(nonce|value|content|data-\w+)="[^"]{20,}"', "", text)
        for form in (word, word.capitalize(), quote(word)):
            text = text.replace(form, "")
        return text

    told = []
    for address in lists:
        nothing = answer(address, NOBODYS)
        told += [(address, word) for word in words if answer(address, word) != nothing]

    assert told == []


def test_no_letter_tells_its_reader_more_than_they_may_see(secret: Secret) -> None:
    by_address = {one.email: role for role, one in secret.people.items() if one.email}

    told = [
        (role, one.subject, found_in(told_in(one)) - SEEN[role])
        for one in secret.letters
        for role in (by_address.get(address) for address in one.to)
        if role is not None and found_in(told_in(one)) - SEEN[role]
    ]

    assert len(secret.letters) > 0
    assert told == []
