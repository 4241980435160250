from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergia.engine.visiting.clock import NoSuchTime, is_shown_twice, moment_of
from sinergia.engine.visiting.conflicts import find_conflicts
from sinergia.engine.visiting.task import Finding, Item, Place, Terms
from sinergia.engine.visiting.travel import kilometres, travel_time
from tests.slowness import slowness

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2025, 10, 16)
TERMS = Terms(zone=MOSCOW, first=DAY, last=DAY + timedelta(days=1))
CENTRE = Place("svetloborsk", "mira 1", (56.0, 44.0))
SCHOOL = Place("svetloborsk", "lesnaya 7", (56.0, 44.0))
KLYON = Place("klyonovsk", "sadovaya 2", (56.5, 44.0))  # 55.6 km to the north
NOWHERE = Place("lug", "")


def at(clock: str, *, days: int = 0) -> datetime:
    return moment_of(DAY + timedelta(days=days), time.fromisoformat(clock), MOSCOW)


def an_item(key: str, begins: str, ends: str, place: Place = CENTRE, **given: object) -> Item:
    values = {"kind": "meeting", "starts_at": at(begins), "ends_at": at(ends), "place": place}
    return Item(key, **(values | given))  # type: ignore[arg-type]  # as a test names them


def codes(*items: Item, terms: Terms = TERMS) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.code, one.keys) for one in find_conflicts(items, terms)]


def test_a_sound_day_has_nothing_against_it() -> None:
    day = [
        an_item("a", "09:00", "11:00"),
        an_item("way", "11:00", "12:40", Place(), kind="transfer"),
        an_item("b", "12:40", "13:30", KLYON),
        an_item("meal", "13:30", "14:10", KLYON, kind="meal"),
        an_item("c", "14:10", "18:00", KLYON),
    ]

    assert codes(*day) == []


def test_two_sessions_at_once_are_told_with_how_long() -> None:
    found = find_conflicts([an_item("a", "09:00", "11:00"), an_item("b", "10:30", "12:00")], TERMS)

    assert found == [Finding("session.overlap", ("a", "b"), {"minutes": 30}, blocks=True)]


def test_one_session_may_begin_when_the_other_ends() -> None:
    assert codes(an_item("a", "09:00", "11:00"), an_item("b", "11:00", "12:00")) == []


def test_a_host_and_a_person_cannot_be_in_two_places() -> None:
    first = an_item("a", "09:00", "11:00", host="h", people=frozenset({"ivanova", "petrov"}))
    second = an_item(
        "b", "10:00", "12:00", KLYON, host="h", people=frozenset({"petrov", "sidorov"})
    )

    found = find_conflicts([first, second], TERMS)

    assert [(one.code, one.values.get("name")) for one in found] == [
        ("session.host_twice", None),
        ("session.overlap", None),
        ("session.person_twice", "petrov"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "minutes"),
    [
        (CENTRE, CENTRE, 0),
        (CENTRE, SCHOOL, 10),  # the least
        (CENTRE, Place("svetloborsk"), 0),  # where in the town is not said
        (CENTRE, KLYON, 87),  # 55.6 km x 1.3 at 50 km/h
        (CENTRE, Place("near", "", (56.01, 44.0)), 10),  # 1.1 km: the least, too
        (CENTRE, NOWHERE, 30),
        (CENTRE, Place(), 0),
    ],
)
def test_a_way_takes_as_long_as_its_places_are_apart(
    first: Place, second: Place, minutes: int
) -> None:
    assert travel_time(first, second, TERMS) == timedelta(minutes=minutes)


def test_a_degree_of_a_meridian_is_111_kilometres() -> None:
    assert round(kilometres((0, 0), (1, 0)), 1) == 111.2


def test_a_way_that_is_too_short_says_how_long_it_takes() -> None:
    found = find_conflicts(
        [an_item("a", "09:00", "11:00"), an_item("b", "11:30", "12:00", KLYON)], TERMS
    )

    values = {"needed": 87, "left": 30}
    assert found == [Finding("session.short_way", ("a", "b"), values, blocks=False)]


def test_a_meal_without_a_place_takes_its_time_from_the_way() -> None:
    first, last = an_item("a", "09:00", "11:00"), an_item("b", "12:30", "13:00", KLYON)
    meal = an_item("m", "11:00", "11:30", Place(), kind="meal")

    assert codes(first, last) == []
    assert codes(first, meal, last) == [("session.short_way", ("a", "b"))]


