"""What a region gives and takes: practices, visits, and what grew from them, as all may know it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from sinergia.applications.queries.filters import OUTCOMES, ApplicationFilter, applications
from sinergia.exchange.access import seen_by
from sinergia.exchange.models import Visit
from sinergia.grants.queries.joiners import PEOPLE
from sinergia.grants.queries.together import joined_rows
from sinergia.places.models import Region
from sinergia.practices.queries.catalogue import published
from sinergia.practices.queries.taken import TakenFilter, taken_home

ROWS = Count("pk")


@dataclass(frozen=True)
class Exchange:
    """Numbers of rows; won: minor units by currency.

    practices: of its organisations in the catalogue; given, taken: taken home from it and to it;
    visits: from there or to there; grown: applications that began so; awards: of them; joined:
    people, to projects of its organisations that everybody sees.
    """

    grown: int
    awards: int
    won: dict[str, int]
    practices: int = 0
    visits: int = 0
    given: int = 0
    taken: int = 0
    joined: int = 0


def exchange_of(region: Region) -> Exchange:
    """Count them; two queries."""
    sides = Q(from_region=region) | Q(to_region=region)
    counted = {
        "practices": published().filter(region=region),
        "visits": Visit.objects.filter(seen_by(None)).filter(sides),
        "given": taken_home(TakenFilter(author=region.code)),
        "taken": taken_home(TakenFilter(home=region.code)),
    }
    asked = {name: _number(rows) for name, rows in counted.items()}
    asked["joined"] = _number(joined_rows(region.code), PEOPLE)
    told: Any = Region.objects.filter(pk=region.pk).values(**asked).get()
    grown, awards, won = _grown(region)
    return Exchange(**told, grown=grown, awards=awards, won=won)


def _number(rows: QuerySet[Any], of: Count = ROWS) -> Coalesce:
    """How many rows there are, or people in them, as a part of another query."""
    one = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=of)
    return Coalesce(Subquery(one.values("n"), output_field=IntegerField()), 0)


def _grown(region: Region) -> tuple[int, int, dict[str, int]]:
    rows = applications(ApplicationFilter(region=region.code, grown="yes")).order_by()
    is_won = Q(outcome__in=OUTCOMES["won"])
    told = rows.values("currency").annotate(
        n=Count("pk"), won=Count("pk", filter=is_won), sum=Sum("awarded_minor", filter=is_won)
    )
    counted = list(told)
    sums = {one["currency"]: one["sum"] for one in counted if one["sum"]}
    return sum(one["n"] for one in counted), sum(one["won"] for one in counted), sums
