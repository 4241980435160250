"""What a person or another source has written is asked about, never overwritten."""

from pathlib import Path

import pytest

from sinergia.organisations import models as register
from sinergia.organisations.actions import change_organisation
from sinergia.organisations.models import Question
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_municipality,
    a_theme,
    an_administrator,
    an_organisation,
)
from tests.organisations.register_files import (
    a_row,
    counts,
    known_regions,
    load_rows,
    organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def olga() -> Person:
    known_regions()
    return an_administrator()


def by_hand(actor: Person, **given: object) -> None:
    change_organisation(organisation(1), given, actor_key=actor.key, now=NOON)


def open_ones() -> list[tuple[str, str, str, str]]:
    rows = Question.objects.filter(settled_at=None).order_by("field")
    return list(rows.values_list("code", "field", "ours", "theirs"))


def test_what_a_person_wrote_stands_and_the_same_file_does_not_ask(
    tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    by_hand(olga, site="hand.example", address="")

    load = load_rows(tmp_path, a_row(1), actor=olga)

    made = organisation(1)
    assert counts(load) == (0, 0, 1, 0, 0)
    assert (made.site, made.address) == ("hand.example", "")
    assert Question.objects.count() == 0


def test_news_over_what_a_person_wrote_is_a_question_and_the_rest_is_written(
    tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    by_hand(olga, site="hand.example")
    news = a_row(1, site="new.example", status="Ликвидируется")

    first, second = (load_rows(tmp_path, news, actor=olga) for _ in range(2))

    made = organisation(1)
    assert (counts(first), counts(second)) == ((0, 0, 0, 1, 0), (0, 0, 0, 1, 0))
    assert (made.site, made.status) == ("hand.example", "closing")
    assert open_ones() == [("conflict", "site", "hand.example", "new.example")]


def test_another_source_fills_blanks_and_is_asked_about_the_rest(
    tmp_path: Path, olga: Person
) -> None:
    load_rows(tmp_path, a_row(1, address=""), a_row(2, site=""), actor=olga)
    rows = [
        a_row(1, site="other.example", address="ул. Новая, 5"),
        a_row(2, site="other2.example"),
    ]

    load = load_rows(tmp_path, *rows, actor=olga, source="sites")

    first, second = organisation(1), organisation(2)
    assert counts(load) == (0, 1, 0, 1, 0)
    assert (first.site, first.address) == ("dom1.example", "ул. Новая, 5")
    assert second.site == "other2.example"
    assert open_ones() == [("conflict", "site", "dom1.example", "other.example")]


def test_a_later_word_takes_the_place_of_an_open_question(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    by_hand(olga, site="hand.example")
    load_rows(tmp_path, a_row(1, site="new.example"), actor=olga)

    load_rows(tmp_path, a_row(1, site="newest.example"), actor=olga)

    assert open_ones() == [("conflict", "site", "hand.example", "newest.example")]
    assert Question.objects.count() == 1


def test_a_question_is_closed_when_both_say_the_same(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    by_hand(olga, site="hand.example")
    load_rows(tmp_path, a_row(1, site="new.example"), actor=olga)

    load = load_rows(tmp_path, a_row(1, site="www.hand.example"), actor=olga)

    closed = Question.objects.get()
    assert counts(load) == (0, 0, 1, 0, 0)
    assert (closed.result, closed.settled_by) == ("kept", None)


def test_quotes_and_capitals_are_no_news(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    by_hand(olga, name="Автономная некоммерческая организация «Дом 1»")

    load = load_rows(tmp_path, a_row(1, status="Ликвидируется"), actor=olga, source="other")

    assert [field for _, field, _, _ in open_ones()] == ["status"]
    assert counts(load) == (0, 0, 0, 1, 0)
    assert organisation(1).name == "Автономная некоммерческая организация «Дом 1»"


@pytest.mark.parametrize("source", ["ministry", "fund"])
def test_quite_another_name_is_asked_about_whoever_says_it(
    tmp_path: Path, olga: Person, source: str
) -> None:
    load_rows(tmp_path, a_row(1), actor=olga)
    register.SourceRecord.objects.filter(organisation=organisation(1)).exclude(
        source__code=source
    ).delete()  # of a name that came with a fund's application nobody keeps a record
    row = a_row(1, name="Фонд «Василёк»", short_name="Василёк", address="ул. Новая, 5")

    load = load_rows(tmp_path, row, actor=olga, source=source)

    made = organisation(1)
    assert counts(load) == (0, 0, 0, 1, 0)
    assert (made.short_name, made.address) == ('АНО "ДОМ 1"', "ул. Новая, 5")
    assert open_ones() == [
        ("conflict", "name", str(a_row(1)["name"]), "Фонд «Василёк»"),
        ("conflict", "short_name", 'АНО "ДОМ 1"', "Василёк"),
    ]
    assert register.FormerName.objects.count() == 0


def test_a_name_in_fuller_or_shorter_words_is_news_and_no_question(
    tmp_path: Path, olga: Person
) -> None:
    entered = an_organisation("дом, который построила Анна")
    abbreviated = an_organisation("АНО ЦРИ")
    for place, one in ((1, entered), (2, abbreviated)):
        number = str(a_row(place)["ogrn"])
        register.Identifier.objects.create(organisation=one, scheme="RU-OGRN", value=number)
    full = a_row(2, name="АНО «Центр развития инициатив»", short_name="АНО «ЦРИ»")

    load = load_rows(tmp_path, a_row(1), full, actor=olga)

    assert counts(load) == (0, 2, 0, 0, 0)
    assert organisation(1).name == a_row(1)["name"]
    assert organisation(2).name == "АНО «Центр развития инициатив»"


def test_a_row_that_changes_the_region_is_never_applied_by_itself(
    tmp_path: Path, olga: Person
) -> None:
    region, next_door = known_regions()
    a_municipality("Кленовск", region=region)
    a_municipality("Ярогорск", region=next_door)
    load_rows(tmp_path, a_row(1, municipality="Кленовск"), actor=olga)
    row = a_row(1, region="Ярогорский край", municipality="Ярогорск", status="Ликвидируется")

    load = load_rows(tmp_path, row, actor=olga)

    made = organisation(1)
    assert counts(load) == (0, 0, 0, 1, 0)
    assert made.municipality is not None
    assert (made.region, made.municipality.name_ru, made.status) == (region, "Кленовск", "closing")
    assert open_ones() == [("region_changed", "region", "XA-SVB", "XB-YAR")]


def test_a_town_of_another_region_is_a_question_about_the_region(
    tmp_path: Path, olga: Person
) -> None:
    region, next_door = known_regions()
    town = a_municipality("Ярогорск", region=next_door)
    load_rows(tmp_path, a_row(1), actor=olga)

    load = load_rows(tmp_path, a_row(1, region="", oktmo=f"{town.oktmo}001"), actor=olga)

    made = organisation(1)
    assert counts(load) == (0, 0, 0, 1, 0)
    assert (made.region, made.municipality) == (region, None)
    assert open_ones() == [("region_changed", "region", "XA-SVB", "XB-YAR")]


def test_the_centre_that_an_organisation_comes_to_may_only_say_so(
    tmp_path: Path, olga: Person
) -> None:
    _region, next_door = known_regions()
    centre = a_centre("Центр Б", region=next_door)
    larisa = a_consultant(centre=centre)
    load_rows(tmp_path, a_row(1), actor=olga)
    row = a_row(1, region="Ярогорский край", status="Недействующая", name="Чужое имя")

    first, second = (
        load_rows(tmp_path, row, actor=larisa, centre=centre, source="own") for _ in range(2)
    )

    asked = Question.objects.get()
    assert (counts(first), counts(second)) == ((0, 0, 0, 1, 0), (0, 0, 0, 1, 0))
    assert (asked.code, asked.region, asked.centre) == (
        "region_changed", organisation(1).region, centre,
    )  # fmt: skip
    assert (organisation(1).status, organisation(1).name != "Чужое имя") == ("active", True)


def test_into_another_region_the_town_and_the_themes_of_the_old_one_do_not_go(
    olga: Person, tmp_path: Path
) -> None:
    region, next_door = known_regions()
    load_rows(tmp_path, a_row(1), actor=olga)
    theme = a_theme("Забота", region=region)
    register.OrganisationTheme.objects.create(organisation=organisation(1), theme=theme)
    by_hand(olga, municipality=a_municipality("Кленовск", region=region))

    by_hand(olga, region=next_door)

    made = organisation(1)
    told = register.Change.objects.filter(field__in=["municipality", "theme"], after="")
    assert (made.region, made.municipality) == (next_door, None)
    assert register.OrganisationTheme.objects.count() == 0
    assert sorted(told.values_list("field", "before")) == [
        ("municipality", "Кленовск"), ("theme", "Забота"),
    ]  # fmt: skip


def test_a_field_or_a_page_that_a_source_names_no_more_goes(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1, field="Спорт; Экология", link="vk.com/one"), actor=olga)

    load = load_rows(tmp_path, a_row(1, field="Экология", link="vk.com/two"), actor=olga)

    fields = register.OrganisationField.objects.values_list("field__name", flat=True)
    assert counts(load) == (0, 1, 0, 0, 0)
    assert list(fields) == ["Экология"]
    assert register.Reach.objects.get().value == "https://vk.com/two"


def test_a_kpp_goes_with_the_address_and_leaves_a_line(tmp_path: Path, olga: Person) -> None:
    load_rows(tmp_path, a_row(1, kpp="770101001"), a_row(2, kpp="770101001"), actor=olga)

    load = load_rows(tmp_path, a_row(1, kpp="770201001"), actor=olga)

    change = register.Change.objects.get()
    assert counts(load) == (0, 1, 0, 0, 0)
    assert (change.field, change.before, change.after) == ("RU-KPP", "770101001", "770201001")
