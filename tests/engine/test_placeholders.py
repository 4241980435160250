import pytest

from sinergia.engine.placeholders import filled, unknown_places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Для {name}: {название}, { Name }", []),
        ("Для {имя}, {имя} и {sum}", ["имя", "sum"]),
        ("{}", [""]),
        ("{name.__class__} {0} {name!r}", ["name.__class__", "0", "name!r"]),
        ("{нет\nконца} } {", []),
        ("", []),
    ],
)
def test_only_known_names_may_stand_in_braces(text: str, expected: list[str]) -> None:
    assert unknown_places(text) == expected


def test_the_name_is_put_in_as_it_is_and_nothing_else_is_touched() -> None:
    text = "{name}, {название}: 100% {sum} {"

    assert filled(text, ["АНО «{name}» \\1"]) == "АНО «{name}» \\1, АНО «{name}» \\1: 100% {sum} {"
    assert filled("Для {name}.", ["А", "Б"]) == "Для А, Б."
