import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergia.engine.text import clean, clean_line, fold, words_of


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", ""),
        ("Фонд «Исток»", "Фонд «Исток»"),
        ("Фонд\x00 «Исток»\x07", "Фонд «Исток»"),
        ("\ufeffФонд", "Фонд"),
        ("раз\r\nдва\rтри\x0bчетыре\u2028пять", "раз\nдва\nтри\nчетыре\nпять"),
        ("раз\tдва", "раз\tдва"),
        ("и\u0306", "й"),
        ("\u202eдноФ", "дноФ"),
        ("поло\ud800вина", "половина"),
        ("семья 👩\u200d👧", "семья 👩\u200d👧"),
    ],
)
def test_a_text_keeps_its_lines_and_loses_what_cannot_be_seen(written: str, kept: str) -> None:
    assert clean(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Фонд \u00a0\u202f\u2009 «Исток»\t\n", "Фонд «Исток»"),
        ("Фо\u200bнд \u200b «Ис\u00adток»", "Фонд «Исток»"),
        ("раз\r\n\r\nдва", "раз два"),
        ("\u200b\ufeff \u3000", ""),
    ],
)
def test_a_line_has_single_spaces_and_none_at_its_ends(written: str, kept: str) -> None:
    assert clean_line(written) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Орёл", "ОРЕЛ"),
        ("Йошкар-Ола", "и\u0306ошкар-ола"),
        ("за\u0301мок", "Замок"),
        ("Straße", "STRASSE"),
        ("АНО\u00a0 «Ёлка»", "ано «елка»"),
        ("ёлка", "е\u0308лка"),
    ],
)
def test_spellings_that_read_the_same_fold_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_letters_stay_different() -> None:
    assert [fold(word) for word in ("Май", "Маи", "ель", "эль")] == ["май", "маи", "ель", "эль"]


def test_words_are_letters_and_digits_only() -> None:
    assert words_of("АНО «Полтора шага»_2: Ёлка-2024, № 15/3") == [
        *("ано", "полтора", "шага", "2", "елка", "2024", "15", "3")
    ]


PLAIN = [chr(code) for code in (*range(0x20, 0x7F), *range(0x410, 0x450))] + list("Ёё«»№–—…“”„’")


def test_the_short_way_finds_the_words_that_the_long_way_finds() -> None:
    """A text with a sign that is not plain goes the long way."""
    for sign in PLAIN:
        text = f"один{sign}два {sign}"
        assert words_of(text) == words_of(f"{text} ·"), sign


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters()))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    for way in (clean, clean_line, fold):
        once = way(text)

        assert way(once) == once
        assert unicodedata.is_normalized("NFC", once)
        once.encode()


@settings(max_examples=50, deadline=None)
@given(st.text("абвёйЁЙ aB\u0301\u0308\u0306\u200b\u00a0\n"))
def test_case_and_form_do_not_matter_to_the_folded_twin(text: str) -> None:
    twins = {fold(text.upper()), fold(text.lower()), fold(unicodedata.normalize("NFD", text))}

    assert twins == {fold(text)}
