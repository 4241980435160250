"""Papers to be handed out: PDF/UA set by typst. Texts reach it as data, never as its language.

A template reads `sys.inputs.paper`, JSON, and nothing beside its own folder.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import typst


def set_paper(template: Path, paper: Mapping[str, object], *, at: datetime) -> bytes:
    """Set a paper on A4. at: aware; the document's date, so that it is the same each time.

    A sign that our font has not (a face, a foreign script) would make it no PDF/UA: then it is a
    plain PDF with an empty box in the place of the sign, for whoever asked needs a paper.
    """
    try:
        return _set(template, paper, at, is_for_all=True)
    except typst.TypstError:
        return _set(template, paper, at, is_for_all=False)


def initials_of(name: str) -> str:
    """The first letters of a name: enough to know a paper's holder, too little to find anybody."""
    return " ".join(f"{word[0]}." for word in name.split() if word[0].isalpha())


def pages_of(template: Path, paper: Mapping[str, object]) -> int:
    """On how many pages it stands, as the template's label `<pages>` says."""
    told = typst.query(
        str(template),
        "<pages>",
        field="value",
        one=True,
        root=str(template.parent),
        font_paths=[font_folder()],
        ignore_system_fonts=True,
        sys_inputs=_inputs(paper),
    )
    return int(json.loads(told))


@lru_cache(maxsize=1)
def font_folder() -> str:
    """The folder of the pinned fonts: whatever fonts a machine has, the paper looks the same."""
    return str(files("font_roboto") / "files")


def _set(template: Path, paper: Mapping[str, object], at: datetime, *, is_for_all: bool) -> bytes:
    made = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[font_folder()],
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
