import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergia.engine.speech import (
    BriefFigures,
    Part,
    sentence,
    sentence_parts,
    theses,
)
from tests.engine.arrange import a_brief, a_year_brief, all_funds

MILLION = 100_000_000
SAID = (
    "За время существования Фонда жителями области было подано более 580 проектов, "
    "137 из них стали победителями, сумма поддержки составила свыше 325 миллионов рублей"
)


def without_blanks(text: str) -> str:
    return text.replace("\u00a0", "_")


def test_the_sentence_is_said_as_an_official_says_it() -> None:
    assert sentence(a_brief(), "ru") == SAID


def test_the_numbers_of_the_sentence_open_their_rows() -> None:
    assert [part for part in sentence_parts(a_brief(), "ru") if part.figure] == [
        Part("более 580 проектов", "submitted"),
        Part("137", "won"),
        Part("свыше 325 миллионов рублей", "awarded"),
    ]


@pytest.mark.parametrize(
    ("submitted", "said"),
    [
        (1, "был подан 1 проект,"),
        (2, "было подано 2 проекта,"),
        (3, "было подано 3 проекта,"),
        (4, "было подано 4 проекта,"),
        (5, "было подано 5 проектов,"),
        (10, "было подано 10 проектов,"),
        (11, "было подано 11 проектов,"),
        (12, "было подано 12 проектов,"),
        (14, "было подано 14 проектов,"),
        (20, "было подано 20 проектов,"),
        (21, "был подан 21 проект,"),
        (22, "было подано 22 проекта,"),
        (25, "было подано 25 проектов,"),
        (100, "было подано 100 проектов,"),
        (101, "был подан 101 проект,"),
        (102, "было подано 102 проекта,"),
        (111, "было подано 111 проектов,"),
        (112, "было подано 112 проектов,"),
        (121, "был подан 121 проект,"),
        (199, "было подано 199 проектов,"),
        (200, "было подано 200 проектов,"),
        (201, "было подано более 200 проектов,"),
        (209, "было подано более 200 проектов,"),
        (210, "было подано 210 проектов,"),
        (211, "было подано более 210 проектов,"),
        (221, "было подано более 220 проектов,"),
        (580, "было подано 580 проектов,"),
        (583, "было подано более 580 проектов,"),
        (1000, "было подано 1_000 проектов,"),
        (1001, "было подано более 1_000 проектов,"),
        (1239, "было подано более 1_230 проектов,"),
        (1_234_567, "было подано более 1_234_560 проектов,"),
    ],
)
def test_what_was_submitted_agrees_with_its_number(submitted: int, said: str) -> None:
    text = sentence(a_brief(submitted=submitted, won=0), "ru")

    assert without_blanks(text).startswith(
        f"За время существования Фонда жителями области {said} победител"
    )


@pytest.mark.parametrize(
    ("submitted", "won", "said"),
    [
        (1, 0, "победителем он пока не стал"),
        (2, 0, "победителей среди них пока нет"),
        (583, 0, "победителей среди них пока нет"),
        (1, 1, "он стал победителем, сумма"),
        (2, 2, "оба стали победителями, сумма"),
        (3, 3, "все они стали победителями, сумма"),
        (583, 583, "все они стали победителями, сумма"),
        (2, 1, "1 из них стал победителем, сумма"),
        (583, 1, "1 из них стал победителем, сумма"),
        (583, 2, "2 из них стали победителями, сумма"),
        (583, 11, "11 из них стали победителями, сумма"),
        (583, 21, "21 из них стал победителем, сумма"),
        (583, 101, "101 из них стал победителем, сумма"),
        (583, 111, "111 из них стали победителями, сумма"),
        (583, 200, "200 из них стали победителями, сумма"),
        (583, 201, "более 200 из них стали победителями, сумма"),
        (583, 240, "240 из них стали победителями, сумма"),
        (5830, 1371, "более 1_370 из них стали победителями, сумма"),
    ],
)
def test_what_won_agrees_with_its_number(submitted: int, won: int, said: str) -> None:
    text = without_blanks(sentence(a_brief(submitted=submitted, won=won), "ru"))

    assert text.partition(", ")[2].startswith(said)
    assert won > 0 or text.endswith(said)


