"""A list of organisations becomes the register, whatever it went through on the way."""

from datetime import date
from pathlib import Path

import pytest

from sinergia.base.tables.models import Load
from sinergia.engine.identifiers import complete_inn
from sinergia.organisations import models as register
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.models import Identifier, Organisation, Question
from sinergia.people.models import Person
from tests.arrange import (
    a_municipality,
    an_administrator,
    an_organisation,
)
from tests.organisations.register_files import (
    a_csv,
    a_row,
    a_workbook,
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


def test_a_row_makes_an_organisation_whole(tmp_path: Path, olga: Person) -> None:
    town = a_municipality("Кленовск")
    row = a_row(1, kpp="770101001", oktmo=f"{town.oktmo}001", field="Спорт", link="vk.com/dom1")

    load = load_rows(tmp_path, row, actor=olga)

    made = organisation(1)
    assert counts(load) == (1, 0, 0, 0, 0)
    assert (made.name, made.short_name) == (row["name"], 'АНО "ДОМ 1"')
    assert made.region is not None
    assert made.legal_form is not None
    assert (made.region.code, made.municipality, made.legal_form.name_ru) == (
        "XA-SVB", town, "Автономная некоммерческая организация",
    )  # fmt: skip
    assert (made.status, made.registered_on, made.closed_on) == ("active", date(2014, 6, 17), None)
    assert (made.address, made.site, made.site_key) == (
        "г. Кленовск, ул. Садовая, д. 1", "dom1.example", "dom1.example",
    )  # fmt: skip
    held = dict(Identifier.objects.values_list("scheme", "value"))
    assert held == {"RU-OGRN": row["ogrn"], "RU-INN": row["inn"], "RU-KPP": "770101001"}
    assert register.OrganisationField.objects.get().field.name == "Спорт"
    assert register.Reach.objects.get().value == "https://vk.com/dom1"
    assert recount_register() == 0


def test_a_second_load_changes_nothing(tmp_path: Path, olga: Person) -> None:
    rows = [a_row(1), a_row(2), a_row(3, ogrn="", inn="-"), a_row(4, region="Тридевятая область")]
    load_rows(tmp_path, *rows, actor=olga)
    before = list(Organisation.objects.order_by("pk").values())
    asked = list(Question.objects.order_by("pk").values())

    again = load_rows(tmp_path, *rows, actor=olga)

    assert counts(again) == (0, 0, 2, 2, 0)
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert list(Question.objects.order_by("pk").values()) == asked
    assert register.Change.objects.count() == 0
    assert register.SourceRecord.objects.count() == 2


def test_the_same_rows_in_other_dress_are_unchanged(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(2), actor=olga)
    ogrn, inn = numbers(2)
    dressed = a_row(
        2,
        ogrn=float(ogrn),
        inn=int(inn),
        name="автономная некоммерческая организация «Дом 2» ",
        region="СВЕТЛОБОРСКАЯ ОБЛ.",
        legal_form_code=71400.0,
        status=" действующая",
        registered_on="17.06.2014",
        site="HTTPS://www.DOM2.example/",
    )

    again = load_file(a_workbook(tmp_path / "g.xlsx", [dressed]), actor=olga)

    assert counts(again) == (0, 0, 1, 0, 0)
    assert register.Change.objects.count() == 0


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("cp1251", ";"), ("utf-8-sig", ","), ("utf-16", "\t"), ("koi8-r", ";")],
)
def test_any_dress_of_a_csv_is_read(
    tmp_path: Path, olga: Person, encoding: str, delimiter: str
) -> None:
    path = a_csv(tmp_path / "f.csv", [a_row(1), a_row(2)], encoding=encoding, delimiter=delimiter)

    load = load_file(path, actor=olga)

    assert counts(load) == (2, 0, 0, 0, 0)
    assert organisation(2).short_name == 'АНО "ДОМ 2"'


