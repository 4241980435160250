from dataclasses import dataclass
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergia.base.asking import ListFilter, key_text, one_of

KEY = "0b9f7c1e-5a0d-4c3e-9d55-2f6a1f0f8a11"


@dataclass(frozen=True)
class RowFilter(ListFilter):
    q: str = ""
    state: str = "live"


@given(st.text(), st.sampled_from(["", "live", "closed"]))
def test_an_address_says_what_is_asked_and_nothing_else(q: str, state: str) -> None:
    asked = RowFilter(q, state)

    said = {
        name: value[0] for name, value in parse_qs(asked.to_query(), strict_parsing=False).items()
    }

    assert said == asked.values == {k: v for k, v in (("q", q), ("state", state)) if v}


def test_something_else_is_asked_in_the_address_or_in_the_filter() -> None:
    asked = RowFilter("двор")

    assert asked.to_query(q="", sort="-sum") == "state=live&sort=-sum"
    assert asked.with_(state="closed") == RowFilter("двор", "closed")


@pytest.mark.parametrize(
    ("text", "key"),
    [(KEY, KEY), (KEY.upper(), KEY), (KEY.replace("-", ""), KEY), ("none", "none"), ("junk", "")],
)
def test_a_key_of_an_address_is_a_key_or_a_word_that_may_stand_there(text: str, key: str) -> None:
    assert key_text(text, "none") == key


def test_what_is_not_known_is_not_asked() -> None:
    assert (one_of("live", ("live",)), one_of("dead", ("live",))) == ("live", "")
