"""Names of places find their place or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.spelling import (
    find_meant,
    full_name,
    kind_of,
    municipality_key,
    spelling_key,
    spelling_keys,
)

KNOWN = {
    "калужская": "KLU",
    "московская": "MOS",
    "москва": "MOW",
    "саха якутия": "SA",
    "саха": "SA",
    "якутия": "SA",
    "чувашская": "CU",
    "чувашия": "CU",
    "ненецкий": "NEN",
    "ненецкий ямало": "YAN",
    "кемеровская": "KEM",
    "алтай": "AL",
    "алтайский": "ALT",
    "77": "MOW",
}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Калужская область", "KLU"),
        ("КАЛУЖСКАЯ ОБЛАСТЬ", "KLU"),
        ("калужская  обл.", "KLU"),
        (" Калужская\u00a0обл\u00a0", "KLU"),
        ("г.Москва", "MOW"),
        ("город федерального значения Москва", "MOW"),
        ("Москва (город)", "MOW"),
        ("РФ, Московская обл.", "MOS"),
        ("Саха (Республика) (Якутия)", "SA"),
        ("Республика Саха /Якутия/", "SA"),
        ("Чувашская Республика-Чувашия", "CU"),
        ("Чувашская Республика — Чувашия", "CU"),
        ("Кемеровская область — Кузбасс", "KEM"),
        ("Ямало–Ненецкий автономный округ", "YAN"),
        ("Ненецкий АО", "NEN"),
        ("Алтай (Республика)", "AL"),
        ("Калужская область, г. Обнинск", "KLU"),
        ("регион 77", "MOW"),
    ],
)
def test_a_known_region_is_found_however_it_is_written(text: str, meant: str) -> None:
    assert find_meant(text, {}, KNOWN) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "—",
        "область",
        "Тмутараканская область",
        "Калуга",
        "Москва и Московская область",
        "Москва, Московская область",
        "Архангельская область и Ненецкий АО",
        "Заморье (Калужская)",
        "Северо-Чувашская",
    ],
)
def test_what_is_unknown_or_may_mean_two_finds_nothing(text: str) -> None:
    assert find_meant(text, {}, KNOWN) is None


def test_a_full_name_fits_only_as_a_whole() -> None:
    names = {"moscow": "MOW", "moscow oblast": "MOS"}

    texts = ("Moscow", "Moscow Oblast", "Moscow Krai", "Moscow (City)")

    assert [find_meant(text, names, {}) for text in texts] == ["MOW", "MOS", None, None]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Республика Саха (Якутия)", ["саха якутия", "саха", "якутия"]),
        ("Кемеровская область — Кузбасс", ["кемеровская кузбасс", "кемеровская", "кузбасс"]),
        ("г Санкт-Петербург", ["петербург санкт"]),
        ("Кабардино-Балкарская Республика", ["балкарская кабардино"]),
        ("Республика", []),
    ],
)
def test_a_name_is_kept_under_its_whole_and_its_parts(name: str, keys: list[str]) -> None:
    assert spelling_keys(name) == keys


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = spelling_key(text)

    assert spelling_key(key) == key


@given(st.text())
def test_a_text_is_found_under_each_of_its_keys(text: str) -> None:
    keys = spelling_keys(text)

    assert all(find_meant(key, {}, {key: "here"}) == "here" for key in keys)


@pytest.mark.parametrize(
    ("name", "kind_word", "whole"),
    [
        ("Калужская", "обл", "Калужская область"),
        ("Адыгея", "Респ", "Республика Адыгея"),
        ("Чеченская", "Респ", "Чеченская Республика"),
        ("Чувашская Республика", "Чувашия", "Чувашская Республика"),
        ("Саха /Якутия/", "Респ", "Республика Саха (Якутия)"),
        ("Северная Осетия - Алания", "Респ", "Республика Северная Осетия — Алания"),
        ("Кемеровская область - Кузбасс", "обл", "Кемеровская область — Кузбасс"),
        (
            "Ханты-Мансийский Автономный округ - Югра",
            "АО",
            "Ханты-Мансийский автономный округ — Югра",
        ),
        ("Еврейская", "Аобл", "Еврейская автономная область"),
        ("Пермский", "край", "Пермский край"),
        ("Москва", "г", "Москва"),
    ],
)
def test_short_names_are_written_out(name: str, kind_word: str, whole: str) -> None:
    assert full_name(name, kind_word) == whole


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Калужская область", "oblast"),
        ("Пермский край", "krai"),
        ("Республика Коми", "republic"),
        ("г. Москва", "city"),
        ("Ненецкий автономный округ", "okrug"),
        ("Еврейская автономная область", "autonomous_oblast"),
        ("Нигде", "region"),
    ],
)
def test_a_name_says_what_a_region_is(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    "text",
    ["Обнинск", "г. Обнинск", "ГОРОД ОБНИНСК", "городской округ «Обнинск»", "МО г.о. Обнинск"],
)
def test_a_municipality_has_one_key_with_and_without_its_kind(text: str) -> None:
    assert municipality_key(text) == "обнинск"