@pytest.mark.parametrize(
    ("minor", "said"),
    [
        (1, "1 копейку"),
        (2, "2 копейки"),
        (50, "50 копеек"),
        (100, "1 рубль"),
        (101, "1 рубль 1 копейку"),
        (2_121, "21 рубль 21 копейку"),
        (300, "3 рубля"),
        (1_100, "11 рублей"),
        (50_000_000, "500_000 рублей"),
        (51_240_050, "512_400 рублей 50 копеек"),
        (51_240_100, "512_401 рубль"),
        (MILLION - 1, "999_999 рублей 99 копеек"),
        (MILLION, "1 миллион рублей"),
        (MILLION + 1, "свыше 1 миллиона рублей"),
        (2 * MILLION, "2 миллиона рублей"),
        (2 * MILLION + 1, "свыше 2 миллионов рублей"),
        (4 * MILLION, "4 миллиона рублей"),
        (5 * MILLION, "5 миллионов рублей"),
        (11 * MILLION, "11 миллионов рублей"),
        (11 * MILLION + 1, "свыше 11 миллионов рублей"),
        (21 * MILLION, "21 миллион рублей"),
        (21 * MILLION + 1, "свыше 21 миллиона рублей"),
        (22 * MILLION, "22 миллиона рублей"),
        (111 * MILLION + 5, "свыше 111 миллионов рублей"),
        (121 * MILLION + 5, "свыше 121 миллиона рублей"),
        (325 * MILLION, "325 миллионов рублей"),
        (325 * MILLION + 1, "свыше 325 миллионов рублей"),
        (1_325 * MILLION + 1, "свыше 1_325 миллионов рублей"),
        (2_001 * MILLION, "2_001 миллион рублей"),
    ],
)
def test_a_sum_is_said_in_millions_and_agrees_with_its_number(minor: int, said: str) -> None:
    text = without_blanks(sentence(a_brief(awarded_minor=minor), "ru"))

    assert text.partition(", сумма поддержки составила ")[2] == said


def test_a_sum_that_nobody_knows_is_not_said() -> None:
    assert sentence(a_brief(awarded_minor=0), "ru").endswith(
        ", 137 из них стали победителями, сведений о сумме поддержки пока нет"
    )


@pytest.mark.parametrize(
    ("currency", "minor", "said"),
    [
        ("USD", 325 * MILLION + 1, "свыше 325 миллионов долларов США"),
        ("USD", 2 * MILLION, "2 миллиона долларов США"),
        ("USD", 2_100, "21 доллар США"),
        ("USD", 150_050, "1_500,50 доллара США"),
        ("EUR", 3 * MILLION + 1, "свыше 3 миллионов евро"),
        ("EUR", 500, "5 евро"),
        ("BYN", 22 * MILLION, "22 миллиона белорусских рублей"),
        ("KZT", MILLION + 1, "свыше 1 миллиона казахских тенге"),
        ("JPY", 1_500_000, "свыше 1 миллиона японских иен"),
        ("JPY", 50_001, "50_001 японскую иену"),
        ("SEK", 2_100, "21 шведскую крону"),
        ("GBP", 100, "1 британский фунт стерлингов"),
    ],
)
def test_sums_of_other_currencies_are_named(currency: str, minor: int, said: str) -> None:
    text = without_blanks(sentence(a_brief(awarded_minor=minor, currency=currency), "ru"))

    assert text.partition(", сумма поддержки составила ")[2] == said


@pytest.mark.parametrize(
    ("kind", "residents"),
    [
        ("oblast", "жителями области"),
        ("krai", "жителями края"),
        ("republic", "жителями республики"),
        ("city", "жителями города"),
        ("okrug", "жителями автономного округа"),
        ("autonomous_oblast", "жителями автономной области"),
        ("region", "жителями региона"),
        ("a new kind", "жителями региона"),
    ],
)
def test_residents_are_of_the_kind_of_their_region(kind: str, residents: str) -> None:
    assert sentence(a_brief(region_kind=kind), "ru") == SAID.replace("жителями области", residents)


