"""Outlines of places on one sheet: projected, fitted, simplified, written as SVG paths. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin, sqrt
from typing import Generic, TypeAlias, TypeVar

Key = TypeVar("Key")

Degrees: TypeAlias = tuple[float, float]  # longitude, latitude
Polygon: TypeAlias = Sequence[Sequence[Degrees]]  # the outer ring, then holes
Point: TypeAlias = tuple[float, float]
Spot: TypeAlias = tuple[int, int]

LONGEST_SIDE = (640, 800)  # width and height of a sheet at most, in its units
MARGIN = 4  # so that the line of the outermost border is not cut
SMALLEST_SIDE = 3  # islands and holes smaller than this are not drawn
DOT = 3  # half a side of the mark of a place too small to have an outline
SCAN_LINES = 24
HALF_TURN = 180.0


@dataclass(frozen=True)
class Outline:
    """One place. path: the `d` of an SVG path; label: where its number fits best."""

    path: str
    label_x: int
    label_y: int


@dataclass(frozen=True)
class Drawing(Generic[Key]):
    """A sheet of `width` by `height` units with an outline for each place."""

    width: int
    height: int
    outlines: dict[Key, Outline]


def draw(places: Mapping[Key, Sequence[Polygon]]) -> Drawing[Key]:
    """Draw places, each given by its polygons in degrees, so that they fill one sheet.

    Points are rounded before anything is left out, so neighbours keep their common border.
    Longitudes beyond 180 are kept as they are; those of a country on both sides of the
    180th meridian are laid side by side.
    """
    degrees = [point for polygons in places.values() for point in _points(polygons)]
    projection = Projection.around(degrees)
    flat = {
        key: [[[projection.flat(point) for point in ring] for ring in polygon] for polygon in drawn]
        for key, drawn in places.items()
    }
    frame = Frame.of([point for polygons in flat.values() for point in _points(polygons)])
    return Drawing(
        frame.width,
        frame.height,
        {key: _outline(polygons, frame) for key, polygons in flat.items()},
    )


def _points(polygons: Iterable[Polygon]) -> Iterable[Point]:
    return (point for polygon in polygons for ring in polygon for point in ring)


@dataclass(frozen=True)
class Projection:
    """Albers' equal-area conic with the standard parallels a sixth from the edges.

    Source: J. P. Snyder, Map Projections: A Working Manual (USGS 1395), equations 14-1 to 14-6.
    """

    middle: float  # longitude that stands upright, degrees
    is_wrapped: bool  # western longitudes continue beyond 180
    cone: float
    constant: float

    @classmethod
    def around(cls, points: Sequence[Degrees]) -> "Projection":
        """Choose the projection for a set of points."""
        longitudes = [longitude for longitude, _ in points]
        wrapped = [_eastern(longitude) for longitude in longitudes]
        is_wrapped = _span(longitudes) > HALF_TURN and _span(wrapped) < _span(longitudes)
        used = wrapped if is_wrapped else longitudes
        latitudes = [latitude for _, latitude in points]
        south, north = min(latitudes), max(latitudes)
        first, second = (radians(south + (north - south) * part) for part in (1 / 6, 5 / 6))
        cone = (sin(first) + sin(second)) / 2
        if abs(cone) < 0.01:  # at the equator the cone opens into a cylinder
            cone = 0.01
        constant = cos(first) ** 2 + 2 * cone * sin(first)
        return cls((min(used) + max(used)) / 2, is_wrapped, cone, constant)

    def flat(self, point: Degrees) -> Point:
        """Lay a point on the plane: x to the east, y to the south, in radii of the earth."""
        longitude = _eastern(point[0]) if self.is_wrapped else point[0]
        radius = self._radius(radians(point[1]))
        turn = self.cone * radians(longitude - self.middle)
        return radius * sin(turn), radius * cos(turn)

    def _radius(self, latitude: float) -> float:
        return sqrt(max(0.0, self.constant - 2 * self.cone * sin(latitude))) / self.cone


def _eastern(longitude: float) -> float:
    return longitude + 2 * HALF_TURN if longitude < 0 else longitude


def _span(numbers: Sequence[float]) -> float:
    return max(numbers) - min(numbers)


@dataclass(frozen=True)
class Frame:
    """How the plane is fitted into the sheet."""

    left: float
    top: float
    scale: float  # units of the sheet in one of the plane
    width: int
    height: int

    @classmethod
    def of(cls, points: Sequence[Point]) -> "Frame":
        """Fit points into the largest sheet they fill."""
        across, down = [x for x, _ in points], [y for _, y in points]
        wide, high = LONGEST_SIDE[0] - 2 * MARGIN, LONGEST_SIDE[1] - 2 * MARGIN
        spans = (max(_span(across), 1e-9), max(_span(down), 1e-9))
        scale = min(wide / spans[0], high / spans[1])
        sides = [round(span * scale) + 2 * MARGIN for span in spans]
        return cls(min(across), min(down), scale, sides[0], sides[1])

    def spot(self, point: Point) -> Spot:
        """Place a point on the sheet."""
        x, y = (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale
        return round(x) + MARGIN, round(y) + MARGIN


def _outline(polygons: Sequence[Polygon], frame: Frame) -> Outline:
    """Draw one place: its large rings, or a mark where even the largest is too small."""
    rounded = [
        [simplify([frame.spot(point) for point in ring]) for ring in polygon]
        for polygon in polygons
    ]
    kept = [polygon for polygon in rounded if polygon and is_visible(polygon[0])]
    if not kept:
        return _mark([frame.spot(point) for point in _points(polygons)])
    rings = [
        _turned(ring, is_hole=place > 0)
        for polygon in kept
        for place, ring in enumerate(polygon)
        if is_visible(ring)
    ]
    largest = max(kept, key=lambda polygon: abs(area(polygon[0])))
    label = find_room([ring for ring in largest if is_visible(ring)])
    return Outline("".join(map(path_of, rings)), *label)


def _mark(spots: Sequence[Spot]) -> Outline:
    x = round(sum(x for x, _ in spots) / len(spots))
    y = round(sum(y for _, y in spots) / len(spots))
    corners = [(x - DOT, y), (x, y - DOT), (x + DOT, y), (x, y + DOT)]
    return Outline(path_of(corners), x, y)


def simplify(ring: Sequence[Spot]) -> list[Spot]:
    """Leave out what cannot be seen: repeated points, points on a straight line, spikes.

    What is left depends on a point's neighbours only where they lie on one line, so a border
    that two places share is simplified alike in both.
    """
    kept: list[Spot] = []
    for spot in ring:
        if kept and spot == kept[-1]:
            continue
        while len(kept) > 1 and _is_straight(kept[-2], kept[-1], spot):
            kept.pop()
        if not kept or spot != kept[-1]:
            kept.append(spot)
    return _closed(kept)


def _closed(spots: list[Spot]) -> list[Spot]:
    """Do the same at the seam, where the last point meets the first."""
    while len(spots) > 1:
        if spots[0] == spots[-1] or _is_straight(spots[-2], spots[-1], spots[0]):
            spots.pop()
        elif _is_straight(spots[-1], spots[0], spots[1]):
            spots.pop(0)
        else:
            break
    return spots


def _is_straight(before: Spot, spot: Spot, after: Spot) -> bool:
    there = (spot[0] - before[0], spot[1] - before[1])
    back = (after[0] - spot[0], after[1] - spot[1])
    return there[0] * back[1] == there[1] * back[0]


def is_visible(ring: Sequence[Spot]) -> bool:
    """Whether a ring encloses anything that a reader could see."""
    if len(ring) < 3 or not area(ring):
        return False
    across, down = [x for x, _ in ring], [y for _, y in ring]
    return max(max(across) - min(across), max(down) - min(down)) >= SMALLEST_SIDE


def area(ring: Sequence[Spot]) -> float:
    """The area of a ring; positive where it runs clockwise on the screen."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs) / 2


