from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.arrange import a_person, an_administrator
from tests.house.matrix import MATRIX, ROLES, Rule, sample_names


def addresses(
    resolver: URLResolver | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLPattern):
            yield prefix + (part.name or f"without a name: {part.pattern}"), part
        else:
            yield from addresses(part, prefix + (f"{part.namespace}:" if part.namespace else ""))


def client_of(role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "visitor":
        client.force_login(an_administrator() if role == "administrator" else a_person())
    return client


def ask(client: Client, rule: Rule, address: str) -> int:
    status: int = getattr(client, rule.verb)(address, rule.body).status_code
    return status


def test_every_address_is_in_the_permission_matrix() -> None:
    assert sorted({name for name, _ in addresses()}) == sorted(MATRIX)


def test_every_address_has_a_door_or_is_closed_to_all() -> None:
    closed = {name for name, rule in MATRIX.items() if rule.statuses == (404, 404, 404)}
    without = {name for name, part in addresses() if not hasattr(part.callback, "door")}

    assert without <= closed


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", MATRIX)
def test_each_role_is_answered_as_the_matrix_says(name: str, role: str) -> None:
    rule, known = MATRIX[name], sample_names()
    named = {word: known.get(kind, kind) for word, kind in rule.names.items()}

    status = ask(client_of(role), rule, reverse(name, kwargs=named))

    assert status == rule.statuses[ROLES.index(role)]


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, rule in MATRIX.items() if rule.names])
def test_a_forged_key_tells_nobody_anything(name: str) -> None:
    rule = MATRIX[name]
    forged = {word: str(uuid4()) for word in rule.names}

    answers = {role: ask(client_of(role), rule, reverse(name, kwargs=forged)) for role in ROLES}

    first, *_ = rule.statuses
    assert answers["administrator"] == 404
    assert answers["visitor"] == (302 if first == 302 else 404)
    assert answers["person"] == (403 if rule.statuses[1] == 403 else 404)
