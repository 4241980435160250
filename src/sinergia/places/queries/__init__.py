"""How places are read."""

from sinergia.places.queries.figures import LatestIndicator, indicators_of, series_of
from sinergia.places.queries.maps import Area, DrawnSheet, sheet_of
from sinergia.places.queries.names import (
    municipalities_by_oktmo,
    municipalities_by_spelling,
    municipality_of,
    region_by,
    region_of,
    regions_by_spelling,
)
from sinergia.places.queries.regions import (
    municipalities_in,
    municipalities_of,
    municipality_coded,
    region_coded,
    regions,
    regions_by_code,
    regions_in,
    theme_by,
    themes_of,
)

__all__ = [
    "Area",
    "DrawnSheet",
    "LatestIndicator",
    "indicators_of",
    "municipalities_by_oktmo",
    "municipalities_by_spelling",
    "municipalities_in",
    "municipalities_of",
    "municipality_coded",
    "municipality_of",
    "region_by",
    "region_coded",
    "region_of",
    "regions",
    "regions_by_code",
    "regions_by_spelling",
    "regions_in",
    "series_of",
    "sheet_of",
    "theme_by",
    "themes_of",
]
