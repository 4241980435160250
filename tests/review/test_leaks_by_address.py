"""Leaks: what is blind, from every address of the site, by role.

Every role asks every address that names a row of the contest of `arrange_leaks`, with each of its
rows, and every address that names no row at all; files are unpacked before they are read.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import product

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse
from django.urls.converters import UUIDConverter
from pytest_django import DjangoDbBlocker

from tests.house.matrix import MATRIX
from tests.house.test_doors import addresses
from tests.review.arrange_leaks import Secret, a_secret_review
from tests.review.test_leaks_everywhere import SEEN, found_in, unpacked

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # half a minute each

Visit = tuple[str, str, Mapping[str, str]]  # verb, address, what is sent

KEY = re.compile(r"([\w-]+|<uuid:row>)/<uuid:(\w+)>")
SLUGS: Mapping[str, tuple[str, ...]] = {
    "kind": ("move", "less", "rating", "unfounded", "confidence", "list", "register", "admit"),
    "form": ("csv", "xlsx"),
    "name": ("open", "close", "now", "set"),
}


@pytest.fixture(scope="module")
def secret(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Secret]:
    with django_db_blocker.unblock(), a_secret_review(has_samples=True) as made:
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


@pytest.mark.parametrize("role", SEEN)
def test_no_address_tells_a_role_more_than_it_may_see(
    role: str, secret: Secret, visits: list[Visit]
) -> None:
    found = walked(role, secret, visits)

    assert {name: sorted(at)[:5] for name, at in found.items() if name not in SEEN[role]} == {}
    if role == "head":  # each of the secrets could have leaked
        assert set(found) == SEEN["head"]
