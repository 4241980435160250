"""What a published practice says came of it."""

from dataclasses import dataclass

from sinergia.base.drafts.actions import texts_of
from sinergia.engine.practice import PRACTICE
from sinergia.practices.models import PracticeRevision


@dataclass(frozen=True)
class Result:
    """A row of results, as its authors wrote it."""

    what: str
    number: str
    baseline: str
    how: str


def results_of(revision: PracticeRevision) -> list[Result]:
    """The authors' results, in their order."""
    _texts, rows = PRACTICE.read(texts_of(revision))
    cells = ("what", "number", "baseline", "how")
    return [Result(*(row.texts.get(cell, "") for cell in cells)) for row in rows["results"]]
