"""What is asked of a practice, and the levels and lists from which it is chosen."""

from sinergia.packs.practices.fields import FIELDS, ROWS, SECTIONS
from sinergia.packs.practices.reading import Level, Lists, lists

__all__ = ["FIELDS", "ROWS", "SECTIONS", "Level", "Lists", "lists"]