def test_more_than_five_hours_without_a_break_are_told_of_the_session_in_which_they_pass() -> None:
    first, last = an_item("a", "09:00", "12:00"), an_item("b", "12:00", "14:01")
    short = an_item("s", "11:00", "11:19", kind="break")

    assert codes(first, an_item("b", "12:00", "14:00")) == []
    assert codes(first, last) == [("session.no_break", ("a", "b"))]
    assert ("session.no_break", ("a", "b")) in codes(first, short, last)
    assert (
        codes(
            an_item("a", "09:00", "12:00"),
            an_item("s", "12:00", "12:20", kind="break"),
            an_item("b", "12:20", "17:00"),
        )
        == []
    ), "twenty minutes are enough"


def test_an_empty_hour_is_a_break_by_itself() -> None:
    first = an_item("a", "09:00", "12:00")

    assert codes(first, an_item("b", "13:00", "17:00")) == []
    assert codes(first, an_item("b", "12:59", "17:00")) == [("session.no_break", ("a", "b"))]


def test_sessions_belong_to_the_days_of_the_visit() -> None:
    early = an_item(
        "a", "09:00", "10:00", starts_at=at("09:00", days=-1), ends_at=at("10:00", days=-1)
    )
    late = an_item(
        "b", "09:00", "10:00", starts_at=at("09:00", days=2), ends_at=at("10:00", days=2)
    )

    assert codes(early, late) == [("session.outside", ("a",)), ("session.outside", ("b",))]
    assert codes(early, late, terms=Terms(zone=MOSCOW)) == [], "without days there is no outside"


def test_a_session_over_midnight_is_a_slip_and_a_night_on_the_train_is_none() -> None:
    meeting = an_item("a", "23:00", "23:30", ends_at=at("01:00", days=1))
    train = an_item("b", "23:00", "23:30", Place(), kind="transfer", ends_at=at("01:00", days=1))
    until_midnight = an_item("c", "23:00", "23:30", ends_at=at("00:00", days=1))

    told = {
        one.key: [(f.code, f.blocks) for f in find_conflicts([one], TERMS)]
        for one in (meeting, train, until_midnight)
    }

    assert told == {
        "a": [("session.midnight", True)],
        "b": [("session.midnight", False)],
        "c": [],
    }


def test_what_ends_before_it_begins_is_told_and_no_more() -> None:
    assert codes(an_item("a", "10:00", "09:00"), an_item("b", "09:30", "11:00")) == [
        ("session.backwards", ("a",))
    ]


def test_a_town_of_another_zone_is_told_with_both_times() -> None:
    samara = Place("samara", "mira 1", None, "Europe/Samara")

    found = find_conflicts([an_item("a", "09:00", "10:00", samara)], TERMS)

    values = {"here": "09:00", "there": "10:00"}
    assert found == [Finding("session.other_zone", ("a",), values, blocks=False)]


def test_a_time_that_the_clocks_jump_over_is_no_time() -> None:
    with pytest.raises(NoSuchTime):
        moment_of(date(2026, 3, 29), time(2, 30), BERLIN)

    assert moment_of(date(2026, 3, 29), time(3, 0), BERLIN) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_time_that_is_shown_twice_is_the_first_of_the_two_and_is_told() -> None:
    twice = moment_of(date(2026, 10, 25), time(2, 30), BERLIN)
    item = Item("a", "meeting", twice, twice + timedelta(hours=2))

    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert (is_shown_twice(twice, BERLIN), is_shown_twice(twice, MOSCOW)) == (True, False)
    assert codes(item, terms=Terms(zone=BERLIN)) == [("session.shown_twice", ("a",))]


# Against brute force by minutes.

PLACES = [Place(), CENTRE, SCHOOL, KLYON, NOWHERE, Place("svetloborsk")]
BEGIN = at("07:00")


@st.composite
def some_items(draw: st.DrawFn) -> list[Item]:
    found = []
    for number in range(draw(st.integers(0, 7))):
        starts_at = BEGIN + timedelta(minutes=5 * draw(st.integers(0, 150)))
        lasts = draw(st.sampled_from([1, 10, 19, 20, 45, 60, 120, 301]))
        found.append(
            Item(
                f"{number}",
                draw(st.sampled_from(["meeting", "meeting", "meal", "break", "transfer"])),
                starts_at,
                starts_at + timedelta(minutes=lasts),
                host=draw(st.sampled_from(["", "h", "g"])),
                people=draw(st.frozensets(st.sampled_from(["p", "q"]))),
                place=draw(st.sampled_from(PLACES)),
            )
        )
    return found


