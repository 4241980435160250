"""Outlines in degrees become paths on a sheet."""

from hypothesis import given
from hypothesis import strategies as st

from sinergia.engine.drawing import (
    DOT,
    LONGEST_SIDE,
    MARGIN,
    Polygon,
    Projection,
    Spot,
    area,
    draw,
    find_room,
    path_of,
    simplify,
)


def box(west: float, south: float, east: float, north: float) -> Polygon:
    return [[(west, south), (east, south), (east, north), (west, north), (west, south)]]


def points_of(path: str) -> list[Spot]:
    """Read one ring back from what `path_of` wrote."""
    start, _, steps = path.removeprefix("M").removesuffix("z").partition("l")
    x, y = map(int, start.split())
    numbers = [int(number) for number in steps.replace("-", " -").split()]
    spots = [(x, y)]
    for across, down in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + across, y + down
        spots.append((x, y))
    return spots


def test_a_sheet_is_filled_and_north_is_above() -> None:
    drawing = draw({"south": [box(30, 50, 40, 55)], "north": [box(30, 55, 40, 60)]})

    assert max(drawing.width / LONGEST_SIDE[0], drawing.height / LONGEST_SIDE[1]) == 1
    assert drawing.outlines["north"].label_y < drawing.outlines["south"].label_y
    spots = [spot for each in drawing.outlines.values() for spot in points_of(each.path)]
    assert min(x for x, _ in spots) == min(y for _, y in spots) == MARGIN
    assert max(x for x, _ in spots) == drawing.width - MARGIN
    assert max(y for _, y in spots) == drawing.height - MARGIN


def test_the_same_outlines_are_drawn_the_same() -> None:
    places = {"a": [box(30, 50, 40, 55)], "b": [box(40, 50, 41, 51)]}

    assert draw(places) == draw(places)


def test_neighbours_keep_their_common_border() -> None:
    border = [(35 + 0.013 * (step % 7), 50 + step / 10) for step in range(101)]
    west = [[(30.0, 50.0), *border, (30.0, 60.0), (30.0, 50.0)]]
    east = [[(40.0, 60.0), *reversed(border), (40.0, 50.0), (40.0, 60.0)]]

    drawing = draw({"west": [west], "east": [east]})

    ours, theirs = (set(points_of(each.path)) for each in drawing.outlines.values())
    assert len(ours) == len(ours & theirs) + 2
    assert len(theirs) == len(ours & theirs) + 2


def test_a_place_beyond_the_180th_meridian_lies_in_the_east() -> None:
    drawing = draw({"west": [box(20, 50, 30, 60)], "far east": [box(170, 60, 191, 70)]})

    assert drawing.outlines["west"].label_x < drawing.outlines["far east"].label_x


def test_a_country_on_both_sides_of_the_180th_meridian_is_not_torn_apart() -> None:
    places = {"a": [box(160, 60, 180, 70)], "b": [box(-180, 60, -170, 70)]}

    drawing = draw(places)

    assert drawing.outlines["a"].label_x < drawing.outlines["b"].label_x


def test_a_place_too_small_to_see_gets_a_mark() -> None:
    drawing = draw({"large": [box(20, 40, 120, 70)], "town": [box(60, 55, 60.01, 55.01)]})

    town = drawing.outlines["town"]
    spots = points_of(town.path)
    assert len(spots) == 4
    assert {abs(x - town.label_x) + abs(y - town.label_y) for x, y in spots} == {DOT}


def test_islands_too_small_to_see_are_left_out_beside_a_larger_one() -> None:
    drawing = draw({"land": [box(20, 40, 120, 70), box(130, 55, 130.01, 55.01)]})

    assert drawing.outlines["land"].path.count("z") == 1


def test_a_hole_stays_empty_and_holds_no_label() -> None:
    ring, hole = box(20, 40, 60, 70)[0], box(25, 42, 55, 68)[0]

    drawing = draw({"around": [[ring, hole]], "inside": [[hole]]})

    path, _, inner = drawing.outlines["around"].path.partition("z")
    assert area(points_of(path)) > 0 > area(points_of(inner))
    around = drawing.outlines["around"]
    label = (around.label_x, around.label_y)
    across, down = zip(*points_of(inner), strict=True)
    assert not (min(across) < label[0] < max(across) and min(down) < label[1] < max(down))


def test_the_equator_and_the_south_are_drawn_upright_too() -> None:
    for south in (-60, -5):
        drawing = draw(
            {"low": [box(10, south, 20, south + 5)], "up": [box(10, south + 5, 20, south + 10)]}
        )

        assert drawing.outlines["up"].label_y < drawing.outlines["low"].label_y


def test_a_point_lies_where_the_manual_of_the_projection_puts_it() -> None:
    # Snyder's example of the sphere, page 291: parallels 29.5 and 45.5, longitude 96 west upright.
    projection = Projection.around([(-117.0, 25.5), (-75.0, 49.5)])

    (x, y), (_, origin) = projection.flat((-75.0, 35.0)), projection.flat((-96.0, 23.0))

    assert (round(x, 7), round(origin - y, 7)) == (0.2952720, 0.2416774)


def test_straight_points_repeats_and_spikes_are_left_out() -> None:
    ring = [(0, 0), (0, 0), (5, 0), (10, 0), (10, 10), (10, 30), (10, 10), (0, 10), (0, 5), (0, 0)]

    assert simplify(ring) == [(0, 0), (10, 0), (10, 10), (0, 10)]


spots = st.tuples(st.integers(0, 640), st.integers(0, 640))


crowded = st.tuples(st.integers(0, 3), st.integers(0, 3))  # where much is straight


@given(st.lists(crowded, max_size=12) | st.lists(spots, max_size=40))
def test_simplifying_keeps_the_area_and_leaves_nothing_to_simplify(ring: list[Spot]) -> None:
    simple = simplify(ring)

    assert (area(simple) if simple else 0) == (area(ring) if ring else 0)
    assert simplify(simple) == simple


@given(st.lists(spots, min_size=2, max_size=40))
def test_a_path_says_every_point(ring: list[Spot]) -> None:
    assert points_of(path_of(ring)) == ring


def test_a_label_stands_where_there_is_most_room() -> None:
    wide_foot = [(0, 0), (10, 0), (10, 80), (100, 80), (100, 160), (0, 160)]

    x, y = find_room([wide_foot])

    assert 30 <= x <= 70
    assert 110 <= y <= 130
