"""Places by rating."""

from collections.abc import Iterable, Mapping
from decimal import Decimal


def rank(ratings: Mapping[str, Decimal], *, is_lower_better: bool = False) -> dict[str, int]:
    """Places from 1, best first; equals share the smallest, and the next follows after them all.

    The order of what is given does not matter: among equals the name decides who stands first.
    """
    ordered = sorted(sorted(ratings), key=ratings.__getitem__, reverse=not is_lower_better)
    first: dict[Decimal, int] = {}
    for at, name in enumerate(ordered, start=1):
        first.setdefault(ratings[name], at)
    return {name: first[ratings[name]] for name in ordered}


def places_of(ordered: Iterable[Decimal | None]) -> list[int]:
    """Places from 1 of ratings that stand in their order; equals share the smallest."""
    places: list[int] = []
    before: Decimal | None = None
    for at, rating in enumerate(ordered, start=1):
        is_equal = at > 1 and rating == before
        places.append(places[-1] if is_equal else at)
        before = rating
    return places
