"""The picture that a network shows beside a link to a project: 1200 by 630, set by typst."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import typst

from sinergia.base.tables.paper import font_folder

TEMPLATE = Path(__file__).parent.parent / "templates" / "together" / "papers" / "card.typ"
POINTS = 72.0  # per inch: a point of the sheet is a pixel


def share_card(
    title: str,
    above: str,
    says: str,
    state: str,
    figures: Sequence[tuple[str, str]],
    *,
    site: str,
) -> bytes:
    """A PNG. above: whose project it is; says: the promise; figures: value and words."""
    told = {
        "title": title,
        "above": above,
        "says": " ".join(says.split()),
        "state": state,
        "figures": [list(one) for one in figures[:3]],
        "site": site,
    }
    return _drawn(json.dumps(told, ensure_ascii=False))


@lru_cache(maxsize=64)
def _drawn(told: str) -> bytes:
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[font_folder()],
        ignore_system_fonts=True,
        sys_inputs={"paper": told},
        format="png",
        ppi=POINTS,
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made
