"""Tables of the ground floor, gathered where Django looks for them."""

from sinergia.base.errands.models import Backup, Errand, Turn, Worker
from sinergia.base.journal.models import Entry, EntryDetail, Head, Leaf
from sinergia.base.search.models import Indexed
from sinergia.base.tables.models import Load, LoadNote, RememberedMapping

__all__ = [
    "Backup",
    "Entry",
    "EntryDetail",
    "Errand",
    "Head",
    "Indexed",
    "Leaf",
    "Load",
    "LoadNote",
    "RememberedMapping",
    "Turn",
    "Worker",
]
