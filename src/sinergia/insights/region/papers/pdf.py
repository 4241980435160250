"""The brief as PDF/UA, set by typst. Texts reach it as data and are never read as its language."""

import json
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import typst

from sinergia.insights.region.papers.content import Paper

TEMPLATE = Path(__file__).parent.parent / "templates" / "regions" / "brief.typ"


def pdf_of(paper: Paper, *, now: datetime) -> bytes:
    """Set a brief on A4. `now`: aware; the document's date."""
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[font_folder()],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(asdict(paper), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(now.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@lru_cache(maxsize=1)
def font_folder() -> str:
    """The folder of the pinned fonts: whatever fonts a machine has, the paper looks the same."""
    return str(files("font_roboto") / "files")
