"""The demo's programme of exchange: whom it names, and how many come from where."""

from sinergia.web.demo import stock

TOLD = stock.exchange()
TOWNS = {town.oktmo: town for town in stock.municipalities()}


def test_fourteen_people_from_five_towns_went_in_october() -> None:
    went = next(one for one in TOLD["visits"] if len(one["delegates"]) == 14)

    towns = [TOLD["people"][code][3] for code in went["delegates"]]

    assert len(set(towns)) == 5
    assert [str(day) for day in went["on"]] == ["2025-10-16", "2025-10-17"]
    assert {TOWNS[oktmo].region for oktmo in towns} == {"XB-YAR"}


def test_whoever_travels_is_told_of_once_and_is_from_a_town_of_the_story() -> None:
    named = [row[0] for row in TOLD["people"].values()]
    listed = {
        code
        for one in TOLD["visits"]
        for code in [*one["delegates"], *one.get("unconfirmed", []), one["lead"]]
    }

    assert len(set(named)) == len(named)
    assert listed == set(TOLD["people"])
    assert {row[3] for row in TOLD["people"].values()} <= set(TOWNS)


def test_the_visit_that_is_prepared_waits_for_two() -> None:
    ahead = [one for one in TOLD["visits"] if "days" in one]

    assert [(one["stage"], len(one["unconfirmed"])) for one in ahead] == [("approved", 2)]
