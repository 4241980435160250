from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from uuid import uuid4
from zlib import crc32

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from tests.house.conftest import Named, Undone
from tests.house.matrix import MATRIX, ROLES, Rule, World


def addresses(
    resolver: URLResolver | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLPattern):
            yield prefix + (part.name or f"without a name: {part.pattern}"), part
        else:
            yield from addresses(part, prefix + (f"{part.namespace}:" if part.namespace else ""))


@pytest.fixture(scope="module")
def clients(world: World, django_db_blocker: DjangoDbBlocker) -> Mapping[str, Client]:
    """A browser of each role, signed in once: what a request does to the session is undone."""
    made = {role: Client(raise_request_exception=False) for role in ROLES}
    with django_db_blocker.unblock():
        for role, person in world.people.items():
            made[role].force_login(person)
    return made


def ask(client: Client, rule: Rule, address: str) -> int:
    asked = address + (f"?{rule.query}" if rule.query else "")
    kept = deepcopy(client.cookies)
    status: int = getattr(client, rule.verb)(asked, rule.body).status_code
    client.cookies = kept  # who signed out is signed in for the next
    return status


def test_every_address_is_in_the_permission_matrix() -> None:
    assert sorted({name for name, _ in addresses()}) == sorted(MATRIX)


def test_every_address_has_a_door_or_is_closed_to_all() -> None:
    closed = {name for name, rule in MATRIX.items() if set(rule.statuses.values()) == {404}}
    without = {name for name, part in addresses() if not hasattr(part.callback, "door")}

    assert without <= closed


def some_roles(name: str) -> list[str]:
    """One of the roles for each answer of an address: another for its neighbours.

    All ten of each address are asked in the full run: that is every request of ten thousand.
    """
    answers = MATRIX[name].statuses
    chosen = []
    for status in dict.fromkeys(answers.values()):
        alike = [role for role in ROLES if answers[role] == status]
        chosen.append(alike[crc32(name.encode()) % len(alike)])
    return chosen


def cells() -> list[object]:
    """Every address with some of the roles; with all of them in the full run alone."""
    some = [pytest.param(name, some_roles(name), id=name) for name in MATRIX]
    slow = pytest.mark.slow
    every = [pytest.param(name, ROLES, id=f"{name}-every", marks=slow) for name in MATRIX]
    return [*some, *every]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "roles"), cells())
def test_each_role_is_answered_as_the_matrix_says(
    name: str,
    roles: Sequence[str],
    clients: Mapping[str, Client],
    named: Named,
    undone: Undone,
) -> None:
    rule, answered = MATRIX[name], {}

    for role in roles:
        with undone():
            answered[role] = ask(clients[role], rule, reverse(name, kwargs=named(rule)))

    assert answered == {role: rule.statuses[role] for role in roles}


def test_some_roles_are_all_of_them_in_turn() -> None:
    seen = Counter(role for name in MATRIX for role in some_roles(name))

    assert set(seen) == set(ROLES)
    assert min(seen.values()) > len(MATRIX) / 12


def forged_cells() -> list[object]:
    """Every address that names something, for who is let in; for one of each answer in full."""
    some, every = [], []
    for name, rule in MATRIX.items():
        if rule.names:
            of_each = {(role == "visitor", rule.statuses[role]): role for role in ROLES}
            let_in = sorted(of_each.values(), key=lambda role: rule.statuses[role])[:1]
            some.append(pytest.param(name, let_in, id=name))
            roles = list(of_each.values())
            every.append(pytest.param(name, roles, id=f"{name}-every", marks=pytest.mark.slow))
    return [*some, *every]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "roles"), forged_cells())
@pytest.mark.usefixtures("samples")
def test_a_forged_key_tells_nobody_anything(
    name: str, roles: Sequence[str], clients: Mapping[str, Client], undone: Undone
) -> None:
    rule = MATRIX[name]
    forged = {word: str(uuid4()) for word in rule.names}

    for role in roles:
        with undone():
            status = ask(clients[role], rule, reverse(name, kwargs=forged))
        real = rule.statuses[role]
        # Whoever may not come in at all is told so before anything is looked for; to whom a
        # row is shown but not its verb, a missing one is missing.
        expected = {302: {302} if role == "visitor" else {404}, 403: {403, 404}}.get(real, {404})
        assert status in expected, role
