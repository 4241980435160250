"""Reading of tables people bring: CSV and XLSX, whatever wrote them.

`open_table` gives a Book of sheets, each a stream of raw cells; what a cell means is for others.
Everything that cannot be read is refused as Unreadable with a code, never by a library's error.
"""

from sinergia.base.tables.reading.book import Book, Cell, Limits, Sheet, Unreadable
from sinergia.base.tables.reading.opening import open_table

__all__ = ["Book", "Cell", "Limits", "Sheet", "Unreadable", "open_table"]
