"""How far a region trusts its non-profits: what was measured, by whom, when and how."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from sinergia.places.models import Indicator, Region

CODE = "trust"
NAMES = ("Доверяют некоммерческим организациям", "Trust non-profits")  # data, not a message


@dataclass(frozen=True)
class Trust:
    """The last measurement and the one before; change: in points, none for the first."""

    latest: Indicator
    before: Indicator | None

    @property
    def change(self) -> Decimal | None:
        """How many points up or down."""
        return None if self.before is None else self.latest.value - self.before.value


def series_of(region: Region) -> QuerySet[Indicator]:
    """Every measurement, the last first; one without a source is in none."""
    return Indicator.objects.filter(region=region, code=CODE).exclude(source="").order_by("-on")


def trust_of(region: Region) -> Trust | None:
    """The last one; none where nobody measured."""
    two = list(series_of(region)[:2])
    return Trust(two[0], two[1] if len(two) > 1 else None) if two else None


def measured_on(region: Region, on: date) -> Indicator | None:
    """The one of a day."""
    return series_of(region).filter(on=on).first()
