import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from sinergia.base.search.marking import marked, snippet


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Совет ветеранов", "ветераны", "Совет <mark>ветеранов</mark>"),
        ("Совет ветеранов", "ВЕТЕРАН, совет!", "<mark>Совет</mark> <mark>ветеранов</mark>"),
        ("Тёплый дом", "теплого", "<mark>Тёплый</mark> дом"),
        ("ТЕПЛЫЙ ДОМ", "тёплый", "<mark>ТЕПЛЫЙ</mark> ДОМ"),
        ("Домашний дом", "дом", "Домашний <mark>дом</mark>"),  # whole words only
        ("Фонд «Добросветье»", "добросв", "Фонд «<mark>Добросветье</mark>»"),
        ("ОГРН 1027700132195", "10277", "ОГРН <mark>1027700132195</mark>"),
        ("Онлайн-школа", "школы", "Онлайн-<mark>школа</mark>"),
        ("за\u0301мок", "замок", "<mark>за\u0301мок</mark>"),
        ("Coвет отцов", "совет", "<mark>Coвет</mark> отцов"),
        ("Совет отцов", "", "Совет отцов"),
        ("Совет отцов", "***", "Совет отцов"),
        ("", "совет", ""),
    ],
)
def test_what_was_searched_for_is_marked_in_every_form(
    text: str, typed: str, expected: str
) -> None:
    assert marked(text, typed) == expected


def test_a_text_is_escaped_before_it_is_marked() -> None:
    text = '<b>Мир</b> & "мир" <script>alert(1)</script>'

    assert marked(text, "мир script") == (
        "&lt;b&gt;<mark>Мир</mark>&lt;/b&gt; &amp; &quot;<mark>мир</mark>&quot; "
        "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"
    )


@given(text=st.text(max_size=200), typed=st.text(max_size=50))
def test_no_text_is_changed_but_by_marks(text: str, typed: str) -> None:
    shown = marked(text, typed).replace("<mark>", "").replace("</mark>", "")

    assert shown == marked(text, "")
    assert "<" not in shown


LONG = (
    "Начало рассказа о том, как всё было давно. " * 8 + "Потом пришли ветераны. " + "Конец. " * 40
)


def test_a_snippet_shows_where_the_words_stand() -> None:
    shown = snippet(LONG, "ветеран")

    assert "Потом пришли <mark>ветераны</mark>." in shown
    assert (shown[0], shown[-1]) == ("…", "…")
    assert 100 < len(shown) < 160 + len("<mark></mark>……") + 1


def test_a_snippet_takes_the_place_with_most_words() -> None:
    text = "Совет собрался. " + "Слово за словом. " * 20 + "Совет ветеранов решил."

    assert "<mark>Совет</mark> <mark>ветеранов</mark> решил." in snippet(text, "совет ветеранов")


def test_a_snippet_without_a_hit_is_the_beginning() -> None:
    assert snippet("Короткий текст", "ветеран") == "Короткий текст"
    assert snippet(LONG, "нет такого").startswith("Начало рассказа")
    assert snippet(LONG, "").endswith("…")


@given(
    text=st.lists(st.sampled_from(["совет", "<b>", "слово", "&", "ветеранов", "\n"])),
    around=st.integers(min_value=1, max_value=80),
)
def test_a_snippet_is_part_of_its_text(text: list[str], around: int) -> None:
    whole = " ".join(" ".join(text).split())

    shown = snippet(" ".join(text), "ветераны", around)

    bare = shown.replace("<mark>", "").replace("</mark>", "").strip("…")
    assert bare in marked(whole, "")


def test_a_template_marks_what_it_shows() -> None:
    template = engines["django"].from_string(
        "{% load search %}{{ name|marked:q }}|{{ name|snippet:q }}|{{ none|marked:q }}"
    )

    shown = template.render({"name": "Мир & совет", "q": "мира", "none": None})

    assert shown == "<mark>Мир</mark> &amp; совет|<mark>Мир</mark> &amp; совет|"
