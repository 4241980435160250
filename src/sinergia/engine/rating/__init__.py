"""From experts' scores to ratings, places, and who gets how much: exact, in any order of rows."""

from sinergia.engine.rating.counting import closest, days_left, that_count
from sinergia.engine.rating.diverging import Call, Read, further_needed, spread
from sinergia.engine.rating.placing import places_of, rank
from sinergia.engine.rating.scores import Mark, Rated, half_up, rate, rating_of
from sinergia.engine.rating.selecting import Candidate, Placed, Selection, order, select

__all__ = [
    "Call",
    "Candidate",
    "Mark",
    "Placed",
    "Rated",
    "Read",
    "Selection",
    "closest",
    "days_left",
    "further_needed",
    "half_up",
    "order",
    "places_of",
    "rank",
    "rate",
    "rating_of",
    "select",
    "spread",
    "that_count",
]
