from datetime import timedelta

from sinergia.engine.visiting.changes import changes_between
from sinergia.engine.visiting.coverage import Offer, coverage
from sinergia.engine.visiting.moving import Slot, placed, reordered, shifted
from tests.engine.test_visiting import CENTRE, KLYON, NOWHERE, an_item, at


def test_a_wish_that_nobody_serves_comes_first_with_those_who_could() -> None:
    items = [an_item("a", "09:00", "10:00", host="host", themes=frozenset({"children"}))]
    wishes = {"care": ["Anna", "Boris"], "children": ["Vera"], "sport": ["Anna"]}
    offers = [
        Offer("host", "Host", "care", CENTRE, shows=True),  # is in the programme already
        Offer("far", "Far", "care", KLYON),
        Offer("near", "Near", "care", CENTRE),
        Offer("shows", "Shows", "care", KLYON, shows=True),
        Offer("shows", "Shows", "care", KLYON),
        Offer("unknown", "Unknown", "care", NOWHERE),
        Offer("other", "Other", "children", CENTRE),
    ]

    found = coverage(items, wishes, offers, most=3)

    told = [(one.theme, one.is_missing, one.sessions) for one in found]
    assert told == [("care", True, ()), ("sport", True, ()), ("children", False, ("a",))]
    assert [offer.key for offer in found[0].could] == ["shows", "near", "far"]
    assert found[2].could == (), "what is served needs nobody else"


def a_slot(key: str, begins: str, ends: str) -> Slot:
    return Slot(key, at(begins), at(ends))


def test_a_session_moved_in_its_day_leaves_the_pauses_where_they_are() -> None:
    day = [
        a_slot("a", "09:00", "10:30"),
        a_slot("b", "10:45", "11:15"),
        a_slot("c", "11:30", "12:00"),
    ]

    assert reordered(day, "b", "a") == {
        "b": (at("09:00"), at("09:30")),
        "a": (at("09:45"), at("11:15")),
    }
    assert reordered(day, "a", "") == {
        "b": (at("09:00"), at("09:30")),
        "c": (at("09:45"), at("10:15")),
        "a": (at("10:30"), at("12:00")),
    }
    assert reordered(day, "b", "b") == reordered(day, "b", "c") == {}


def test_a_session_from_another_day_begins_where_the_one_above_ends() -> None:
    day, hour = [a_slot("a", "09:00", "10:30"), a_slot("b", "10:45", "11:15")], timedelta(hours=1)

    assert placed(day, hour, "") == at("11:15")
    assert placed(day, hour, "b") == at("10:30")
    assert placed(day, hour, "a") == at("08:00")
    assert placed([], hour, "") is None


def test_all_of_them_may_be_later_by_the_same_time() -> None:
    assert shifted([a_slot("a", "09:00", "10:30")], timedelta(minutes=-15)) == {
        "a": (at("08:45"), at("10:15"))
    }


def test_changes_say_what_is_new_gone_moved_and_otherwise_changed() -> None:
    before = {
        "a": {"title": "A", "starts_at": "1", "host": "x"},
        "b": {"title": "B", "starts_at": "2", "host": "x"},
        "c": {"title": "C", "starts_at": "3", "host": "y"},
        "d": {"title": "D", "starts_at": "4"},
    }
    after = {
        "a": {"title": "A", "starts_at": "5", "host": "x"},
        "c": {"title": "C", "starts_at": "3", "host": "z"},
        "d": {"title": "D", "starts_at": "4"},
        "e": {"title": "E", "starts_at": "0"},
    }

    found = changes_between(before, after)

    told = [(one.key, one.kind, [field.name for field in one.fields]) for one in found]
    assert told == [
        ("e", "new", []),
        ("b", "gone", []),
        ("c", "changed", ["host"]),
        ("a", "moved", ["starts_at"]),
    ]
    assert [one.key for one in found if "x" in one.hosts] == ["b", "a"]
    assert [one.key for one in found if "y" in one.hosts] == ["c"]
    assert changes_between(before, before) == []