def test_a_change_updates_with_its_history_and_the_old_name_is_kept(
    tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    row = a_row(1, name='АНО "НОВЫЙ ДОМ"', status="Ликвидируется", address="г. Кленовск, дом")

    load = load_rows(tmp_path, row, actor=olga)

    made = organisation(1)
    changes = register.Change.objects.order_by("field")
    assert counts(load) == (0, 1, 0, 0, 0)
    assert (made.name, made.status) == ('АНО "НОВЫЙ ДОМ"', "closing")
    assert [(one.field, one.source, one.load_key) for one in changes] == [
        (name, "ministry", load.key) for name in ("address", "name", "status")
    ]
    former = register.FormerName.objects.get()
    assert former.name == 'АВТОНОМНАЯ НЕКОММЕРЧЕСКАЯ ОРГАНИЗАЦИЯ "ДОМ 1"'
    said = load.notes.filter(result="updated", code="field_status", is_warning=False)
    assert list(said.values_list("field", "before", "value")) == [("status", "active", "closing")]
    assert recount_register() == 0


def test_an_empty_cell_never_erases(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1, kpp="770101001", closed_on="", field="Спорт"), actor=olga)
    ogrn, _inn = numbers(1)

    load = load_rows(tmp_path, dict.fromkeys(a_row(1), "") | {"ogrn": ogrn}, actor=olga)

    made = organisation(1)
    assert counts(load) == (0, 0, 1, 0, 0)
    assert (made.site, made.status, made.short_name) == ("dom1.example", "active", 'АНО "ДОМ 1"')
    assert Identifier.objects.count() == 3


def test_a_closed_organisation_is_closed_with_its_day(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), a_row(2, status="", closed_on="2020-02-03"), actor=olga)

    load_rows(tmp_path, a_row(1, status="Недействующая", closed_on="03.02.2021"), actor=olga)

    first, second = organisation(1), organisation(2)
    assert (first.status, first.closed_on) == ("closed", date(2021, 2, 3))
    assert (second.status, second.closed_on) == ("closed", date(2020, 2, 3))


def test_what_is_closed_before_it_began_is_asked_about(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), a_row(2, closed_on="2010-01-01"), actor=olga)

    load = load_rows(tmp_path, a_row(1, closed_on="2010-01-01"), actor=olga)

    asked = Question.objects.get()
    assert counts(load) == (0, 0, 0, 1, 0)
    assert (asked.code, asked.field, asked.theirs) == ("conflict", "closed_on", "2010-01-01")
    assert (organisation(1).closed_on, organisation(2).closed_on) == (None, None)
    first = Load.objects.order_by("pk")[0].notes
    assert list(first.values_list("row", "result", "code", "value", "is_warning")) == [
        (3, "created", "closed_before_registered", "2010-01-01", True)
    ]


def test_an_organisation_is_found_by_ogrn_else_by_inn_and_gets_the_number_it_lacked(
    tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(1, inn=""), a_row(2, ogrn=""), actor=olga)

    load = load_rows(tmp_path, a_row(1), a_row(2), actor=olga)

    assert counts(load) == (0, 2, 0, 0, 0)
    assert Organisation.objects.count() == 2
    assert Identifier.objects.count() == 4
    assert counts(load_rows(tmp_path, a_row(1), a_row(2), actor=olga)) == (0, 0, 2, 0, 0)


def test_a_lost_zero_is_given_back_and_a_wrong_digit_is_not_believed(
    tmp_path: Path, olga: Person
) -> None:
    short = complete_inn("010000005")
    wrong = numbers(6)[1][:-1] + str((int(numbers(6)[1][-1]) + 1) % 10)
    rows = [a_row(5, inn=f"{short.removeprefix('0')}.0"), a_row(6, inn=wrong)]

    load = load_rows(tmp_path, *rows, actor=olga)

    held = Identifier.objects.filter(scheme="RU-INN").values_list("value", flat=True)
    assert counts(load) == (2, 0, 0, 0, 0)
    assert list(held) == [short]
    assert [(one.code, one.value) for one in load.notes.all()] == [("id_check_digit", wrong)]


def test_a_name_alone_never_merges(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)

    load = load_rows(tmp_path, a_row(1, ogrn="", inn=""), actor=olga)

    asked = Question.objects.get()
    assert counts(load) == (0, 0, 0, 1, 0)
    assert (asked.code, asked.organisation, asked.row) == ("ids_missing", None, 2)
    assert Organisation.objects.count() == 1


