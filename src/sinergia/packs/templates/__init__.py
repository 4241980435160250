"""Templates of projects: a plan, a team, lines of a budget, and texts with gaps to be filled.

A gap is written `[… what belongs here]`. A text that still holds one counts as not written.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from sinergia.packs.rules.values import Code, Named, Strict

GAP = re.compile(r"\[…\s*([^\[\]\n]+)\]")
Cell: TypeAlias = Named | int | str  # a text; the number of a row that is named; the same in both


class Template(Strict):
    """texts: by field. rows: of a field, in order; a cell that names a row says its number.

    Numbers go from 1.
    """

    code: Code
    name: Named
    texts: dict[str, Named]
    rows: dict[str, tuple[dict[str, Cell], ...]]

    def values(self, language: str) -> dict[str, str]:
        """Texts by path, as a project keeps them."""
        made = {field: text.told(language) for field, text in self.texts.items()}
        for field, rows in self.rows.items():
            for number, row in enumerate(rows, start=1):
                for cell, said in row.items():
                    made[f"{field}/{_id(number)}/{cell}"] = _told(said, language)
        return made


@cache
def templates() -> Mapping[str, Template]:
    """Those that come with the product, by their code."""
    folder = files("sinergia.packs.templates")
    texts = [one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".toml")]
    told = [Template.model_validate(tomllib.loads(text)) for text in texts]
    return {one.code: one for one in sorted(told, key=lambda one: one.code)}


def gaps_in(text: str) -> list[str]:
    """What is still to be written into a text."""
    return [found.strip() for found in GAP.findall(text)]


def _id(number: int) -> str:
    return f"{number:06x}"


def _told(cell: Cell, language: str) -> str:
    if isinstance(cell, int):
        return _id(cell)
    return cell if isinstance(cell, str) else cell.told(language)
