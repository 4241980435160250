"""Sinergia: an open platform on which a region's non-profits grow."""

__version__ = "0.1.0"
