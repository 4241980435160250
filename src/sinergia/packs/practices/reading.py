"""Levels and lists read from the files beside this one."""

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import Field

from sinergia.packs.rules.values import Code, Minor, Named, Strict


class Choice(Strict):
    """One thing to be chosen. meaning: a whole sentence, where the name alone says too little."""

    code: Code
    name: Named
    meaning: Named | None = None


class Level(Strict):
    """A level of a ladder: 0 is none said."""

    level: int = Field(ge=0, le=9)
    name: Named
    meaning: Named


class Aspect(Strict):
    """One aspect of how sure a practice is: its levels from 1."""

    code: Code
    name: Named
    levels: tuple[Named, ...]


class Band(Strict):
    """Costs to begin up to a sum, inclusive; the last band has none."""

    code: Code
    name: Named
    most_minor: Minor | None = None


class Lists(Strict):
    """Everything from which fields of a practice are chosen.

    authors_most: the level of evidence that authors may claim alone; above it the consultant says.
    """

    source: Named
    authors_most: int
    evidence: tuple[Level, ...]
    aspects: tuple[Aspect, ...]
    maturity: tuple[Level, ...]
    audiences: tuple[Choice, ...]
    resources: tuple[Choice, ...]
    helps: tuple[Choice, ...]
    licences: tuple[Choice, ...]
    shown: tuple[Choice, ...]
    hosting: tuple[Choice, ...]
    costs: tuple[Band, ...]

    def evidence_at(self, level: int) -> Level:
        """What a level of evidence is."""
        return self.evidence[level]


@cache
def lists() -> Lists:
    """Read them once."""
    folder = files("sinergia.packs.practices")
    told: dict[str, object] = {}
    for name in ("levels.toml", "lists.toml"):
        told |= tomllib.loads((folder / name).read_text("utf-8"))
    return Lists.model_validate(told)
