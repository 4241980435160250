"""A name is found in a text in whatever case; initials and common words are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.naming import names_any, repeats_any

FULL = "Яровая Татьяна Ивановна"
SURNAMES = ("Яров", "Серебренников", "Дорохов", "Савраск", "Чибисов", "Крутояров")
ENDINGS = ("а", "ой", "у", "ым", "ому", "е", "ы", "")


@pytest.mark.parametrize(
    "text",
    [
        "Яровая Т. И. показала смету",
        "Спасибо Яровой!",
        "вместе с ЯРОВОЮ",
        "Татьяне Ивановне вручили письмо",
        "Делегацию вела Татьяна Ивановна Яровая.",
    ],
)
def test_a_name_is_found_in_any_case(text: str) -> None:
    assert names_any(text, [FULL])


@pytest.mark.parametrize(
    "text", ["", "Татьяна показала смету", "Ивановна", "яровизация полей", "И. Т.", "Ярмарка"]
)
def test_what_names_somebody_else_or_nobody_is_left(text: str) -> None:
    assert not names_any(text, [FULL])


def test_a_short_name_an_initial_and_an_empty_one() -> None:
    assert names_any("Anna Smith's words", ["Anna Smith"])
    assert names_any("сказал Ли", ["Ли Ю. В."])
    assert not names_any("слива и липа", ["Ли Ю. В."])
    assert not names_any("Т. И. сказала", ["Т. И."])
    assert not names_any("что угодно", ["", "—"])


@given(st.sampled_from(SURNAMES), st.sampled_from(ENDINGS), st.text(max_size=40))
def test_a_surname_is_found_between_any_words(stem: str, ending: str, around: str) -> None:
    text = f"{around} {stem}{ending} {around}"

    assert names_any(text, [f"{stem}а Ольга Петровна"])


def test_words_of_another_are_found_whatever_signs_stand_between() -> None:
    assert repeats_any("Она сказала: «нам ОБЕЩАЛИ — больше»!", ["Нам обещали больше."])
    assert not repeats_any("Нам обещали", ["Нам обещали больше", "", "…"])
