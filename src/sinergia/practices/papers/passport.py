"""A practice's passport on two pages."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from sinergia.base.tables.paper import pages_of, set_paper

TEMPLATE = Path(__file__).parent.parent / "templates" / "practices" / "papers" / "passport.typ"
PAGES = 2


def pdf_of(sizes: Iterable[Mapping[str, object]], *, at: datetime) -> bytes:
    """Set a passport: the first of these sizes that fits on two pages, else the last.

    sizes: the same paper, the longest first, every text ready. at: the document's date.
    """
    chosen: Mapping[str, object] = {}
    for chosen in sizes:
        if pages_of(TEMPLATE, chosen) <= PAGES:
            break
    return set_paper(TEMPLATE, chosen, at=at)