def _turned(ring: Sequence[Spot], *, is_hole: bool) -> Sequence[Spot]:
    """Holes run the other way round, so that they stay empty under either fill rule."""
    return ring if (area(ring) < 0) == is_hole else list(reversed(ring))


def path_of(ring: Sequence[Spot]) -> str:
    """Write a ring as a closed SVG path in the fewest signs: steps from point to point."""
    (x, y), *others = ring
    steps = []
    for next_x, next_y in others:
        down = next_y - y
        steps.append(f"{next_x - x}{down}" if down < 0 else f"{next_x - x} {down}")
        x, y = next_x, next_y
    joined = steps[0] + "".join(step if step[0] == "-" else f" {step}" for step in steps[1:])
    return f"M{ring[0][0]} {ring[0][1]}l{joined}z"


def find_room(rings: Sequence[Sequence[Spot]]) -> Spot:
    """Find where a number fits into the outer ring beside its holes: the roomiest of some lines.

    Each line across is cut by the border into pieces; the middle of a piece is as roomy as
    the nearest border is far.
    """
    down = [y for _, y in rings[0]]
    top, bottom = min(down), max(down)
    lines = [top + (bottom - top) * (line + 0.5) / SCAN_LINES for line in range(SCAN_LINES)]
    x, y = max(
        (middle for line in lines for middle in _middles(rings, line)),
        key=lambda middle: min(_distance(ring, middle) for ring in rings),
    )
    return round(x), round(y)


def _middles(rings: Sequence[Sequence[Spot]], y: float) -> Iterable[Point]:
    crossings = sorted(_crossings(rings, y))
    for left, right in zip(crossings[::2], crossings[1::2], strict=True):
        yield (left + right) / 2, y


def _crossings(rings: Sequence[Sequence[Spot]], y: float) -> Iterable[float]:
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y):
                yield x1 + (y - y1) * (x2 - x1) / (y2 - y1)


def _distance(ring: Sequence[Spot], point: Point) -> float:
    """How far the nearest side of a ring is."""
    sides = zip(ring, [*ring[1:], ring[0]], strict=True)
    return min(_to_side(start, end, point) for start, end in sides)


def _to_side(start: Spot, end: Spot, point: Point) -> float:
    along = (end[0] - start[0], end[1] - start[1])
    away = (point[0] - start[0], point[1] - start[1])
    share = (away[0] * along[0] + away[1] * along[1]) / (along[0] ** 2 + along[1] ** 2)
    share = min(1.0, max(0.0, share))
    return hypot(away[0] - share * along[0], away[1] - share * along[1])
