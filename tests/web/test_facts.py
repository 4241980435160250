"""What is looked at of the files that are kept, of the settings and of the triggers."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import Settings

from sinergia.applications.actions.submitting import submit
from sinergia.applications.models import Frozen
from sinergia.base.files.models import StoredFile
from sinergia.base.journal import guard
from sinergia.calls.models import ContestRules
from sinergia.web.operations.facts import Fact, State, parts_of_now
from sinergia.web.operations.facts.frozen import facts_of_frozen
from tests.arrange import NOON, a_centre, a_contest, a_leader, a_ready_project, an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


def facts() -> dict[str, Fact]:
    return {fact.code: fact for part in parts_of_now(now=NOON) for fact in part.facts}


@pytest.mark.parametrize(
    ("place", "left", "value"),
    [
        ("kept", b"Charter", "all there"),
        ("kept", b"Chapter", "missing or changed"),
        ("kept", b"Charter and more", "missing or changed"),
        ("kept-small", b"small", "all there"),
        ("kept-small", b"smal", "missing or changed"),
        ("kept-small", None, "missing or changed"),
    ],
)
def test_a_file_is_whole_only_with_its_small_picture(
    settings: Settings, tmp_path: Path, place: str, left: bytes | None, value: str
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    StoredFile.objects.create(
        place="kept", size=7, digest=sha256(b"Charter").hexdigest(), small_size=5,
        actor_key=uuid4(), made_at=NOON, kept_at=NOON,
    )  # fmt: skip
    (tmp_path / "kept").write_bytes(b"Charter")
    (tmp_path / "kept-small").write_bytes(b"small")
    (tmp_path / place).unlink()
    if left is not None:
        (tmp_path / place).write_bytes(left)

    with translation.override("en"):
        parts = [*parts_of_now(now=NOON, with_files=True)]

    (fact,) = parts[-1].facts
    assert fact.value.startswith(value)


@pytest.mark.parametrize(
    ("has_https", "proxies", "state"),
    [(False, 0, State.ORDER), (True, 1, State.ORDER), (True, 0, State.LOOK)],
)
def test_visitors_who_share_the_address_of_the_proxy_are_told(
    settings: Settings, has_https: bool, proxies: int, state: State
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, has_https=has_https)
    settings.TRUSTED_PROXIES = proxies

    told = facts()["proxies"]

    assert (told.state, "SINERGIA_PROXIES" in told.advice) == (state, state == State.LOOK)


def test_a_lost_trigger_is_named() -> None:
    guard.lift(connection)

    lost = facts()["journal_triggers"]

    assert lost.state == State.BROKEN
    assert "base_entry_no" in lost.advice


def test_rules_and_applications_that_were_changed_in_the_database_are_named() -> None:
    contest = a_contest(centre=a_centre())
    owner = an_organisation()
    leader = a_leader(organisation=owner)
    submit(a_ready_project(organisation=owner, contest=contest), actor=leader, now=NOON)
    before = frozen()

    ContestRules.objects.update(content=b"{}")
    Frozen.objects.update(content=b"{}")

    assert {fact.state for fact in before.values()} == {State.ORDER}
    assert {code: fact.state for code, fact in frozen().items()} == {
        "rules": State.BROKEN,
        "documents": State.BROKEN,
    }
    assert contest.call.name in frozen()["rules"].value


def frozen() -> dict[str, Fact]:
    return {one.code: one for one in facts_of_frozen(now=NOON, is_deep=True)}
