"""What was measured in a region."""

from dataclasses import dataclass

from django.db.models import QuerySet

from sinergia.places.models import Indicator, Region


@dataclass(frozen=True)
class LatestIndicator:
    """The newest value of one figure, with its whole series before it, oldest first."""

    latest: Indicator
    series: list[Indicator]


def series_of(region: Region) -> QuerySet[Indicator]:
    """Every value known of a region, by code, oldest first."""
    return Indicator.objects.filter(region=region).order_by("code", "on")


def indicators_of(region: Region) -> list[LatestIndicator]:
    """Each figure of a region once, by code: its newest value and the series. One query."""
    by_code: dict[str, list[Indicator]] = {}
    for indicator in series_of(region):
        by_code.setdefault(indicator.code, []).append(indicator)
    return [LatestIndicator(series[-1], series) for series in by_code.values()]
