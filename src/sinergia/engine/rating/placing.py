"""Places by rating."""

from collections.abc import Iterable, Mapping
from decimal import Decimal


def rank(ratings: Mapping[str, Decimal], *, is_lower_better: bool = False) -> dict[str, int]:
    """Places from 1, best first; equals share the smallest, and the next follows after them all.

    The order of what is given does not matter: among equals the name decides who stands first.
    """
    sign = 1 if is_lower_better else -1
    ordered = sorted(ratings, key=lambda name: (sign * ratings[name], name))
    places: dict[str, int] = {}
    for at, name in enumerate(ordered, start=1):
        before = ordered[at - 2] if at > 1 else ""
        is_equal = at > 1 and ratings[before] == ratings[name]
        places[name] = places[before] if is_equal else at
    return places


def places_of(ordered: Iterable[Decimal | None]) -> list[int]:
    """Places from 1 of ratings that stand in their order; equals share the smallest."""
    places: list[int] = []
    before: Decimal | None = None
    for at, rating in enumerate(ordered, start=1):
        is_equal = at > 1 and rating == before
        places.append(places[-1] if is_equal else at)
        before = rating
    return places
