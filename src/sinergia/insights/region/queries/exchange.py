"""What a region gives and takes beside grants: practices and visits that everybody may see."""

from dataclasses import dataclass

from django.db.models import Q

from sinergia.exchange.access import seen_by
from sinergia.exchange.models import Visit
from sinergia.places.models import Region
from sinergia.practices.queries.catalogue import published


@dataclass(frozen=True)
class Exchange:
    """Practices of its organisations in the catalogue; public visits from there or to there."""

    practices: int
    visits: int


def exchange_of(region: Region) -> Exchange:
    """Count them; two queries."""
    sides = Q(from_region=region) | Q(to_region=region)
    visits = Visit.objects.filter(seen_by(None)).filter(sides)
    return Exchange(published().filter(region=region).count(), visits.count())
