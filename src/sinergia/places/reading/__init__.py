"""Files about places as typed rows. A cell that cannot be read is named; its row is refused."""

from sinergia.places.reading.cells import UnusableFile
from sinergia.places.reading.indicators import read_indicators
from sinergia.places.reading.municipalities import read_municipalities
from sinergia.places.reading.outlines import read_outlines
from sinergia.places.reading.regions import read_regions

__all__ = [
    "UnusableFile",
    "read_indicators",
    "read_municipalities",
    "read_outlines",
    "read_regions",
]
