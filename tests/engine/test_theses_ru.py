import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergia.engine.speech import (
    NamedFigures,
    YearFigures,
    theses,
)
from tests.engine.arrange import SIX_YEARS, a_brief, a_year_brief, named

MILLION = 100_000_000
SAID = (
    "За время существования Фонда жителями области было подано более 580 проектов, "
    "137 из них стали победителями, сумма поддержки составила свыше 325 миллионов рублей"
)


def without_blanks(text: str) -> str:
    return text.replace("\u00a0", "_")


def test_five_theses_are_said_of_a_region_with_much_to_say() -> None:
    figures = a_brief(
        by_year=SIX_YEARS,
        by_theme=[named("family", submitted=90, won=31), named("youth", submitted=95, won=30)],
        by_municipality=[named("a", submitted=9, won=3), named("b", submitted=9, won=5)],
        winners=92,
        new_winners=92,
        repeated_winners=32,
    )

    assert [without_blanks(thesis.text) for thesis in theses(figures, "ru")] == [
        SAID + ".",
        "Активность выросла: в 2019 году подано 78 проектов, в 2024 году — 111; "
        "больше всего побед принёс 2024 год — 29.",
        "Поддержку получил почти каждый четвёртый проект (23,5_%), "
        "средний размер гранта — около 2,4 миллиона рублей.",
        "За проектами области стоят более 210 организаций: победили 92 из них, неоднократно — 32.",
        "Больше всего побед — по теме «Имя family» (31); "
        "победители есть в 2 муниципалитетах, лидирует Имя b (5).",
    ]
    assert [
        part.figure for thesis in theses(figures, "ru")[1:] for part in thesis.parts if part.figure
    ] == [
        *("year:2019:submitted", "year:2024:submitted", "year:2024:won"),
        *("share", "average", "organisations", "winners", "repeated_winners"),
        *("theme:family:won", "municipalities", "municipality:b:won"),
    ]


def test_five_theses_are_said_of_one_year() -> None:
    figures = a_year_brief(
        submitted=97,
        won=23,
        awarded_minor=551 * MILLION // 10,
        organisations=64,
        winners=20,
        new_winners=12,
        repeated_winners=8,
        by_year=SIX_YEARS,
        by_theme=[named(key, submitted=5, won=2) for key in "abc"],
        by_municipality=[named("a", submitted=97, won=21)],
    )

    assert [without_blanks(thesis.text) for thesis in theses(figures, "ru")] == [
        "В 2023 году на конкурсы Фонда жителями области было подано 97 проектов, 23 из них стали "
        "победителями, сумма поддержки составила свыше 55 миллионов рублей.",
        "Поддержку получил почти каждый четвёртый проект (23,7_%), "
        "средний размер гранта — около 2,4 миллиона рублей.",
        "За проектами области стоят 64 организации: победили 20 из них, впервые — 12, "
        "не впервые — 8.",
        "Победы есть по 3 темам.",
        "Победители есть в 1 муниципалитете: Имя a (21).",
    ]


def test_five_theses_are_said_of_a_single_project_of_nobody_known() -> None:
    figures = a_brief(submitted=1, won=0, awarded_minor=0, organisations=0)

    assert [thesis.text for thesis in theses(figures, "ru")] == [
        "За время существования Фонда жителями области был подан 1 проект, "
        "победителем он пока не стал.",
        "Побед пока нет, но опыт подготовки заявок уже есть.",
        "Сведения об организациях, подавших проекты, уточняются.",
        "Распределение проектов по темам уточняется.",
        "Распределение проектов по муниципалитетам уточняется.",
    ]


def test_five_theses_are_said_of_a_region_that_has_not_won_yet() -> None:
    years = [YearFigures(2022, 7, 0, 0), YearFigures(2023, 5, 0, 0)]
    figures = a_brief(
        submitted=12,
        won=0,
        awarded_minor=0,
        organisations=5,
        by_year=years,
        by_theme=[named("a", submitted=6), named("b", submitted=6), named("", submitted=9)],
        by_municipality=[named("a", submitted=7), named("b", submitted=5)],
    )

    assert [thesis.text for thesis in theses(figures, "ru")[1:]] == [
        "Больше всего проектов подано в 2022 году — 7.",
        "Побед пока нет, но опыт подготовки заявок уже есть.",
        "За проектами области стоят 5 организаций.",
        "Больше всего проектов подано по темам «Имя a» и «Имя b» (6 и 6); "
        "проекты поступили из 2 муниципалитетов, больше всего — Имя a (7).",
    ]