def minutes_of(item: Item) -> set[int]:
    first = (item.starts_at - BEGIN) // timedelta(minutes=1)
    return set(range(first, first + (item.ends_at - item.starts_at) // timedelta(minutes=1)))


def overlaps_by_minutes(items: list[Item]) -> set[tuple[str, frozenset[str], object]]:
    found: set[tuple[str, frozenset[str], object]] = set()
    for one in items:
        for two in items:
            common = minutes_of(one) & minutes_of(two)
            if one.key >= two.key or not common:
                continue
            keys = frozenset({one.key, two.key})
            found.add(("session.overlap", keys, len(common)))
            if one.place != two.place:
                if one.host and one.host == two.host:
                    found.add(("session.host_twice", keys, None))
                found |= {("session.person_twice", keys, name) for name in one.people & two.people}
    return found


def short_ways_by_minutes(items: list[Item]) -> set[tuple[str, frozenset[str], object]]:
    found: set[tuple[str, frozenset[str], object]] = set()
    placed_items = [one for one in items if one.kind != "transfer" and one.place.is_known]
    loose = [one for one in items if one.kind != "transfer" and not one.place.is_known]
    taken = set().union(*map(minutes_of, loose)) if loose else set()
    for two in placed_items:
        begin, left = min(minutes_of(two)), 0
        for minute in range(begin, -1, -1):
            ended = [one for one in placed_items if max(minutes_of(one)) + 1 == minute]
            if ended:
                one = max(ended, key=lambda item: (item.starts_at, item.key))
                needed = travel_time(one.place, two.place, TERMS) // timedelta(minutes=1)
                if needed > left:
                    found.add(("session.short_way", frozenset({one.key, two.key}), needed))
                break
            left += (minute - 1) not in taken
    return found


def stretches_by_minutes(items: list[Item]) -> list[int]:
    if not items:
        return []
    busy = set().union(*map(minutes_of, items))
    rests = [one for one in items if one.kind in ("meal", "break") and len(minutes_of(one)) >= 20]
    rest = set().union(*map(minutes_of, rests)) if rests else set()
    empty: list[int] = []
    for minute in range(min(busy), max(busy) + 1):
        if minute not in busy:
            empty.append(minute)
            continue
        rest |= set(empty) if len(empty) >= 60 else set()
        empty = []
    found, run = [], 0
    for minute in range(min(busy), max(busy) + 2):
        if minute in rest or minute > max(busy):
            found += [run] if run > 300 else []
            run = 0
        else:
            run += 1
    return found


@settings(max_examples=150, deadline=None)
@given(some_items())
def test_conflicts_are_those_that_somebody_finds_who_goes_minute_by_minute(
    items: list[Item],
) -> None:
    found = find_conflicts(items, TERMS)

    clashes = ("session.overlap", "session.host_twice", "session.person_twice")
    told = {
        (one.code, frozenset(one.keys), one.values.get("minutes", one.values.get("name")))
        for one in found
        if one.code in clashes
    }
    ways = {
        (one.code, frozenset(one.keys), one.values["needed"])
        for one in found
        if one.code == "session.short_way"
    }
    stretches = [one.values["minutes"] for one in found if one.code == "session.no_break"]
    assert told == overlaps_by_minutes(items)
    assert ways == short_ways_by_minutes(items)
    assert stretches == stretches_by_minutes(items)


@settings(max_examples=50, deadline=None)
@given(some_items(), st.randoms())
def test_the_order_in_which_sessions_are_given_changes_nothing(
    items: list[Item], chance: object
) -> None:
    mixed = list(items)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # a Random of Hypothesis

    assert find_conflicts(mixed, TERMS) == find_conflicts(items, TERMS)


def test_two_hundred_sessions_are_looked_through_at_once() -> None:
    items = [
        Item(
            f"{number:03}",
            "meeting",
            BEGIN + timedelta(minutes=30 * number),
            BEGIN + timedelta(minutes=30 * number + 40),
            host=f"{number % 7}",
            place=PLACES[number % len(PLACES)],
        )
        for number in range(200)
    ]

    began = perf_counter()
    find_conflicts(items, TERMS)

    assert perf_counter() - began < 0.2 * slowness()  # 50 ms on an idle machine
