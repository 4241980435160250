"""A budget is cut line by line, never below nought and never above what was asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.cutting import Cut, cut
from sinergia.engine.refusal import Refused

LINES = {"a": 100, "b": 50}


def refused(left: dict[str, int], whole: int | None = None) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refusal:
        cut(LINES, left, whole_minor=whole)
    return [(gap.code, gap.path) for gap in refusal.value.gaps]


def test_what_is_left_names_what_is_cut() -> None:
    assert cut(LINES, {"a": 70, "b": 50}) == Cut(120, {"a": 30})
    assert cut(LINES, {"b": 0}) == Cut(100, {"b": 50})
    assert cut(LINES, {}, whole_minor=150) == Cut(150, {})


def test_every_wrong_line_is_told_at_once() -> None:
    assert refused({"a": -1, "b": 51, "c": 1}) == [
        ("cut.unknown_line", "c"),
        ("cut.below_zero", "a"),
        ("cut.above_line", "b"),
    ]


def test_nothing_cut_nothing_left_and_another_sum_are_refused() -> None:
    assert refused({}) == [("cut.nothing", "")]
    assert refused({"a": 0, "b": 0}) == [("cut.nothing_left", "")]
    assert refused({"a": 70}, 121) == [("cut.other_sum", "")]


@given(left=st.dictionaries(st.sampled_from("ab"), st.integers(-10, 110), max_size=2))
def test_the_rest_is_between_nothing_and_what_was_asked(left: dict[str, int]) -> None:
    try:
        done = cut(LINES, left)
    except Refused:
        return
    assert 0 < done.sum_minor < 150
    assert all(0 < minor <= LINES[name] for name, minor in done.cuts.items())