@pytest.mark.parametrize(
    ("submitted", "won", "said"),
    [
        (11, 4, "Поддержку получили 4 проекта из 11"),
        (11, 1, "Поддержку получил 1 проект из 11"),
        (25, 21, "Поддержку получил 21 проект из 25"),
        (1, 1, "Поддержку получил единственный поданный проект"),
        (40, 40, "Поддержку получили все поданные проекты"),
        (40, 10, "Поддержку получил каждый четвёртый проект (25_%)"),
        (40, 20, "Поддержку получил каждый второй проект (50_%)"),
        (583, 137, "Поддержку получил почти каждый четвёртый проект (23,5_%)"),
        (100, 34, "Поддержку получил более чем каждый третий проект (34_%)"),
        (100, 10, "Поддержку получил каждый десятый проект (10_%)"),
        (100, 41, "Доля поддержанных проектов — 41_%"),
        (1000, 999, "Доля поддержанных проектов — 99,9_%"),
        (10_000, 9_999, "Доля поддержанных проектов — 99,9_%"),
        (583, 5, "Поддержку получили 5 проектов из более чем 580"),
        (580, 5, "Поддержку получили 5 проектов из 580"),
    ],
)
def test_a_share_is_said_so_that_it_is_true(submitted: int, won: int, said: str) -> None:
    figures = a_brief(submitted=submitted, won=won, awarded_minor=0)

    assert without_blanks(theses(figures, "ru")[1].text) == said + "."


@pytest.mark.parametrize(
    ("won", "minor", "said"),
    [
        (2, 2 * MILLION, "1 миллион рублей"),
        (2, 2 * MILLION + 2, "около 1 миллиона рублей"),
        (2, 5 * MILLION, "2,5 миллиона рублей"),
        (3, 10 * MILLION, "около 3,3 миллиона рублей"),
        (2, 42 * MILLION, "21 миллион рублей"),
        (3, 61 * MILLION, "около 20,3 миллиона рублей"),
        (2, 2 * 96_000_000, "960 тысяч рублей"),
        (2, 2 * 99_990_000, "около 1 миллиона рублей"),
        (2, 2 * 2_100_000, "21 тысяча рублей"),
        (2, 2 * 2_100_001, "около 21 тысячи рублей"),
        (2, 2 * 51_240_050, "около 512 тысяч рублей"),
        (2, 2 * 99_900, "999 рублей"),
        (2, 2 * 99_999, "около 1 тысячи рублей"),
        (2, 5, "около 0 рублей"),
        (2, 200, "1 рубль"),
    ],
)
def test_an_average_grant_is_said_with_its_rounding(won: int, minor: int, said: str) -> None:
    figures = a_brief(submitted=20, won=won, awarded_minor=minor)

    assert theses(figures, "ru")[1].text.partition("размер гранта — ")[2] == said + "."


def test_a_single_grant_has_no_average() -> None:
    figures = a_brief(submitted=20, won=1)

    assert theses(figures, "ru")[1].text == "Поддержку получил 1 проект из 20."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"submitted": 1, "organisations": 1}, "За этим проектом стоит 1 организация."),
        (
            {"organisations": 1, "winners": 1},
            "За проектами области стоит 1 организация, она среди победителей.",
        ),
        (
            {"organisations": 2, "winners": 2},
            "За проектами области стоят 2 организации: победили обе.",
        ),
        (
            {"organisations": 21, "winners": 21, "repeated_winners": 1},
            "За проектами области стоит 21 организация: победили все, неоднократно — 1.",
        ),
        (
            {"organisations": 305, "winners": 21},
            "За проектами области стоят более 300 организаций: победила 21 из них.",
        ),
        (
            {"organisations": 12, "winners": 1, "year": 2023, "new_winners": 1},
            "За проектами области стоят 12 организаций: победила 1 из них, впервые — 1.",
        ),
    ],
)
def test_organisations_agree_with_their_number(words: dict[str, int], said: str) -> None:
    figures = a_brief(**{"submitted": 400, "won": 0 if "winners" not in words else 137, **words})

    assert theses(figures, "ru")[2].text == said


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (
            [(2022, 101, 3, 0), (2023, 221, 3, 0)],
            "Активность выросла: в 2022 году подан 101 проект, в 2023 году — более 220.",
        ),
        (
            [(2023, 5, 1, 0), (2022, 7, 21, 150)],
            "Больше всего побед принёс 2022 год: победил 21 проект, "
            "сумма поддержки составила 1 рубль 50 копеек.",
        ),
        (
            [(0, 900, 99, 0), (2022, 7, 5, 0), (2023, 7, 2, 0)],
            "Больше всего побед принёс 2022 год: победили 5 проектов.",
        ),
        ([(2021, 7, 0, 0), (2022, 5, 0, 0)], "Больше всего проектов подано в 2021 году — 7."),
    ],
)
def test_years_are_compared_where_there_is_something_to_compare(
    years: list[tuple[int, int, int, int]], said: str
) -> None:
    figures = a_brief(by_year=[YearFigures(*year) for year in years])

    assert theses(figures, "ru")[1].text == said


