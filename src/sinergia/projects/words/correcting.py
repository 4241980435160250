"""What came back for correction, as those who applied read it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sinergia.projects.models import Project
from sinergia.projects.queries.correcting import Correction, correction_noted
from sinergia.projects.words.fields import SECTIONS


@dataclass(frozen=True)
class Opened:
    """What came back: in which sections it may be mended, until when; all where rules differ."""

    sections: str
    until: datetime | None
    is_whole: bool
    is_open: bool
    closed: Collection[str]


def opened_said(told: Correction, now: datetime) -> Opened:
    """What those who applied may mend of what came back."""
    is_open = told.until is not None and now <= told.until
    closed = told.closed if is_open else ()  # once it is over nothing goes in anywhere
    return Opened(sections_said(told.sections), told.until, told.is_whole, is_open, closed)


def opened_of(project: Project, now: datetime) -> Opened | None:
    """The same of a project, where it came back."""
    told = correction_noted(project)
    return opened_said(told, now) if told is not None else None


def sections_said(names: Sequence[str]) -> str:
    """Sections by their titles."""
    return ", ".join(str(SECTIONS[name]) for name in names)
