"""Looks into files: is it what its name says, is it whole, is there anything in it that runs."""

from sinergia.base.files.reading.inspecting import clean_name, inspect, refuse_announced
from sinergia.base.files.reading.pictures import Redrawn, redraw

__all__ = ["Redrawn", "clean_name", "inspect", "redraw", "refuse_announced"]
