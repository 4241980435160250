"""Rows are united by their numbers; what cannot be told is nobody's guess."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergia.engine.uniting import Found, Pair, Register, Uniting

NOTHING = Register({}, {}, {})


def owners(pairs: list[Pair], register: Register = NOTHING) -> list[Found | None]:
    """Who each row speaks of."""
    uniting = Uniting(pairs, register)
    return [uniting.owner_of(*pair) for pair in pairs]


def new(ogrn: str, inn: str) -> Found:
    """An organisation the register does not know."""
    return Found(None, ogrn, inn)


def test_either_number_alone_finds_the_organisation_that_has_both() -> None:
    assert owners([("o1", "i1"), ("o1", ""), ("", "i1")]) == [new("o1", "i1")] * 3


def test_numbers_alone_are_organisations_of_their_own() -> None:
    assert owners([("o1", ""), ("", "i2")]) == [new("o1", ""), new("", "i2")]


def test_a_row_that_crosses_two_organisations_waits_alone() -> None:
    pairs = [("o1", "i1"), ("o2", "i2"), ("o1", "i2")]

    assert owners(pairs) == [new("o1", "i1"), new("o2", "i2"), None]


def test_the_pair_met_more_often_holds_and_the_odd_one_waits() -> None:
    pairs = [("o1", "i1"), ("o1", "i1"), ("o1", "i9")]

    assert owners(pairs) == [new("o1", "i1"), new("o1", "i1"), None]


def test_where_two_pairings_are_equally_good_all_their_rows_wait() -> None:
    assert owners([("o1", "i1"), ("o1", "i2"), ("o1", ""), ("", "i1")]) == [None] * 4


def test_the_register_stands_above_the_file() -> None:
    register = Register({"o1": 7}, {"i1": 7}, {7: ("o1", "i1")})
    known = Found(7, "o1", "i1")
    pairs = [("o1", "i9"), ("o1", "i9"), ("o1", ""), ("", "i1"), ("o1", "i1")]

    assert owners(pairs, register) == [None, None, known, known, known]


def test_two_known_organisations_are_never_joined_by_a_file() -> None:
    register = Register({"o1": 1}, {"i2": 2}, {1: ("o1", ""), 2: ("", "i2")})

    assert owners([("o1", "i2")], register) == [None]


@pytest.mark.parametrize("missing", ["ogrn", "inn"])
def test_a_file_gives_a_known_organisation_the_number_it_lacks(missing: str) -> None:
    held = ("o1", "") if missing == "inn" else ("", "i1")
    register = Register({"o1": 1} if held[0] else {}, {"i1": 1} if held[1] else {}, {1: held})

    assert owners([("o1", "i1"), ("o1", "")], register) == [Found(1, "o1", "i1")] * 2


def test_a_large_knot_keeps_what_is_plain_in_it() -> None:
    pairs = [("o0", "i0")] * 9 + [(f"o{n}", "i0") for n in range(1, 20)]

    found = owners(pairs)

    assert found[:9] == [new("o0", "i0")] * 9
    assert found[9:] == [None] * 19


pair = st.tuples(st.sampled_from(["", "o1", "o2", "o3"]), st.sampled_from(["", "i1", "i2", "i3"]))


@settings(max_examples=150, deadline=None)
@given(st.lists(pair.filter(any), max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_rows_plays_no_part(pairs: list[Pair], chance: object) -> None:
    mixed = list(pairs)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis types it as object

    said = dict(zip(pairs, owners(pairs), strict=True))
    assert dict(zip(mixed, owners(mixed), strict=True)) == said


@settings(max_examples=150, deadline=None)
@given(st.lists(pair.filter(any), max_size=9))
def test_no_number_belongs_to_two_organisations(pairs: list[Pair]) -> None:
    found = {owner for owner in owners(pairs) if owner is not None}

    for place in ("ogrn", "inn"):
        held = [getattr(owner, place) for owner in found if getattr(owner, place)]
        assert len(held) == len(set(held))
