"""Every change of places."""

from sinergia.places.actions.indexing import searched_places
from sinergia.places.actions.indicators import load_indicators
from sinergia.places.actions.maps import load_outlines
from sinergia.places.actions.municipalities import load_municipalities
from sinergia.places.actions.names import give_spelling
from sinergia.places.actions.regions import load_regions
from sinergia.places.actions.rows import (
    IndicatorRow,
    LoadCounts,
    MunicipalityRow,
    OutlineRow,
    Outlines,
    ReadRows,
    Refusal,
    RegionRow,
)
from sinergia.places.actions.themes import add_theme, remove_theme, rename_theme

__all__ = [
    "IndicatorRow",
    "LoadCounts",
    "MunicipalityRow",
    "OutlineRow",
    "Outlines",
    "ReadRows",
    "Refusal",
    "RegionRow",
    "add_theme",
    "give_spelling",
    "load_indicators",
    "load_municipalities",
    "load_outlines",
    "load_regions",
    "remove_theme",
    "rename_theme",
    "searched_places",
]
