"""How long the way from one place to another takes."""

from datetime import timedelta
from math import asin, ceil, cos, radians, sin, sqrt

from sinergia.engine.visiting.task import Place, Terms

EARTH_KM = 6371.0  # mean radius
MINUTE = timedelta(minutes=1)


def kilometres(first: tuple[float, float], second: tuple[float, float]) -> float:
    """The straight line between two points, by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = ((radians(a), radians(b)) for a, b in (first, second))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def travel_time(first: Place, second: Place, terms: Terms) -> timedelta:
    """The way in whole minutes; none where the place is the same, or nothing is known of one."""
    if not (first.is_known and second.is_known):
        return timedelta(0)
    if first.town == second.town:
        is_same = first.address == second.address or not (first.address and second.address)
        return timedelta(0) if is_same else terms.least
    if first.point is None or second.point is None:
        return terms.unknown
    road = kilometres(first.point, second.point) * terms.detour
    return max(terms.least, ceil(road / terms.speed_kmh * 60) * MINUTE)
