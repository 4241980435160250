"""The drawn map is a map: closed shapes that do not cross, fit each other and hold their seats."""

import json
from collections import Counter
from functools import cache
from itertools import combinations, pairwise

import pytest

from sinergia.web.demo.geometry import Json
from sinergia.web.demo.partition import Site, bend, cells_of
from sinergia.web.demo.story import tell

Point = tuple[float, float]
Ring = list[Point]
REGIONS = ("XA-SVB", "XB-YAR")


@cache
def rings(seed: int) -> tuple[dict[str, Ring], dict[str, dict[str, Ring]]]:
    geometry = tell(seed).geometry
    towns = {region: rings_of(geometry.municipalities[region]) for region in REGIONS}
    return rings_of(geometry.regions), towns


def rings_of(collection: Json) -> dict[str, Ring]:
    read = json.loads(json.dumps(collection))
    assert read["type"] == "FeatureCollection"
    return {
        feature["id"]: [(x, y) for x, y in feature["geometry"]["coordinates"][0]]
        for feature in read["features"]
    }


def area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def is_left(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def do_cross(first: tuple[Point, Point], second: tuple[Point, Point]) -> bool:
    (a, b), (c, d) = first, second
    if {a, b} & {c, d}:
        return False
    return is_left(a, c, d) != is_left(b, c, d) and is_left(a, b, c) != is_left(a, b, d)


def holds(ring: Ring, point: Point) -> bool:
    x, y = point
    crossings = [
        a
        for a, b in pairwise(ring)
        if (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
    ]
    return len(crossings) % 2 == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_shape_is_closed_counter_clockwise_and_does_not_cross_itself(seed: int) -> None:
    outlines, towns = rings(seed)

    for ring in [
        *outlines.values(),
        *(ring for found in towns.values() for ring in found.values()),
    ]:
        assert ring[0] == ring[-1]
        assert area(ring) > 0
        assert len(set(ring)) == len(ring) - 1
        sides = list(pairwise(ring))
        assert not any(do_cross(*pair) for pair in combinations(sides, 2))


def test_municipalities_have_as_many_points_as_a_map_needs() -> None:
    _, towns = rings(1)

    counts = [len(ring) for found in towns.values() for ring in found.values()]

    assert 30 <= min(counts) <= max(counts) <= 80


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_neighbours_share_their_border_and_the_rest_is_the_outline(seed: int) -> None:
    outlines, towns = rings(seed)

    for region, outline in outlines.items():
        sides = Counter(side for ring in towns[region].values() for side in pairwise(ring))
        assert set(sides.values()) == {1}
        alone = {(a, b) for a, b in sides if (b, a) not in sides}
        assert alone == set(pairwise(outline))
        assert sum(map(area, towns[region].values())) == pytest.approx(area(outline))


def test_the_two_regions_lie_side_by_side() -> None:
    outlines, _ = rings(1)

    first, second = (set(pairwise(outlines[region])) for region in REGIONS)

    shared = {(a, b) for a, b in first if (b, a) in second}
    assert len(shared) > 30
    assert not any(do_cross(one, other) for one in first for other in second)


def test_each_seat_lies_in_its_municipality() -> None:
    demo = tell(1)
    _, towns = rings(1)

    for town in demo.municipalities:
        seat = (town.longitude, town.latitude)
        around = [oktmo for oktmo, ring in towns[town.region].items() if holds(ring, seat)]
        assert around == [town.oktmo]


def test_a_border_is_one_line_walked_both_ways() -> None:
    sites = [Site(0, 0), Site(10, 0), Site(5, 9), Site(5, -9), Site(-9, 1), Site(20, 2)]
    cells = cells_of(sites, first=len(sites))

    here = next(edge for edge in cells[0] if edge.beyond == 1)
    there = next(edge for edge in cells[1] if edge.beyond == 0)

    forward = bend(here, 0, seed=1, step=1, sway=0.1)
    back = bend(there, 1, seed=1, step=1, sway=0.1)
    assert (here.start, here.end) == (there.end, there.start)
    assert [*forward, here.end] == [*back, there.end][::-1]
    assert cells[5] == []
