"""Practices of the demo: whole, of different sureness, and of organisations that are there."""

from sinergia.engine.practice import Document, missing_in, read_practice
from sinergia.packs.practices import lists
from sinergia.web.commands.practising import texts_of
from sinergia.web.demo import stock

TOLD = stock.practices()
HOSTS = {one.brand for one in stock.cast().known if one.is_host}


def read(place: int) -> Document:
    texts = texts_of(TOLD[place]) | {"theme": "known"}
    return read_practice(texts, currency="RUB")


def test_whoever_hosts_the_visit_shows_two_practices_each() -> None:
    shown = [one["brand"] for one in TOLD if one["state"] == "published"]

    assert {brand: shown.count(brand) for brand in HOSTS} == dict.fromkeys(HOSTS, 2)
    assert sorted(one["state"] for one in TOLD if one["state"] != "published") == [
        "checked",
        "draft",
    ]


def test_cards_that_are_published_lack_nothing_and_every_number_is_read() -> None:
    for place, told in enumerate(TOLD):
        found = missing_in(read(place), files={})
        assert told["state"] == "draft" or list(found.card) == [], told["texts"]["title"]
        assert list(read(place).faults) == []


def test_they_are_of_every_sureness_ripeness_and_cost() -> None:
    shown = [place for place, one in enumerate(TOLD) if one["state"] == "published"]
    most = lists().authors_most
    evidence = {TOLD[at].get("evidence") or min(read(at).evidence, most) for at in shown}

    assert evidence == {0, 1, 2, 3, 4}
    assert {read(at).maturity for at in shown} == {1, 2, 3, 4}
    assert {TOLD[at]["region"] for at in shown} == {"XA-SVB", "XB-YAR"}
    assert min(read(at).start_minor or 0 for at in shown) == 0


def test_a_level_above_what_authors_may_claim_has_its_ground() -> None:
    assert [one for one in TOLD if one.get("evidence") and not one.get("ground")] == []


def test_themes_are_those_of_the_region_and_remarks_are_answered() -> None:
    for one in TOLD:
        known = {code for code, _name, _english in stock.themes()[one["region"]].themes}
        assert one["theme"] in known
        assert one.get("remarks", {}).keys() == one.get("answers", {}).keys()


def test_a_second_text_is_younger_than_the_first() -> None:
    for one in TOLD:
        assert one.get("second", {"days": one["days"]})["days"] <= one["days"]