@pytest.mark.parametrize(
    ("figures", "start"),
    [
        (a_year_brief(), "В 2023 году на конкурсы Фонда жителями области было подано более 580"),
        (
            a_brief(is_whole_life=False),
            "За 2019–2024 годы на конкурсы Фонда жителями области было подано более 580",
        ),
        (
            all_funds(),
            "За 2019–2024 годы на конкурсы всех фондов жителями области было подано более 580",
        ),
        (
            all_funds(first_year=2024),
            "В 2024 году на конкурсы всех фондов жителями области было подано более 580",
        ),
        (
            all_funds(first_year=None, last_year=None),
            "На конкурсы всех фондов жителями области было подано более 580",
        ),
        (
            a_brief(is_whole_life=False, first_year=0, last_year=0),
            "На конкурсы Фонда жителями области было подано более 580",
        ),
    ],
)
def test_the_sentence_begins_with_the_period_and_the_funds(
    figures: BriefFigures, start: str
) -> None:
    assert sentence(figures, "ru") == start + SAID.partition("более 580")[2]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (
            a_brief(submitted=0, won=0),
            "За время существования Фонда жителями области пока не подано ни одного проекта",
        ),
        (
            a_year_brief(submitted=0, won=0, region_kind="krai"),
            "В 2023 году на конкурсы Фонда жителями края не было подано ни одного проекта",
        ),
        (
            all_funds(submitted=0, won=0, first_year=None, last_year=None),
            "На конкурсы всех фондов жителями области пока не подано ни одного проекта",
        ),
    ],
)
def test_a_region_that_submitted_nothing_has_its_own_sentence(
    figures: BriefFigures, said: str
) -> None:
    assert sentence(figures, "ru") == said
    assert [thesis.text for thesis in theses(figures, "ru")] == [said + "."]


@pytest.mark.parametrize(
    ("submitted", "pending", "said"),
    [
        (9, 0, "9 проектов, победителей среди них нет"),
        (9, 1, "9 проектов, победителей среди них пока нет"),
        (1, 0, "1 проект, победителем он не стал"),
        (1, 1, "1 проект, победителем он пока не стал"),
    ],
)
def test_a_decided_year_without_wins_promises_none(submitted: int, pending: int, said: str) -> None:
    figures = a_year_brief(submitted=submitted, pending=pending, won=0)

    assert sentence(figures, "ru").endswith(said)


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 100_000))
def test_a_count_is_never_overstated_and_its_noun_agrees(submitted: int) -> None:
    said = sentence(a_brief(submitted=submitted, won=0), "ru").replace("\u00a0", "")

    found = re.search(r"(был подан|было подано) (более )?(\d+) (проекта?|проектов),", said)

    assert found
    number, tail = int(found[3]), int(found[3]) % 100
    one, few = tail % 10 == 1 and tail != 11, tail % 10 in (2, 3, 4) and not 11 < tail < 15
    assert found[4] == ("проект" if one else "проекта" if few else "проектов")
    assert (found[1] == "был подан") == one
    if found[2]:
        assert submitted > 200
        assert number % 10 == 0
        assert 0 < submitted - number < 10
    else:
        assert number == submitted
        assert submitted <= 200 or submitted % 10 == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 2**53 - 1) | st.integers(1, 500).map(lambda number: number * MILLION))
def test_a_sum_is_never_overstated_and_its_noun_agrees(minor: int) -> None:
    said = sentence(a_brief(awarded_minor=minor), "ru").replace("\u00a0", "")

    found = re.search(r"составила (свыше )?(\d+) (миллион\w*) рублей$", said)

    assert bool(found) == (minor >= MILLION)
    if found:
        number, tail = int(found[2]), int(found[2]) % 100
        one, few = tail % 10 == 1 and tail != 11, tail % 10 in (2, 3, 4) and not 11 < tail < 15
        over = {True: "миллиона", False: "миллионов"}[one]
        exact = "миллион" if one else "миллиона" if few else "миллионов"
        assert found[3] == (over if found[1] else exact)
        assert (number == minor // MILLION, bool(found[1])) == (True, minor % MILLION > 0)
