"""Leaks: what is blind, from every address of the site, every letter and every search, by role.

Each secret of a contest under review is a word found nowhere else (`arrange_leaks.WORDS`). Every
role asks every address that names a row of that contest, with each of its rows, and every address
that names no row at all; files are unpacked before they are read.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from itertools import product
from urllib.parse import quote

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse
from django.urls.converters import UUIDConverter
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from tests.house.matrix import MATRIX
from tests.house.test_doors import addresses
from tests.review.arrange_leaks import EXPERTS, WORDS, Secret, a_secret_review

pytestmark = pytest.mark.django_db

Visit = tuple[str, str, Mapping[str, str]]  # verb, address, what is sent

OF_ITEM = {"question about it", "dissent", "why a member is recused"}
OF_DECISION = {"decided sum", "final rating"}
OF_EXPERTS = set(EXPERTS) | {"why it was handed back", "evidence of a conflict"}
# Who may see what until the result is published. Experts: their own words, and nothing of whose
# application it is. Who applied: what they said themselves. Members of the commission: what is
# put before them, but who reads and how stays with those who run the contest. Who is recused:
# nothing of the application; of the staff, what came in and who reads it, but no sheet, rating or
# decision. What is not signed is its expert's alone.
SEEN: Mapping[str, set[str]] = {
    "expert who writes": {"expert who writes", "comment begun"},
    "applicant": {"who applies", "whom the applicant objects to"},
    "recused member": set(),
    "recused of the staff": {"who applies", "whom the applicant objects to"} | OF_EXPERTS,
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
KEY = re.compile(r"([\w-]+|<uuid:row>)/<uuid:(\w+)>")
SEARCHED = ("who applies", "expert who signed", "comment signed", "question about it")
NOBODYS = "жужелица"  # a word that nobody wrote
SLUGS: Mapping[str, tuple[str, ...]] = {
    "kind": ("move", "less", "rating", "unfounded", "confidence", "list", "register", "admit"),
    "form": ("csv", "xlsx"),
    "name": ("open", "close", "now", "set"),
}


@pytest.fixture(scope="module")
def secret(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Secret]:
    with django_db_blocker.unblock(), a_secret_review() as made:
        yield made


@pytest.fixture(scope="module")
def visits(secret: Secret) -> list[Visit]:
    """How every address is asked with every row of the contest."""
    found: list[Visit] = []
    for name, pattern in addresses():
        rule = MATRIX[name]
        choices = [
            [(word, one) for one in chosen] for word, chosen in named(name, pattern, secret).items()
        ]
        found += [
            (rule.verb, reverse(name, kwargs=dict(chosen)), rule.body)
            for chosen in product(*choices)
        ]
    return found


def named(name: str, pattern: URLPattern, secret: Secret) -> dict[str, list[str]]:
    """What each word of an address may name; nothing for one that names only other rows."""
    before = {word: part for part, word in KEY.findall(str(pattern.pattern))}
    choices: dict[str, list[str]] = {}
    is_theirs, has_key = False, False
    for word, converter in pattern.pattern.converters.items():
        kind = MATRIX[name].names.get(word, "")
        theirs = list(SLUGS.get(word, ()))
        if isinstance(converter, UUIDConverter):
            has_key = True
            theirs = secret.keys.get(before.get(word, name.partition(":")[0]), [])
            is_theirs = is_theirs or bool(theirs)
        choices[word] = list(dict.fromkeys([*theirs, secret.samples.get(kind, kind)]))
        if isinstance(converter, UUIDConverter) and theirs:
            choices[word] = theirs
    return choices if is_theirs or not has_key else {word: [] for word in choices}


def told_by(answer: HttpResponseBase) -> str:
    """Everything that an answer tells: its head, its body, what is packed in it."""
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]  # both kinds have theirs
    return f"{answer.headers}\n{unpacked(body)}"


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


def walked(role: str, secret: Secret, visits: list[Visit]) -> dict[str, set[str]]:
    """By secret: the addresses that told it to a role. What one visit writes the next undoes."""
    client, found = Client(raise_request_exception=False), dict[str, set[str]]()
    if role != "visitor":
        client.force_login(secret.people[role])
    for verb, address, body in visits:
        kept, point = deepcopy(client.cookies), transaction.savepoint()
        for name in found_in(told_by(getattr(client, verb)(address, body))):
            found.setdefault(name, set()).add(f"{verb} {address}")
        transaction.savepoint_rollback(point)
        client.cookies = kept
    return found


@pytest.mark.slow  # half a minute each
@pytest.mark.parametrize("role", SEEN)
def test_no_address_tells_a_role_more_than_it_may_see(
    role: str, secret: Secret, visits: list[Visit]
) -> None:
    found = walked(role, secret, visits)

    assert {name: sorted(at)[:5] for name, at in found.items() if name not in SEEN[role]} == {}
    if role == "head":  # each of the secrets could have leaked
        assert set(found) == SEEN["head"]


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