@pytest.mark.parametrize(
    "years",
    [[], [(2022, 5, 1, 1)], [(2022, 5, 0, 0), (2023, 5, 0, 0)], [(2022, 5, 1, 0), (0, 9, 1, 0)]],
)
def test_years_that_tell_nothing_leave_their_place_to_themes_and_places(
    years: list[tuple[int, int, int, int]],
) -> None:
    figures = a_brief(by_year=[YearFigures(*year) for year in years])

    assert [thesis.text for thesis in theses(figures, "ru")[3:]] == [
        "Распределение проектов по темам уточняется.",
        "Распределение проектов по муниципалитетам уточняется.",
    ]


@pytest.mark.parametrize(
    ("themes", "places", "said"),
    [
        ([], [], "Распределение проектов по темам и муниципалитетам уточняется."),
        ([named("a", won=1)], [], "Больше всего побед — по теме «Имя a» (1)."),
        (
            [],
            [named("a", won=1), named("b", won=1), named("c", submitted=4)],
            "Победители есть в 2 муниципалитетах.",
        ),
        (
            [],
            [named(str(place), submitted=1) for place in range(21)],
            "Проекты поступили из 21 муниципалитета.",
        ),
        ([named(str(theme), submitted=1) for theme in range(21)], [], "Проекты поданы по 21 теме."),
    ],
)
def test_themes_and_places_share_the_last_thesis(
    themes: list[object], places: list[object], said: str
) -> None:
    figures = a_brief(by_year=SIX_YEARS, by_theme=themes, by_municipality=places)

    assert theses(figures, "ru")[4].text == said


def test_quotes_within_the_name_of_a_theme_are_of_the_second_kind() -> None:
    theme = NamedFigures("a", "Клуб «Исток»", "", 1, 1, 1)

    said = [theses(a_brief(by_theme=[theme]), language)[3].text for language in ("ru", "en")]

    assert said == [
        "Больше всего побед — по теме «Клуб „Исток“» (1).",
        "The most wins are in the theme “Клуб «Исток»” (1).",
    ]


counts = st.integers(0, 3000)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_region_with_a_project_has_five_whole_theses(data: st.DataObject) -> None:
    submitted = data.draw(st.integers(1, 3000))
    won = data.draw(st.integers(0, submitted))
    organisations = data.draw(st.integers(0, submitted))
    winners = data.draw(st.integers(0, min(won, organisations)))
    some = st.tuples(st.sampled_from(["", "a", "b", "c"]), counts, counts)
    groups = [
        [named(key, submitted=a + b, won=b) for key, a, b in data.draw(st.lists(some, max_size=4))]
        for _ in range(2)
    ]
    years = data.draw(st.lists(st.tuples(st.sampled_from([0, 2022, 2023]), counts), max_size=3))
    figures = a_brief(
        submitted=submitted,
        won=won,
        organisations=organisations,
        winners=winners,
        awarded_minor=data.draw(st.integers(0, 10**12)) if won else 0,
        repeated_winners=data.draw(st.integers(0, winners)),
        new_winners=winners,
        year=data.draw(st.sampled_from([None, 2022])),
        by_year=[YearFigures(year, n, n // 3, n * 100) for year, n in years],
        by_theme=groups[0],
        by_municipality=groups[1],
    )

    for language in ("ru", "en"):
        texts = [thesis.text for thesis in theses(figures, language)]

        assert len(texts) == len(set(texts)) == 5
        for text in texts:
            assert re.fullmatch(r"[А-ЯA-Z0-9].*[^ ,;:.]\.", text)
            assert not re.search(r"  |None|nan|\( | ,|\(\)", text)
