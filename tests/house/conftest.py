"""One world with a row of each thing that has an address, made once for all tests of a file."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.house.matrix import Rule, World, a_world, sample_names

Named = Callable[[Rule], dict[str, str]]
Undone = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The people of the matrix and what they may look at; gone after the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield a_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def samples(world: World) -> Mapping[str, str]:
    """What addresses call a row of each thing."""
    return sample_names(world)


@pytest.fixture
def named(samples: Mapping[str, str]) -> Named:
    """The names in a rule's address, of rows that are there."""
    return lambda rule: {word: samples.get(kind, kind) for word, kind in rule.names.items()}


@pytest.fixture
def undone() -> Undone:
    """Take back what is written inside: what one role did is not what the next one finds."""

    @contextmanager
    def within() -> Iterator[None]:
        point = transaction.savepoint()
        yield
        transaction.savepoint_rollback(point)

    return within
