"""A load of the register runs in steps, tried without a trace, gone on with, by whoever may."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from sinergia.base.errands.models import Errand
from sinergia.base.journal.models import Entry
from sinergia.base.tables import running
from sinergia.base.tables.actions import take_turn
from sinergia.base.tables.models import Load
from sinergia.base.tables.running import ALONE, Busy, Pace
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.actions.loads import Wanted, offer_file, run_load, try_load, work
from sinergia.organisations.actions.loads.foresight import Foresight
from sinergia.organisations.actions.loads.judging import Verdict
from sinergia.organisations.actions.loads.rows import RegisterRow
from sinergia.organisations.actions.merging import merge_organisations
from sinergia.organisations.actions.register import Newcomer, register_organisations
from sinergia.organisations.models import (
    Identifier,
    Organisation,
    Question,
    Source,
    SourceRecord,
)
from sinergia.organisations.reading import read_organisations
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_person, an_administrator, an_organisation
from tests.organisations.register_files import (
    a_csv,
    a_row,
    a_source,
    counts,
    known_regions,
    load_file,
    load_rows,
    numbers,
    organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def olga() -> Person:
    known_regions()
    return an_administrator()


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    rows = [a_row(1, status="Ликвидируется"), a_row(2), a_row(2), a_row(3, ogrn="", inn="")]
    path = a_csv(tmp_path / "g.csv", [*rows, dict.fromkeys(a_row(1), "") | {"site": "a.example"}])
    before = (Organisation.objects.count(), Question.objects.count(), Load.objects.count())

    tally = try_load(read_organisations(path, {}), Wanted(a_source(actor=olga)))

    assert tally.as_counts() == {
        "rows": 5, "created": 1, "updated": 1, "unchanged": 1, "queued": 1, "refused": 1,
    }  # fmt: skip
    assert (Organisation.objects.count(), Question.objects.count(), Load.objects.count()) == before
    assert organisation(1).status == "active"


def test_a_load_broken_off_goes_on_where_it_was(tmp_path: Path, olga: Person) -> None:
    rows = [a_row(place) for place in range(1, 8)]
    path = a_csv(tmp_path / "f.csv", [*rows, a_row(1, name="Последнее имя")])
    file, wanted = read_organisations(path, {}), Wanted(a_source(actor=olga))
    load = offer_file(path, wanted, file_name="f", mapping={}, actor=olga, now=NOON)

    class KilledError(Exception):
        pass

    def kill(done: int, total: int) -> None:
        if done >= 4:
            raise KilledError

    with pytest.raises(KilledError):
        run_load(load, file, actor=olga, pace=Pace(2, 0.0), told=kill)
    Load.objects.filter(pk=load.pk).update(leased_until=NOON)  # its runner is dead
    again = offer_file(path, wanted, file_name="f", mapping={}, actor=olga, now=NOON)
    seen: list[int] = []
    done = run_load(again, file, actor=olga, pace=Pace(2, 0.0), told=lambda n, _: seen.append(n))

    assert again.pk == load.pk
    assert seen == [6, 8]
    assert counts(done) == (7, 0, 1, 0, 0)
    assert organisation(1).name == "Последнее имя"
    assert recount_register() == 0


def load_beside(folder: Path, act: Callable[[], object], *, actor: Person) -> Load:
    """Load six organisations by two; between the first two batches somebody acts."""
    path = a_csv(folder / "six.csv", [a_row(place) for place in range(1, 7)])
    wanted = Wanted(a_source(actor=actor))
    load = offer_file(path, wanted, file_name="f", mapping={}, actor=actor, now=NOON)

    def between(done: int, total: int) -> None:
        if done == 2:
            act()

    file = read_organisations(path, {})
    return run_load(load, file, actor=actor, pace=Pace(2, 0.0), told=between)


def test_rows_looked_over_before_their_turn_come_to_the_same(
    tmp_path: Path, olga: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_rows(tmp_path, a_row(3), actor=olga)
    early: list[int] = []
    look = Foresight.verdict_of

    def seen(ahead: Foresight, row: RegisterRow) -> Verdict | None:
        early.extend([row.row] * (row.row in ahead._judged))
        return look(ahead, row)

    monkeypatch.setattr(Foresight, "verdict_of", seen)
    monkeypatch.setattr(running, "LOOKED_AT", 4)
    rows = [a_row(place) for place in (1, 2, 3, 4, 5, 1)]  # the sixth speaks for the first
    rows += [a_row(3, status="Ликвидируется"), a_row(6, ogrn="", inn=""), a_row(7)]
    file = read_organisations(a_csv(tmp_path / "early.csv", rows), {})
    wanted = Wanted(a_source(actor=olga))
    load = offer_file(
        tmp_path / "early.csv", wanted, file_name="f", mapping={}, actor=olga, now=NOON
    )

    told = try_load(file, wanted).as_counts()
    run_load(load, file, actor=olga, pace=Pace(2, 0.0))

    assert load.counts == {name: told[name] for name in load.counts}
    assert len(early) >= 4
    assert early == sorted(early)
    assert organisation(3).status != "active"


def test_a_merge_between_two_batches_does_not_break_a_load_off(
    tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(5), actor=olga, source="earlier")
    kept, gone = an_organisation("Дом на горе"), organisation(5)

    load = load_beside(
        tmp_path,
        lambda: merge_organisations(kept.key, gone.key, actor=olga, now=NOON),
        actor=olga,
    )

    assert (load.stage, load.rows_done, sum(counts(load))) == ("done", 6, 6)
    assert load.counts["created"] == 5
    assert organisation(5) == kept
    assert SourceRecord.objects.filter(organisation=kept, source__code="ministry").exists()
    assert recount_register() == 0


def test_who_is_entered_between_two_batches_is_not_entered_again(
    tmp_path: Path, olga: Person
) -> None:
    ogrn, inn = numbers(6)
    entered = Newcomer("Дом шесть", ogrn=ogrn, inn=inn)

    load = load_beside(tmp_path, lambda: register_organisations([entered], now=NOON), actor=olga)

    assert (load.stage, load.rows_done, sum(counts(load))) == ("done", 6, 6)
    assert (load.counts["created"], Organisation.objects.count()) == (5, 6)
    assert Entry.objects.filter(verb="load.batch_filed").count() == 3


def test_a_batch_that_fails_at_its_very_end_is_counted_once(
    tmp_path: Path, olga: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[Load] = []

    def record(verb: str, **told: object) -> None:
        if load.rows_done == 4 and not failed:
            failed.append(load)
            raise IntegrityError

    monkeypatch.setattr(running, "record", record)
    path = a_csv(tmp_path / "f.csv", [a_row(place) for place in range(1, 7)])
    wanted = Wanted(a_source(actor=olga))
    load = offer_file(path, wanted, file_name="f", mapping={}, actor=olga, now=NOON)

    run_load(load, read_organisations(path, {}), actor=olga, pace=Pace(2, 0.0))

    assert failed
    assert (counts(load), load.rows_done) == ((6, 0, 0, 0, 0), 6)


def test_a_batch_that_fails_twice_breaks_the_load_off(
    tmp_path: Path, olga: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def fails(rows: list[RegisterRow], *rest: object) -> None:
        tried.append(rows[0].row)
        raise LookupError

    monkeypatch.setattr(work, "file_rows", fails)

    with pytest.raises(LookupError):
        load_rows(tmp_path, a_row(1), actor=olga)

    assert tried == [2, 2]


def test_another_way_of_loading_the_same_file_is_another_load(tmp_path: Path, olga: Person) -> None:
    path = a_csv(tmp_path / "f.csv", [a_row(1)])
    source = a_source(actor=olga)

    loads = {
        offer_file(path, wanted, file_name="f", mapping={}, actor=olga, now=NOON).pk
        for wanted in (Wanted(source), Wanted(source, is_known_only=True), Wanted(source))
    }

    assert len(loads) == 2


def test_two_loads_at_once_wait_for_each_other(tmp_path: Path, olga: Person) -> None:
    path, other = a_csv(tmp_path / "f.csv", [a_row(1)]), a_csv(tmp_path / "g.csv", [a_row(2)])
    wanted = Wanted(a_source(actor=olga))
    running = offer_file(path, wanted, file_name="f", mapping={}, actor=olga, now=NOON)
    assert take_turn(running, now=timezone.now())
    second = offer_file(other, wanted, file_name="g", mapping={}, actor=olga, now=NOON)

    with pytest.raises(Busy):
        run_load(second, read_organisations(other, {}), actor=olga, pace=ALONE)

    assert Organisation.objects.count() == 0


def test_a_load_that_looks_things_up_for_long_is_not_pushed_aside(
    tmp_path: Path, olga: Person
) -> None:
    path, now = a_csv(tmp_path / "f.csv", [a_row(1)]), timezone.now()
    wanted = Wanted(a_source(actor=olga))
    first, second = (
        offer_file(path, wanted, file_name="f", mapping={"name": name}, actor=olga, now=NOON)
        for name in "ab"
    )

    turns = [
        take_turn(load, now=now + timedelta(seconds=seconds))
        for load, seconds in ((first, 0), (second, 30), (second, 61))
    ]

    assert turns == [True, False, True]


def test_each_batch_leaves_one_entry_and_the_end_has_doubles_looked_for(
    tmp_path: Path, olga: Person
) -> None:
    path = a_csv(tmp_path / "f.csv", [a_row(place) for place in range(1, 6)])
    wanted = Wanted(a_source(actor=olga))
    load = offer_file(path, wanted, file_name="f", mapping={}, actor=olga, now=NOON)

    run_load(load, read_organisations(path, {}), actor=olga, pace=Pace(2, 0.0))

    batches = Entry.objects.filter(verb="load.batch_filed").order_by("pk")
    codes = [json.loads(bytes(one.content))["values"]["codes"] for one in batches]
    assert [(one["first_row"], one["last_row"]) for one in codes] == [
        ("2", "3"), ("4", "5"), ("6", "6"),
    ]  # fmt: skip
    assert all(len(one["digest"]) == 64 for one in codes)
    assert [errand.name for errand in Errand.objects.all()] == ["organisations.find_doubles"]
    assert Source.objects.get().loaded_at is not None


def test_only_who_administers_or_works_at_a_centre_loads(tmp_path: Path, olga: Person) -> None:
    region, _ = known_regions()
    path, centre = a_csv(tmp_path / "f.csv", [a_row(1)]), a_centre(region=region)
    larisa = a_consultant(centre=centre)
    source = a_source(actor=olga)

    for person, asked in ((a_person(), centre), (a_person("boris"), None), (larisa, None)):
        with pytest.raises(PermissionDenied):
            offer_file(
                path, Wanted(source, asked), file_name="f", mapping={}, actor=person, now=NOON
            )

    assert counts(load_file(path, actor=larisa, centre=centre)) == (1, 0, 0, 0, 0)


def test_a_centre_touches_no_row_of_a_region_it_does_not_serve(
    tmp_path: Path, olga: Person
) -> None:
    region, _ = known_regions()
    centre = a_centre(region=region)
    larisa = a_consultant(centre=centre)
    load_rows(tmp_path, a_row(1, region="Ярогорский край"), actor=olga)
    rows = [
        a_row(1, region="Ярогорский край", status="Ликвидируется"),
        a_row(2, region="Ярогорский край"),
        a_row(3),
        a_row(4, region=""),
    ]

    load = load_rows(tmp_path, *rows, actor=larisa, centre=centre, source="own")

    refused = load.notes.filter(result="refused").values_list("row", "code")
    assert counts(load) == (1, 0, 0, 0, 3)
    assert sorted(refused) == [
        (2, "region_not_served"), (3, "region_not_served"), (5, "region_missing"),
    ]  # fmt: skip
    assert organisation(1).status == "active"
    assert not Identifier.objects.filter(value=numbers(2)[0]).exists()
