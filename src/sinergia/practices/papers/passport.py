"""A practice's passport on two pages: PDF/UA set by typst."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import typst

TEMPLATE = Path(__file__).parent.parent / "templates" / "practices" / "papers"
PAGES = 2


def pdf_of(sizes: Iterable[Mapping[str, object]], *, at: datetime) -> bytes:
    """Set a passport on A4: the first of these sizes that fits on two pages, else the last.

    sizes: the same paper, the longest first, every text ready. at: the document's date. A sign that
    our font has not would make it no PDF/UA: then it is a plain PDF with an empty box in its place.
    """
    chosen: Mapping[str, object] = {}
    for chosen in sizes:
        if pages_of(chosen) <= PAGES:
            break
    try:
        return _set(chosen, at, is_for_all=True)
    except typst.TypstError:
        return _set(chosen, at, is_for_all=False)


def pages_of(paper: Mapping[str, object]) -> int:
    """On how many pages it stands."""
    told = typst.query(
        str(TEMPLATE / "passport.typ"),
        "<pages>",
        field="value",
        one=True,
        root=str(TEMPLATE),
        font_paths=[_font_folder()],
        ignore_system_fonts=True,
        sys_inputs=_inputs(paper),
    )
    return int(json.loads(told))


def _set(paper: Mapping[str, object], at: datetime, *, is_for_all: bool) -> bytes:
    made = typst.compile(
        str(TEMPLATE / "passport.typ"),
        root=str(TEMPLATE),
        font_paths=[_font_folder()],
        ignore_system_fonts=True,
        sys_inputs=_inputs(paper),
        format="pdf",
        pdf_standards=["ua-1"] if is_for_all else [],
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


def _inputs(paper: Mapping[str, object]) -> dict[str, str]:
    return {"paper": json.dumps(paper, ensure_ascii=False)}


@lru_cache(maxsize=1)
def _font_folder() -> str:
    return str(files("font_roboto") / "files")
