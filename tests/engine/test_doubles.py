from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.doubles import (
    LARGEST_BLOCK,
    Suspicion,
    Traits,
    are_akin,
    brand_of,
    compare,
    core_of,
    suspect,
)

STEP = Traits(
    1, "ано «полтора шага»", region=7, town=70, site="poltora.example", ogrn="1027700132195"
)


def test_a_name_is_its_words_without_the_legal_form() -> None:
    assert core_of("автономная некоммерческая организация «полтора шага»") == "полтора шага"
    assert core_of("«шага, полтора» ано") == core_of("полтора шага")
    assert brand_of("фонд помощи детям «старая верста»") == "старая верста"
    assert brand_of("союз матерей") == ""


@pytest.mark.parametrize(
    ("one", "other", "akin"),
    [
        ("Дом, который построила Анна", "АНО «ДОМ 1»", True),
        ("АНО «Полтора шага»", "Шаг навстречу", False),
        ("Фонд «Василёк»", "Фонд «Ромашка»", False),
        ("Клуб матерей и отцов", "Центр помощи детям и семье", False),
        ("Школа 5", "Гимназия 5", False),
        ("АНО «Мы»", "Автономная некоммерческая организация «МЫ»", True),
        ("РОО «Союз»", "Региональная общественная организация «СОЮЗ»", True),
        ("РОО «Союз»", "РОО «Центр»", False),
        ("Фонд", "Союз", False),
        ("", "Фонд «Ромашка»", False),
    ],
)
def test_names_are_akin_by_a_word_that_tells_one_body_from_another(
    one: str, other: str, akin: bool
) -> None:
    assert are_akin([one], [other]) is akin
    assert are_akin([other], [one]) is akin


def test_the_same_name_in_the_same_region_is_suspected_with_its_reasons() -> None:
    hand = Traits(2, "полтора шага", region=7)

    assert suspect([STEP, hand]) == [Suspicion(1, 2, ("name", "region"), 60)]


def test_the_same_name_elsewhere_is_another_organisation() -> None:
    assert suspect([STEP, Traits(2, "полтора шага", region=8)]) == []


def test_two_verified_numbers_are_two_organisations_whatever_they_are_called() -> None:
    other = replace(STEP, row=2, ogrn="1037739010891")

    assert compare(STEP, other).likeness == 59
    assert suspect([STEP, other]) == []
    assert suspect([STEP, replace(other, ogrn="")]) != []


def test_two_numbers_of_taxpayers_are_two_organisations_too() -> None:
    one = replace(STEP, ogrn="", inn="7707083893")
    other = replace(one, row=2, inn="7728168971")

    assert suspect([one, other]) == []
    assert suspect([one, replace(other, inn="")]) != []


def test_what_is_not_known_of_either_is_nothing_in_common() -> None:
    one, other = Traits(1, "полтора шага"), Traits(2, "полтора шага")

    assert compare(one, other) == Suspicion(1, 2, ("name",), 45)


def test_a_common_site_or_telephone_makes_one_look() -> None:
    hand = Traits(2, "шаг за шагом", region=7, town=70, site="poltora.example")
    called = Traits(3, "иначе", region=7, town=70, reach=frozenset({"9000000001"}))

    assert [one.reasons for one in suspect([STEP, hand])] == [("site", "town", "region")]
    again = replace(called, row=4, name="третье")
    assert [one.reasons for one in suspect([called, again])] == [("reach", "town", "region")]


def test_what_is_quoted_in_one_may_be_the_whole_name_of_the_other() -> None:
    full = replace(STEP, name="ано поддержки семей «полтора шага»", site="")
    hand = Traits(2, "полтора шага", region=7, town=70)

    assert suspect([full, hand]) == [Suspicion(1, 2, ("brand", "town", "region"), 60)]
    assert suspect([full, replace(hand, town=71)]) == []


def test_a_former_name_is_a_name() -> None:
    renamed = Traits(2, "новое имя", region=7, others=("полтора шага",))

    assert [one.reasons for one in suspect([STEP, renamed])] == [("name", "region")]


def test_a_name_that_too_many_bear_is_no_suspicion() -> None:
    rows = [Traits(row, "совет ветеранов", region=7) for row in range(1, LARGEST_BLOCK + 2)]

    assert suspect(rows) == []
    assert suspect(rows[:2]) != []


def test_only_what_is_new_is_compared_when_asked_so() -> None:
    rows = [replace(STEP, row=row, ogrn="") for row in (1, 2, 3)]

    found = suspect(rows, only=frozenset({3}))

    assert {(one.first, one.second) for one in found} == {(1, 3), (2, 3)}


ROWS = st.builds(
    Traits,
    row=st.integers(1, 10**6),
    name=st.sampled_from(["полтора шага", "ано «полтора шага»", "фонд «сказка»", "союз", ""]),
    region=st.integers(0, 2),
    town=st.integers(0, 2),
    site=st.sampled_from(["", "a.example", "b.example"]),
    ogrn=st.sampled_from(["", "1027700132195", "1037739010891"]),
    inn=st.sampled_from(["", "7707083893"]),
)


@given(st.lists(ROWS, max_size=8, unique_by=lambda row: row.row), st.randoms())
def test_neither_the_order_of_rows_nor_of_the_two_matters(
    rows: list[Traits], chance: object
) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis's own random

    assert suspect(mixed) == suspect(rows)
    assert all(one.first < one.second for one in suspect(rows))
    for one in rows:
        for other in rows:
            assert compare(one, other) == compare(other, one)
