"""Of one kind, one load at a time; what nobody runs any more can be gone on with."""

import shutil
from datetime import timedelta
from pathlib import Path
from stat import S_IMODE
from typing import IO

import pytest
from django.test import Client
from django.utils import timezone

from sinergia.applications.actions import loads
from sinergia.applications.actions.planning import plan_file
from sinergia.applications.models import Application
from sinergia.base.errands.actions import claim_errand, run_errand
from sinergia.base.errands.models import Errand
from sinergia.base.tables.actions import keep_file, take_turn
from sinergia.base.tables.models import Load
from sinergia.people.models import Person
from tests.afterwards import run_errands
from tests.applications.files import FUND, a_csv, a_known_region, a_row, read
from tests.arrange import NOON, an_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def offered(path: Path, olga: Person) -> Load:
    a_known_region()
    return loads.offer_grants(path, FUND, file_name=path.name, mapping={}, actor=olga, now=NOON)


def lose_turn(load: Load, *, to_itself: bool) -> None:
    """Have another runner take the turn, as if the lease had passed."""
    Load.objects.filter(pk=load.pk).update(leased_until=NOON)
    if to_itself:
        other = Load.objects.get(pk=load.pk)
    else:
        other = Load.objects.create(
            kind=load.kind, file_digest="other", actor_key=load.actor_key, offered_at=NOON
        )
    assert take_turn(other, now=timezone.now())


@pytest.mark.parametrize("to_itself", [True, False])
def test_a_runner_that_lost_its_turn_while_it_looked_things_up_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to_itself: bool
) -> None:
    olga, path = an_administrator(), a_csv(tmp_path / "f.csv", [a_row(1)])
    load = offered(path, olga)

    def plan_long(*given: object) -> object:
        lose_turn(load, to_itself=to_itself)
        return plan_file(*given)  # type: ignore[arg-type]  # whatever it takes

    monkeypatch.setattr(loads, "plan_file", plan_long)

    with pytest.raises(loads.Busy):
        loads.run_load(load, read(path).rows, actor=olga, pace=loads.ALONE)

    load.refresh_from_db()
    assert Application.objects.count() == 0
    assert load.stage == ("running" if to_itself else "failed")


@pytest.mark.parametrize("after", [2, 3])
def test_a_runner_that_lost_its_turn_between_two_batches_or_at_the_end_stops(
    tmp_path: Path, after: int
) -> None:
    olga, path = an_administrator(), a_csv(tmp_path / "f.csv", [a_row(n) for n in (1, 2, 3)])
    load = offered(path, olga)

    def told(done: int, total: int) -> None:
        if done == after:
            lose_turn(load, to_itself=False)

    with pytest.raises(loads.Busy):
        loads.run_load(load, read(path).rows, actor=olga, pace=loads.Pace(1, 0.0), told=told)

    load.refresh_from_db()
    assert Application.objects.count() == after
    assert (load.stage, load.failure) == ("failed", "broken_off")


@pytest.mark.parametrize(("silent", "is_dead"), [(5, False), (120, True)])
def test_a_load_whose_runner_fell_for_good_is_gone_on_with_from_its_page(
    client: Client, tmp_path: Path, silent: int, is_dead: bool
) -> None:
    olga, path = an_administrator(), a_csv(tmp_path / "f.csv", [a_row(1)])
    load = offered(path, olga)
    passed = timezone.now() - timedelta(seconds=silent)
    Load.objects.update(stage="running", leased_until=passed, rows_done=1)
    client.force_login(olga)

    page = client.get(f"/loads/{load.key}/").text
    client.post(f"/loads/{load.key}/start/")

    load.refresh_from_db()
    assert ("load delay:1s" in page) is not is_dead
    assert (load.stage, Errand.objects.count()) == (("promised", 1) if is_dead else ("running", 0))


@pytest.mark.parametrize("is_given_up", [False, True])
def test_a_load_whose_errand_was_given_up_is_begun_again_from_its_page(
    client: Client, tmp_path: Path, is_given_up: bool
) -> None:
    olga, path = an_administrator(), a_csv(tmp_path / "f.csv", [a_row(1)])
    load = offered(path, olga)
    loads.start_load(load, {}, headings="", actor=olga, now=NOON)
    Load.objects.update(rows_done=1)  # it goes on with the columns it began with
    Errand.objects.update(given_up_at=NOON if is_given_up else None)
    client.force_login(olga)

    page = client.get(f"/loads/{load.key}/").text
    client.post(f"/loads/{load.key}/start/")

    assert ("load delay:1s" in page) is not is_given_up
    assert Errand.objects.count() == (2 if is_given_up else 1)


def test_a_load_that_finds_another_at_work_comes_again_soon_and_no_try_is_counted(
    tmp_path: Path,
) -> None:
    olga, path = an_administrator(), a_csv(tmp_path / "f.csv", [a_row(1)])
    load, now = offered(path, olga), timezone.now()
    keep_file(path, load.file_digest)
    loads.start_load(load, load.mapping, headings="", actor=olga, now=now)
    other = Load.objects.create(
        kind=load.kind, file_digest="other", actor_key=load.actor_key, offered_at=NOON
    )
    assert take_turn(other, now=now)
    Errand.objects.update(attempts=6)
    claimed = claim_errand(now=now)
    assert claimed is not None

    run_errand(claimed)

    errand = Errand.objects.get()
    assert (errand.attempts, errand.claim, errand.last_error) == (6, None, "")
    assert now < errand.run_after < timezone.now() + timedelta(minutes=1)
    Load.objects.filter(pk=other.pk).update(stage=Load.Stage.DONE)
    run_errands()
    assert Application.objects.count() == 1


def test_the_same_file_offered_twice_at_once_is_kept_once_and_for_us_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = a_csv(tmp_path / "f.csv", [a_row(1)]), shutil.copyfileobj
    inner: list[Path] = []

    def copy_beside_another(given: IO[bytes], mine: IO[bytes]) -> None:
        monkeypatch.setattr(shutil, "copyfileobj", copy)
        inner.append(keep_file(path, "digest"))
        copy(given, mine)

    monkeypatch.setattr(shutil, "copyfileobj", copy_beside_another)

    kept = keep_file(path, "digest")

    assert inner == [kept]
    assert kept.read_bytes() == path.read_bytes()
    assert S_IMODE(kept.stat().st_mode) == 0o600
    assert [one.name for one in kept.parent.glob("*digest*")] == ["digest"]
