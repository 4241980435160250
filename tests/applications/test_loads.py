"""A fund's file becomes applications, whatever it went through on the way."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sinergia.applications.actions import loads
from sinergia.applications.models import Application, Doubt, OutsideRecord
from sinergia.base.journal.models import Entry
from sinergia.base.tables.actions import take_turn
from sinergia.base.tables.models import Load
from sinergia.calls.models import Fund, StatusWord
from sinergia.organisations.models import Identifier, Organisation
from tests.applications.files import (
    FUND,
    a_csv,
    a_known_region,
    a_row,
    a_workbook,
    load_file,
    numbers,
    read,
)
from tests.arrange import NOON, a_fund, a_person, an_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def counts(load: Load) -> tuple[int, ...]:
    """Created, updated, unchanged, queued, refused."""
    return tuple(load.counts[name] for name in loads.RESULTS)


def test_a_file_makes_its_fund_organisations_and_applications(tmp_path: Path) -> None:
    region, olga = a_known_region(), an_administrator()
    path = a_csv(tmp_path / "f.csv", [a_row(1), a_row(1, number="24-1-9"), a_row(2)])

    load = load_file(path, actor=olga)

    filed = Application.objects.get(number="24-1-000001")
    assert counts(load) == (3, 0, 0, 0, 0)
    assert load.stage == Load.Stage.DONE
    assert Fund.objects.get().code == FUND
    assert Organisation.objects.count() == 2
    assert (filed.asked_minor, filed.awarded_minor, filed.outcome) == (
        50_000_000,
        48_000_050,
        "won",
    )
    assert (filed.region, filed.contest_year, filed.call.year_source) == (region, 2024, "name")
    assert filed.organisation is not None
    assert (filed.organisation.applications_count, filed.organisation.won_count) == (2, 2)
    held = Identifier.objects.filter(organisation=filed.organisation).order_by("scheme")
    assert [one.value for one in held] == [numbers(1)[1], numbers(1)[0]]


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    a_known_region()
    olga = an_administrator()
    path = a_csv(tmp_path / "f.csv", [a_row(1), a_row(2), a_row(3, ogrn="", inn="-")])
    load_file(path, actor=olga)
    before = list(Application.objects.order_by("pk").values())

    again = load_file(path, actor=olga)

    assert counts(again) == (0, 0, 2, 1, 0)
    assert list(Application.objects.order_by("pk").values()) == before
    assert OutsideRecord.objects.count() == 3


def test_the_same_rows_in_other_dress_are_unchanged(tmp_path: Path) -> None:
    a_known_region()
    olga = an_administrator()
    load_file(a_csv(tmp_path / "f.csv", [a_row(2)]), actor=olga)
    ogrn, inn = numbers(2)
    dressed = a_row(
        2,
        number=" 24 – 1 – 000002",
        contest="Первый конкурс 2024",
        organisation="анО  «дом 2» ",
        ogrn=float(ogrn),
        inn=int(inn),
        region="СВЕТЛОБОРСКАЯ ОБЛ.",
        asked="500 000,00 руб.",
        awarded="480 000,50 ₽",
        decided_on="15 января 2024 г.",
        status="Победитель конкурса ",
    )

    again = load_file(a_workbook(tmp_path / "g.xlsx", [dressed]), actor=olga)

    assert counts(again) == (0, 0, 1, 0, 0)


def test_a_later_version_updates_and_keeps_what_was(tmp_path: Path) -> None:
    a_known_region()
    olga = an_administrator()
    first = a_row(1, status="на независимой экспертизе", awarded="")
    load_file(a_csv(tmp_path / "f.csv", [first]), actor=olga)

    load = load_file(a_csv(tmp_path / "g.csv", [a_row(1)]), actor=olga)

    filed = Application.objects.get()
    versions = OutsideRecord.objects.order_by("version")
    said = [json.loads(bytes(one.content))["values"]["status"] for one in versions]
    assert counts(load) == (0, 1, 0, 0, 0)
    assert (filed.outcome, filed.awarded_minor) == ("won", 48_000_050)
    assert said == ["на независимой экспертизе", "победитель конкурса"]
    assert [one.is_current for one in versions] == [False, True]
    assert filed.organisation is not None
    assert filed.organisation.won_count == 1


def test_two_versions_in_one_file_end_with_the_last_and_load_again_unchanged(
    tmp_path: Path,
) -> None:
    a_known_region()
    olga = an_administrator()
    rows = [a_row(1, title="Старое имя"), a_row(2), a_row(1, title="Новое имя")]
    path = a_csv(tmp_path / "f.csv", rows)

    first, second = load_file(path, actor=olga), load_file(path, actor=olga)

    assert (counts(first), counts(second)) == ((2, 1, 0, 0, 0), (0, 0, 3, 0, 0))
    assert Application.objects.get(number="24-1-000001").title == "Новое имя"


def test_organisations_are_united_over_the_whole_file(tmp_path: Path) -> None:
    a_known_region()
    ogrn, inn = numbers(1)
    rows = [
        a_row(1, number="1", ogrn="", organisation="только ИНН"),
        a_row(1, number="2", inn="", organisation="только ОГРН"),
        a_row(1, number="3"),
        a_row(1, number="4", organisation="АНО «Дом 1»"),
    ]

    load_file(a_csv(tmp_path / "f.csv", rows), actor=an_administrator())

    only = Organisation.objects.get()
    held = dict(Identifier.objects.values_list("scheme", "value"))
    assert held == {"RU-OGRN": ogrn, "RU-INN": inn}
    assert (only.name, only.applications_count) == ("АНО «Дом 1»", 4)


def test_what_no_number_tells_awaits_a_person_and_is_counted_by_its_region(
    tmp_path: Path,
) -> None:
    region = a_known_region()
    rows = [
        a_row(1),
        a_row(2),
        a_row(3, number="A", ogrn="нет", inn=""),
        a_row(4, number="B", ogrn=numbers(1)[0], inn=numbers(2)[1]),
        a_row(5, number="C", ogrn="1,2E+12", inn="123"),
        a_row(6, number="D", region="Тридевятая область"),
    ]

    load = load_file(a_csv(tmp_path / "f.csv", rows), actor=an_administrator())

    doubts = dict(Doubt.objects.values_list("application__number", "code"))
    assert counts(load) == (2, 0, 0, 4, 0)
    assert doubts == {
        "A": "ids_missing",
        "B": "ids_disagree",
        "C": "id_unverified",
        "D": "region_unknown",
    }
    assert Application.objects.filter(region=region).count() == 5
    assert Application.objects.get(number="B").organisation is None


def test_a_repeat_without_numbers_belongs_to_its_application(tmp_path: Path) -> None:
    a_known_region()
    rows = [a_row(1, ogrn="", inn=""), a_row(1)]

    load = load_file(a_csv(tmp_path / "f.csv", rows), actor=an_administrator())

    assert counts(load) == (1, 0, 1, 0, 0)
    assert Doubt.objects.count() == 0


def test_unknown_words_are_named_and_taken_as_data(tmp_path: Path) -> None:
    a_known_region()
    rows = [a_row(1), a_row(2, status="заявка не допущена"), a_row(3, status="Заявка не допущена")]

    load = load_file(a_csv(tmp_path / "f.csv", rows), actor=an_administrator())

    words = load.notes.filter(result="word").order_by("code")
    assert [(one.code, one.value, one.times, one.row) for one in words] == [
        ("direction_new", "Поддержка семьи", 3, 2),
        ("status_unknown", "заявка не допущена", 2, 3),
    ]
    assert list(StatusWord.objects.filter(outcome="unknown").values_list("word", flat=True)) == [
        "заявка не допущена"
    ]
    assert Application.objects.filter(outcome="unknown").count() == 2


def test_bad_rows_are_refused_with_their_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    a_known_region()
    rows = [
        a_row(1, number=""),
        a_row(2, asked="много"),
        a_row(3, asked="-5"),
        a_row(4, number="9" * 81),
        a_row(5, awarded="1 000 USD"),
        a_row(6),
    ]

    load = load_file(a_csv(tmp_path / "f.csv", rows), actor=an_administrator())

    refused = load.notes.filter(result="refused").order_by("row")
    assert counts(load) == (1, 0, 0, 0, 5)
    assert [(one.row, one.code) for one in refused] == [
        (2, "number_missing"),
        (3, "money_number"),
        (4, "money_negative"),
        (5, "number_too_long"),
        (6, "money_currency"),
    ]


def test_a_forty_thousand_letter_name_is_cut_in_lists_and_kept_whole(tmp_path: Path) -> None:
    a_known_region()
    long = "Я" * 40_000
    path = a_csv(tmp_path / "f.csv", [a_row(1, title=long, organisation=long, direction=long)])

    load = load_file(path, actor=an_administrator())

    filed = Application.objects.get()
    kept = json.loads(bytes(OutsideRecord.objects.get().content))["values"]
    assert counts(load) == (1, 0, 0, 0, 0)
    assert (len(filed.title), len(kept["title"])) == (300, 40_000)
    assert load_file(path, actor=an_administrator("vera")).counts["unchanged"] == 1


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    a_known_region()
    rows = [a_row(1), a_row(1), a_row(2, ogrn="", inn=""), a_row(3, number="")]
    table = read(a_csv(tmp_path / "f.csv", rows))

    tally = loads.try_load(table.rows, Fund(code=FUND))

    assert tally.as_counts() == {
        "rows": 4, "created": 1, "updated": 0, "unchanged": 1, "queued": 1, "refused": 1,
    }  # fmt: skip
    assert (Fund.objects.count(), Application.objects.count(), Load.objects.count()) == (0, 0, 0)


def test_a_load_broken_off_goes_on_where_it_was(tmp_path: Path) -> None:
    a_known_region()
    olga = an_administrator()
    path = a_csv(tmp_path / "f.csv", [a_row(place) for place in range(1, 8)])
    table = read(path)
    load = loads.offer_grants(path, FUND, file_name="f", mapping={}, actor=olga, now=NOON)

    class KilledError(Exception):
        pass

    def kill(done: int, total: int) -> None:
        if done >= 4:
            raise KilledError

    with pytest.raises(KilledError):
        loads.run_load(load, table.rows, actor=olga, pace=loads.Pace(2, 0.0), told=kill)
    Load.objects.filter(pk=load.pk).update(leased_until=NOON)  # its runner is dead
    again = loads.offer_grants(path, FUND, file_name="f", mapping={}, actor=olga, now=NOON)
    seen: list[int] = []
    done = loads.run_load(
        again, table.rows, actor=olga, pace=loads.Pace(2, 0.0), told=lambda n, _: seen.append(n)
    )

    assert again.pk == load.pk
    assert seen == [6, 7]
    assert counts(done) == (7, 0, 0, 0, 0)
    assert Application.objects.count() == 7


def test_two_loads_at_once_wait_for_each_other(tmp_path: Path) -> None:
    a_known_region()
    olga = an_administrator()
    path, other = a_csv(tmp_path / "f.csv", [a_row(1)]), a_csv(tmp_path / "g.csv", [a_row(2)])
    running = loads.offer_grants(path, FUND, file_name="f", mapping={}, actor=olga, now=NOON)
    assert take_turn(running, now=timezone.now())
    second = loads.offer_grants(other, FUND, file_name="g", mapping={}, actor=olga, now=NOON)

    with pytest.raises(loads.Busy):
        loads.run_load(second, read(other).rows, actor=olga, pace=loads.ALONE)

    assert Application.objects.count() == 0


def test_only_who_administers_loads(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "f.csv", [a_row(1)])

    with pytest.raises(PermissionDenied):
        loads.offer_grants(path, FUND, file_name="f", mapping={}, actor=a_person(), now=NOON)

    assert Load.objects.count() == 0


def test_each_batch_leaves_one_entry_with_the_digest_of_its_rows(tmp_path: Path) -> None:
    a_known_region()
    olga = an_administrator()
    path = a_csv(tmp_path / "f.csv", [a_row(place) for place in range(1, 6)])
    load = loads.offer_grants(path, FUND, file_name="f", mapping={}, actor=olga, now=NOON)

    loads.run_load(load, read(path).rows, actor=olga, pace=loads.Pace(2, 0.0))

    batches = Entry.objects.filter(verb="load.batch_filed").order_by("pk")
    codes = [json.loads(bytes(one.content))["values"]["codes"] for one in batches]
    assert [(one["first_row"], one["last_row"]) for one in codes] == [
        ("2", "3"),
        ("4", "5"),
        ("6", "6"),
    ]
    assert all(len(one["digest"]) == 64 for one in codes)


def test_columns_nobody_knows_are_kept_in_the_record(tmp_path: Path) -> None:
    a_known_region()
    a_fund(FUND)
    path = a_csv(tmp_path / "f.csv", [a_row(1)])
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{lines[0]},Куратор\n{lines[1]},Иванова\n", encoding="utf-8")

    load_file(path, actor=an_administrator())

    kept = json.loads(bytes(OutsideRecord.objects.get().content))["values"]
    assert kept["+Куратор"] == "Иванова"