def test_numbers_of_two_organisations_in_one_row_are_asked_about_and_suspected(
    tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(1), a_row(2), actor=olga)
    mixed = a_row(1, inn=numbers(2)[1], name="Третье имя")

    for _ in range(2):
        load = load_rows(tmp_path, mixed, actor=olga)

    pair = register.Pair.objects.get()
    assert counts(load) == (0, 0, 0, 1, 0)
    assert Question.objects.get().code == "ids_disagree"
    assert {pair.first, pair.second} == {organisation(1), organisation(2)}
    assert not Organisation.objects.filter(name="Третье имя").exists()


def test_several_rows_of_one_organisation_are_one_and_load_again_unchanged(
    tmp_path: Path, olga: Person
) -> None:
    rows = [
        a_row(1, name="Первое имя", field="Спорт"),
        a_row(2),
        a_row(1, name="Второе имя", field="Экология", site=""),
    ]

    first = load_rows(tmp_path, *rows, actor=olga)
    second = load_rows(tmp_path, *rows, actor=olga)

    made = organisation(1)
    fields = register.OrganisationField.objects.filter(organisation=made)
    assert (counts(first), counts(second)) == ((2, 0, 1, 0, 0), (0, 0, 3, 0, 0))
    assert (made.name, made.site) == ("Второе имя", "dom1.example")
    assert sorted(fields.values_list("field__name", flat=True)) == ["Спорт", "Экология"]
    assert list(first.notes.values_list("row", "code", "value")) == [(4, "row_repeated", "2")]


def test_repeated_headings_totals_and_blanks_are_no_rows(tmp_path: Path, olga: Person) -> None:
    path = a_csv(tmp_path / "f.csv", [a_row(1), a_row(2)])
    head, first, second = path.read_text(encoding="utf-8").splitlines()
    lines = [head, first, "", head, "," * 16, second, "Итого,2" + "," * 15]
    path.write_text("\n".join(lines), encoding="utf-8")

    assert counts(load_file(path, actor=olga)) == (2, 0, 0, 0, 0)


def test_unknown_words_are_named_once_and_change_nothing(tmp_path: Path, olga: Person) -> None:
    rows = [
        a_row(1, status="Спит", legal_form_code="", legal_form="Кружок"),
        a_row(2, status="спит", municipality="Незнамск"),
    ]

    load = load_rows(tmp_path, *rows, actor=olga)

    words = load.notes.filter(result="word").order_by("code").values_list("code", "value", "times")
    assert list(words) == [
        ("legal_form_unknown", "Кружок", 1),
        ("municipality_unknown", "Незнамск, Светлоборская область", 1),
        ("status_unknown", "Спит", 2),
    ]
    assert {one.status for one in Organisation.objects.all()} == {"unknown"}


def test_unknown_places_are_told_one_by_one_the_commonest_first_and_the_rest_counted(
    tmp_path: Path, olga: Person
) -> None:
    rows = [a_row(place, oktmo=f"40{place % 25:06}") for place in range(1, 60)]

    load = load_rows(tmp_path, *rows, actor=olga)

    told = load.notes.filter(result="word", code="municipality_unknown").order_by("pk")
    assert [(one.value, one.times) for one in told][:2] == [
        ("40000001, Светлоборская область", 3), ("40000002, Светлоборская область", 3),
    ]  # fmt: skip
    assert (told.count(), sum(one.times for one in told)) == (21, 59)
    assert [(one.field, one.value, one.times) for one in told][-1] == ("other_places", "5", 10)


def test_a_code_that_is_none_is_told_and_so_is_what_a_repeated_row_lost(
    tmp_path: Path, olga: Person
) -> None:
    rows = [
        a_row(1, oktmo="12-34", legal_form_code="АНО"),
        a_row(1, closed_on="вчера"),
        a_row(2, oktmo="нет", legal_form_code="-"),
    ]

    load = load_rows(tmp_path, *rows, actor=olga)

    told = load.notes.exclude(result="word").order_by("pk")
    assert list(told.values_list("row", "code", "field", "value", "is_warning")) == [
        (2, "code_unreadable", "oktmo", "12-34", True),
        (2, "code_unreadable", "legal_form_code", "АНО", True),
        (3, "date_unreadable", "closed_on", "вчера", True),
        (3, "row_repeated", "", "2", False),
    ]


