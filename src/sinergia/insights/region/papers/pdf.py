"""The brief as PDF/UA."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sinergia.base.tables.paper import set_paper
from sinergia.insights.region.papers.content import Paper

TEMPLATE = Path(__file__).parent.parent / "templates" / "regions" / "brief.typ"


def pdf_of(paper: Paper, *, now: datetime) -> bytes:
    """Set a brief on A4. `now`: aware; the document's date."""
    return set_paper(TEMPLATE, asdict(paper), at=now)
