"""A visit's papers as PDF/UA, set by typst. Texts reach it as data, never as its language."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent / "templates" / "booklets"


def pdf_of(name: str, paper: Mapping[str, object], *, at: datetime) -> bytes:
    """Set a paper, `booklet` or `badges`. at: aware; the document's date.

    A sign that our font has not would make it no PDF/UA: then it is a plain PDF with an empty box
    in its place.
    """
    try:
        return _set(name, paper, at, is_for_all=True)
    except typst.TypstError:
        return _set(name, paper, at, is_for_all=False)


def _set(name: str, paper: Mapping[str, object], at: datetime, *, is_for_all: bool) -> bytes:
    made = typst.compile(
        str(TEMPLATES / f"{name}.typ"),
        root=str(TEMPLATES),
        font_paths=[_font_folder()],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"] if is_for_all else [],
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@lru_cache(maxsize=1)
def _font_folder() -> str:
    return str(files("font_roboto") / "files")
