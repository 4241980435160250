"""The catalogue finds what is published, counts what it finds, and nothing that is hidden."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from sinergia.base.journal.actions import record
from sinergia.base.search.queries import strays
from sinergia.organisations.models import Centre
from sinergia.practices.actions.indexing import index_practice, searched_practices
from sinergia.practices.models import Practice
from sinergia.practices.queries.catalogue import (
    PracticeFilter,
    bands,
    compared,
    found,
)
from sinergia.practices.queries.catalogue import (
    published as standing,
)
from sinergia.practices.queries.facets import counts_of, kept_counts_of
from sinergia.practices.queries.similar import similar_to
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_person,
    a_practice,
    a_region,
    a_theme,
    an_organisation,
)
from tests.practices.arrange import SAID, published

pytestmark = pytest.mark.django_db

THEMES, AUDIENCES = ("Забота", "Дети"), ("families", "children", "elderly")


def a_stock(number: int = 40) -> None:
    """Practices of two regions, whatever may be said of them said by chance; some are hidden."""
    chance = random.Random(8)
    regions = [a_region(), a_region("XB-YAR", "Ярогорский край")]
    owners = [an_organisation(f"Авторы {one.code}", region=one) for one in regions]
    themes = {
        one.pk: list(one.themes.all()) or [a_theme(name, region=one) for name in THEMES]
        for one in regions
    }
    for at in range(number):
        owner = chance.choice(owners)
        published(
            f"Практика {at} {chance.choice(('дом', 'двор'))}",
            organisation=owner,
            theme=chance.choice([None, *themes[owner.region_id or 0]]),
            audiences=chance.sample(AUDIENCES, chance.randrange(3)),
            evidence=chance.randrange(4),
            maturity=chance.randrange(3),
            is_hosting=chance.random() < 0.4,
            start_minor=chance.choice([None, 0, 1, 10_000_000, 10_000_001, 300_000_000]),
            published_at=NOON + timedelta(minutes=at),
            stage=chance.choice(["published"] * 4 + ["draft", "withdrawn"]),
            removed_at=chance.choice([None] * 5 + [NOON]),
        )


def a_filter(chance: random.Random) -> PracticeFilter:
    """What somebody may ask, by chance."""
    given = {
        "q": ["", "", "дома"],
        "theme": ["", "", "забота", "none"],
        "audience": ["", "", "families", "?"],
        "evidence": ["", "", "1", "none", "12"],
        "maturity": ["", "", "2", "none"],
        "cost": ["", "", "none", *bands()],
        "region": ["", "", "XA-SVB"],
        "hosting": ["", "", "yes"],
    }
    return PracticeFilter.from_query({name: chance.choice(some) for name, some in given.items()})


@pytest.mark.both_in_full
def test_each_number_beside_a_filter_is_the_number_of_rows_that_it_opens() -> None:
    a_stock()
    chance = random.Random(3)

    for _turn in range(60):
        asked = a_filter(chance)
        counts = counts_of(asked)
        assert counts.total == found(asked).count()
        for facet, numbers in counts.of.items():
            opened = {code: found(asked.with_(**{facet: code})).count() for code in numbers if code}
            told = {code: number for code, number in numbers.items() if code}
            assert told == opened, (asked, facet)


@pytest.mark.both_in_full
def test_the_whole_catalogue_is_counted_anew_after_whatever_was_done() -> None:
    everything, person = PracticeFilter(), a_person()
    told = []
    for number in range(2):
        a_practice(f"Практика {number}", organisation=an_organisation(str(number)))
        record("practice.published", about=person, actor=person, at=NOON)
        told.append(kept_counts_of(everything).total)

    with CaptureQueriesContext(connection) as asked:
        again = kept_counts_of(everything).total

    assert (told, again, len(asked)) == ([1, 2], 2, 1)


@pytest.mark.both_in_full
def test_a_choice_without_a_number_opens_no_row() -> None:
    a_stock()
    counts = counts_of(PracticeFilter())

    facets: dict[str, Iterable[str]] = {"cost": bands(), "evidence": "1234", "region": ["XX-NO"]}
    for facet, codes in facets.items():
        for code in codes:
            if code not in counts.of[facet]:
                assert not found(PracticeFilter(**{facet: code})).exists()


@pytest.mark.both_in_full
def test_what_is_not_in_the_catalogue_is_nowhere() -> None:
    seen = published(theme=a_theme(), evidence=2)
    ways: list[dict[str, object]] = [
        {"stage": "draft"}, {"stage": "withdrawn"}, {"removed_at": NOON}
    ]  # fmt: skip
    for number, hidden in enumerate(ways):
        one = published(f"Домашний секрет {number}", theme=seen.theme, evidence=3)
        for name, value in hidden.items():
            setattr(one, name, value)
        one.save()  # its words stand in the index yet
    client, asked = Client(), PracticeFilter(q="домашний")

    counts = counts_of(PracticeFilter(q="домашний"))
    pages = [
        client.get(reverse("practices:catalogue"), {"q": "домашний"}).content,
        client.get(reverse("practices:compare"), {"key": [*map(str, _keys())]}).content,
        client.get(reverse("search:page"), {"q": "домашний"}).content,
        b"".join(client.get(reverse("practices:export", args=["csv"]))),
    ]

    assert [one.pk for one in found(asked)] == [seen.pk]
    assert (counts.total, dict(counts.of["evidence"])) == (1, {"2": 1})
    assert [one.pk for one in compared([*map(str, _keys())])] == [seen.pk]
    assert similar_to(seen) == []
    assert [("маршрут" in page.decode(), "секрет" in page.decode()) for page in pages] == [
        (True, False)
    ] * 4


def test_a_file_that_goes_line_by_line_tells_the_readers_day_and_language(client: Client) -> None:
    centre = a_centre()
    Centre.objects.filter(pk=centre.pk).update(time_zone="Asia/Vladivostok")
    published(
        organisation=centre.organisation,
        is_hosting=False,
        published_at=datetime(2026, 7, 14, 20, 30, tzinfo=UTC),
    )
    client.force_login(a_consultant(centre=centre))
    client.cookies["django_language"] = "en"

    begun = client.get(reverse("practices:export", args=["csv"]))
    with translation.override("ru"), timezone.override("Europe/Moscow"):  # another one's page
        told = b"".join(begun).decode()

    assert ("2026-07-15" in told, "2026-07-14" in told) == (True, False)
    assert (",no," in told, ",нет," in told) == (True, False)


def _keys() -> list[object]:
    return list(Practice.objects.order_by("-pk").values_list("key", flat=True))


@pytest.mark.both_in_full
def test_words_are_found_in_every_case_form_and_in_what_was_published() -> None:
    one = published()
    published("Двор без опасных углов", texts={"essence": "Карта рисков."}, essence="Карта рисков.")

    for words in ("маршрутом", "специалистов", "заявкой семьи"):
        assert [row.pk for row in found(PracticeFilter(q=words))] == [one.pk]


@pytest.mark.both_in_full
def test_a_practice_that_is_withdrawn_is_let_go_by_the_index() -> None:
    one = published()
    one.stage = Practice.Stage.WITHDRAWN
    one.save()
    before = strays(searched_practices())

    index_practice(one)

    assert (before, strays(searched_practices())) == (1, 0)


@pytest.mark.both_in_full
def test_the_list_is_paged_by_key_in_every_order() -> None:
    a_stock()
    client = Client()

    for sort in ("", "title", "-title", "cost", "-cost", "new"):
        seen, query = [], {"sort": sort}
        for _page in range(4):
            context = client.get(reverse("practices:catalogue"), query).context
            seen += [one.practice.pk for one in context["cards"]]
            if not context["page"].next_key:
                break
            query = {"sort": sort, "after": context["page"].next_key}
        assert sorted(seen) == sorted(standing().values_list("pk", flat=True))


def test_the_page_asks_as_often_for_many_rows_as_for_one_and_seldom() -> None:
    published()
    numbers = []
    for _turn in range(2):
        for query in ({}, {"q": "практика домашний", "region": "XA-SVB", "evidence": "1"}):
            with CaptureQueriesContext(connection) as queries:
                Client().get(reverse("practices:catalogue"), query)
            numbers.append(len(queries))
        a_stock(30)

    assert max(numbers) <= 12
    assert numbers[0] >= numbers[2] - 1


def test_what_is_chosen_stands_above_the_list_and_is_taken_away_by_a_link() -> None:
    published(theme=a_theme(), evidence=1)

    page = Client().get(reverse("practices:catalogue"), {"theme": "Забота", "evidence": "1"})

    assert [words.partition(": ")[2] for words, _url in page.context["chips"]] == [
        "Забота",
        "Опыт авторов",
    ]
    assert [url for _words, url in page.context["chips"]] == [
        "?evidence=1",
        "?theme=%D0%B7%D0%B0%D0%B1%D0%BE%D1%82%D0%B0",
    ]


def test_a_list_without_rows_says_why() -> None:
    empty = Client().get(reverse("practices:catalogue")).content.decode()
    published()
    nothing = Client().get(reverse("practices:catalogue"), {"evidence": "4"}).content.decode()

    assert ('class="empty"' in empty, 'class="empty"' in nothing) == (True, True)
    assert empty != nothing


def test_the_file_holds_the_rows_that_are_filtered_and_no_hidden_name() -> None:
    hidden = an_organisation("Тайная группа")
    hidden.is_public = False
    hidden.save()
    published(organisation=hidden, evidence=1, start_minor=12_345_00)
    published("Двор", evidence=2)

    book = Client().get(reverse("practices:export", args=["xlsx"]), {"evidence": "1"}).content
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()

    assert [row[0] for row in rows[1:]] == ["Домашний маршрут"]
    assert rows[1][2] == ""
    assert rows[1][8] == 12345
    assert "Тайная" not in Client().get(reverse("practices:catalogue")).content.decode()


def test_up_to_four_stand_side_by_side_each_once_in_their_order() -> None:
    keys = [str(published(f"Практика {at}").key) for at in range(5)]

    page = Client().get(reverse("practices:compare"), {"key": [keys[1], keys[1], "junk", *keys]})

    assert [one.practice.title for one, _url in page.context["cards"]] == [
        "Практика 1", "Практика 0", "Практика 2", "Практика 3"
    ]  # fmt: skip
    cells = {row.label: [text for text, _title in row.cells] for row in page.context["rows"]}
    assert ["1. Собрать заявки семей\n2. Провести занятия · реабилитолог"] * 4 in cells.values()
    assert page.context["is_full"]
    assert page.context["left_out"]


@pytest.mark.both_in_full
def test_similar_practices_say_what_they_have_in_common() -> None:
    theme, next_door = a_theme(), a_region("XB-YAR", "Ярогорский край")
    one = published("Домашний маршрут для семьи", theme=theme, audiences=["families", "children"])
    same = published(
        "Маршрут домой для семей",
        theme=a_theme(region=next_door),
        audiences=["children"],
        texts=SAID,
    )
    published("Чистый исток", audiences=["neighbours"])
    word = published("Семейный маршрут", audiences=[], texts={"essence": "?"}, essence="?")

    told = [
        (like.practice.pk, like.is_of_theme, like.audiences, like.words) for like in similar_to(one)
    ]

    assert told == [(same.pk, True, ["children"], ["маршрут", "семьи"])]
    assert word.pk not in [pk for pk, *_rest in told]  # one word alone says nothing


def test_what_is_no_level_is_dropped() -> None:
    asked = PracticeFilter.from_query({"evidence": "12", "maturity": "none"})

    assert (asked.evidence, asked.maturity) == ("", "none")


def test_what_costs_in_another_currency_is_in_no_band_of_ours() -> None:
    ours = published("Наша", start_minor=90_000)
    published("Their own", start_minor=90_000, currency="EUR")
    free = published("Даром", start_minor=0, currency="EUR")

    told = {code: set(found(PracticeFilter(cost=code))) for code in (*bands(), "none")}

    assert [one.title for one in told.pop("none")] == ["Their own"]
    assert set().union(*told.values()) == {ours, free}