def test_a_region_that_nobody_knows_waits_for_a_person(tmp_path: Path, olga: Person) -> None:
    load = load_rows(tmp_path, a_row(1, region="Тридевятая область"), actor=olga)

    asked = Question.objects.get()
    assert counts(load) == (0, 0, 0, 1, 0)
    assert (asked.code, asked.theirs) == ("region_unknown", "Тридевятая область")
    assert Organisation.objects.count() == 0


def test_rows_that_name_no_region_take_that_of_the_load(tmp_path: Path, olga: Person) -> None:
    region, _ = known_regions()

    load = load_rows(tmp_path, a_row(1, region=""), a_row(2), actor=olga, region=region)
    bare = load_rows(tmp_path, a_row(3, region=""), actor=olga)

    assert counts(load) == (2, 0, 0, 0, 0)
    assert organisation(1).region == region
    assert organisation(3).region is None
    assert [one.code for one in bare.notes.all()] == ["region_missing"]


def test_nobody_is_entered_where_only_the_known_are_wanted(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1, site=""), actor=olga)
    rows = [a_row(1, field="Спорт"), a_row(2), a_row(3, ogrn="", inn="")]

    load = load_rows(tmp_path, *rows, actor=olga, source="sites", is_known_only=True)

    assert counts(load) == (0, 1, 0, 0, 2)
    assert organisation(1).site == "dom1.example"
    assert [one.code for one in load.notes.filter(result="refused")] == ["not_known"] * 2
    assert Question.objects.count() == 0


def test_a_row_that_names_nobody_is_refused_and_the_rest_goes_on(
    tmp_path: Path, olga: Person
) -> None:
    nobody = dict.fromkeys(a_row(1), "") | {"region": "Светлоборская область"}
    nameless = a_row(2, name="", short_name="-")

    load = load_rows(tmp_path, nobody, nameless, a_row(3), actor=olga)

    refused = load.notes.filter(result="refused").order_by("row")
    assert counts(load) == (1, 0, 0, 0, 2)
    assert [(one.row, one.code) for one in refused] == [(2, "nobody_named"), (3, "name_missing")]


def test_a_forty_thousand_letter_name_is_cut_and_html_stays_text(
    tmp_path: Path, olga: Person
) -> None:
    rows = [a_row(1, name="Я" * 40_000), a_row(2, name="<script>alert(1)</script>")]

    load = load_rows(tmp_path, *rows, actor=olga)

    assert counts(load) == (2, 0, 0, 0, 0)
    assert len(organisation(1).name) == 500
    assert organisation(2).name == "<script>alert(1)</script>"
    assert [(one.code, one.value) for one in load.notes.all()] == [("name_cut", "40000")]
    assert counts(load_rows(tmp_path, *rows, actor=olga)) == (0, 0, 2, 0, 0)


def test_a_persons_number_is_kept_and_never_told(tmp_path: Path, olga: Person) -> None:
    personal, wrong = "500100732259", "500100732258"

    load = load_rows(tmp_path, a_row(1, ogrn="", inn=personal), a_row(2, inn=wrong), actor=olga)

    assert Identifier.objects.filter(value=personal).exists()
    told = " ".join(f"{one.subject} {one.value}" for one in load.notes.all())
    assert personal not in told
    assert wrong not in told


def test_the_first_register_to_speak_is_believed_over_what_nobody_vouched_for(
    tmp_path: Path, olga: Person
) -> None:
    region, _ = known_regions()
    entered = an_organisation("дом, который построила Анна", region=region)
    ogrn, inn = numbers(1)
    Identifier.objects.create(organisation=entered, scheme="RU-OGRN", value=ogrn)

    load = load_rows(tmp_path, a_row(1), actor=olga)

    entered.refresh_from_db()
    assert counts(load) == (0, 1, 0, 0, 0)
    assert entered.name == 'АВТОНОМНАЯ НЕКОММЕРЧЕСКАЯ ОРГАНИЗАЦИЯ "ДОМ 1"'
    assert register.FormerName.objects.get().name == "дом, который построила Анна"
    assert Identifier.objects.filter(organisation=entered, value=inn).exists()
