"""Part a plane among points: a power diagram whose borders are shared to the last digit.

A power diagram is Voronoi's with weights (F. Aurenhammer, 1987): a point belongs to the site of
the least squared distance less the site's weight, so a town may take little ground among
districts. Cells are convex; a corner where three cells meet is computed from the three sites in
one order, whoever asks, and an edge is bent once for both of its neighbours.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from random import Random

Point = tuple[float, float]
_SPAN = 5_000.0  # half a side of the square in which cells are cut out
_OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class Site:
    """Who claims ground: kilometres east and north, and a weight in square kilometres."""

    x: float
    y: float
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Edge:
    """One side of a cell, counter-clockwise: who is beyond it, and its two ends."""

    beyond: int
    start: Point
    end: Point


def cells_of(sites: list[Site], *, first: int) -> list[list[Edge]]:
    """Cut out the cells of the `first` sites; one that runs on for ever is given empty."""
    return [_cell(sites, own) for own in range(first)]


def bend(edge: Edge, own: int, *, seed: int, step: float, sway: float) -> list[Point]:
    """Draw an edge as rivers and old field bounds run; all its points but the last.

    step: kilometres, the longest straight piece; sway: share of a piece's length by which its
    middle may move aside. The same edge seen from the other cell is the same line backwards.
    """
    low, high = sorted((edge.start, edge.end))
    chance = Random(f"{seed}:{min(own, edge.beyond)}:{max(own, edge.beyond)}")  # noqa: S311
    line = [*_broken(low, high, chance, step=step, sway=sway), high]
    return line[:-1] if edge.start == low else line[:0:-1]


def _broken(start: Point, end: Point, chance: Random, *, step: float, sway: float) -> list[Point]:
    """Move the middle aside and do so with both halves, until the pieces are short."""
    east, north = end[0] - start[0], end[1] - start[1]
    if hypot(east, north) <= step:
        return [start]
    along, aside = chance.uniform(0.4, 0.6), chance.uniform(-sway, sway)
    middle = (start[0] + along * east - aside * north, start[1] + along * north + aside * east)
    first = _broken(start, middle, chance, step=step, sway=sway)
    return first + _broken(middle, end, chance, step=step, sway=sway)


def _cell(sites: list[Site], own: int) -> list[Edge]:
    square = [(-_SPAN, -_SPAN), (_SPAN, -_SPAN), (_SPAN, _SPAN), (-_SPAN, _SPAN)]
    corners: list[tuple[Point, int]] = [(corner, _OUTSIDE) for corner in square]
    for other in range(len(sites)):
        if other != own:
            corners = _cut(corners, sites[own], sites[other], other)
    beyond = [tag for _, tag in corners]
    if not beyond or _OUTSIDE in beyond:
        return []
    # Walking round, the corner before edge k lies where the cell meets neighbours k-1 and k.
    before = [beyond[-1], *beyond[:-1]]
    exact = [_meeting(sites, own, left, right) for left, right in zip(before, beyond, strict=True)]
    return [
        Edge(tag, start, end)
        for tag, (start, end) in zip(beyond, pairwise([*exact, exact[0]]), strict=True)
    ]


def _cut(
    corners: list[tuple[Point, int]], own: Site, other: Site, tag: int
) -> list[tuple[Point, int]]:
    """Keep what is nearer to `own`; the new side is marked with `tag`.

    corners: each with the mark of the side that begins there.
    """
    kept: list[tuple[Point, int]] = []
    for (start, mark), (end, _) in pairwise([*corners, *corners[:1]]):
        here, there = _excess(start, own, other), _excess(end, own, other)
        if here <= 0:
            kept.append((start, mark))
        if (here <= 0) != (there <= 0):
            share = here / (here - there)
            crossing = (
                start[0] + share * (end[0] - start[0]),
                start[1] + share * (end[1] - start[1]),
            )
            kept.append((crossing, tag if here <= 0 else mark))
    return kept


def _excess(point: Point, own: Site, other: Site) -> float:
    """How much further the point is from `own` than from `other`, in square kilometres."""
    return _power(point, own) - _power(point, other)


def _power(point: Point, site: Site) -> float:
    return (point[0] - site.x) ** 2 + (point[1] - site.y) ** 2 - site.weight


def _meeting(sites: list[Site], *three: int) -> Point:
    """Find where three cells meet: equal powers, two linear equations."""
    first, second, third = (sites[index] for index in sorted(three))
    a, b = 2 * (second.x - first.x), 2 * (second.y - first.y)
    c, d = 2 * (third.x - first.x), 2 * (third.y - first.y)
    e = _power((0.0, 0.0), second) - _power((0.0, 0.0), first)
    f = _power((0.0, 0.0), third) - _power((0.0, 0.0), first)
    whole = a * d - b * c
    return ((e * d - b * f) / whole, (a * f - e * c) / whole)
