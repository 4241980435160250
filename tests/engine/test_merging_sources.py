"""Three words about one thing: what a source said, what it says, what stands."""

from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.merging import Conflict, compare

FIELDS = ("name", "site", "region")
WORDS = st.sampled_from(["", "а", "б", "в"])
SAID = st.fixed_dictionaries(dict.fromkeys(FIELDS, WORDS))
NAMES = st.sets(st.sampled_from(FIELDS))


@given(before=SAID, now=SAID, ours=SAID, loose=NAMES, held=NAMES)
def test_the_second_time_changes_nothing(
    before: dict[str, str], now: dict[str, str], ours: dict[str, str], loose: set[str],
    held: set[str],
) -> None:  # fmt: skip
    first = compare(before, now, ours, loose=loose, held=held)

    again = compare(before | now, now, ours | first.taken, loose=loose, held=held)

    assert (again.taken, again.conflicts) == ({}, [])


@given(before=SAID, ours=SAID, loose=NAMES)
def test_silence_never_erases(
    before: dict[str, str], ours: dict[str, str], loose: set[str]
) -> None:
    outcome = compare(before, dict.fromkeys(FIELDS, ""), ours, loose=loose)

    assert (outcome.taken, outcome.conflicts, outcome.agreed) == ({}, [], frozenset())


@given(before=SAID, now=SAID, ours=SAID, held=NAMES)
def test_only_a_blank_or_the_source_s_own_word_is_written_over(
    before: dict[str, str], now: dict[str, str], ours: dict[str, str], held: set[str]
) -> None:
    outcome = compare(before, now, ours, held=held)

    assert all(ours[name] in ("", before[name]) for name in outcome.taken)
    assert all(ours[name] == "" for name in outcome.taken.keys() & held)


@given(before=SAID, now=SAID, ours=SAID, loose=NAMES, held=NAMES)
def test_every_field_is_taken_asked_agreed_or_no_news(
    before: dict[str, str], now: dict[str, str], ours: dict[str, str], loose: set[str],
    held: set[str],
) -> None:  # fmt: skip
    outcome = compare(before, now, ours, loose=loose, held=held)

    asked = {one.field for one in outcome.conflicts}
    for name in FIELDS:
        places = [name in outcome.taken, name in asked, name in outcome.agreed]
        is_silent = now[name] == "" or (now[name] == before[name] and now[name] != ours[name])
        assert sum(places) == (0 if is_silent else 1)


def test_a_value_that_nobody_vouches_for_is_written_over_and_a_held_one_is_asked() -> None:
    now, ours = {"name": "Дом", "region": "Б"}, {"name": "дом у реки", "region": "А"}

    outcome = compare({}, now, ours, loose={"name", "region"}, held={"region"})

    assert outcome.taken == {"name": "Дом"}
    assert outcome.conflicts == [Conflict("region", "А", "Б")]


def test_likeness_is_told_by_signs() -> None:
    outcome = compare({}, {"name": "ДОМ"}, {"name": "дом"}, sign=lambda _, value: value.casefold())

    assert outcome.agreed == {"name"}
