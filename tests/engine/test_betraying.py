"""Open fields that tell whose an application is."""

import pytest

from sinergia.base.search.words import lemma_of
from sinergia.engine.betraying import keys_of, named_in_open

KEYS = keys_of(["АНО «Тёплый двор»", "Тёплый двор", "ОНФ"], ["Незабудкина Вера Львовна"], lemma_of)


def test_short_names_tell_nobody_from_others() -> None:
    assert KEYS == [("теплый", "двор"), ("незабудкин",)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Команда «Тёплого двора» знает соседей.", "теплого двора"),
        ("Вместе с Незабудкиной мы…", "незабудкиной"),
        ("Пишите Незабудкину!", "незабудкину"),
        ("Двор тёплый, соседи рядом.", ""),
        ("Незабудки на клумбе.", ""),
        ("", ""),
    ],
)
def test_a_name_is_found_in_whatever_case_it_stands(text: str, words: str) -> None:
    found = named_in_open({"problem": text}, KEYS, lemma_of)

    assert found == ({"problem": words} if words else {})
