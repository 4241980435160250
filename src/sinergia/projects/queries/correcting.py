"""Of a submitted project that came back: what may change, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sinergia.calls.queries.corrections import last_correction
from sinergia.packs.rules.fields import SECTIONS
from sinergia.projects.models import CameBack, Project


@dataclass(frozen=True)
class Correction:
    """until: the last moment, still in time. is_whole: other rules hold now, so all is open."""

    sections: Sequence[str]
    until: datetime | None
    is_whole: bool

    @property
    def closed(self) -> set[str]:
        """Sections in which nothing may differ from what was submitted."""
        return SECTIONS.keys() - set(self.sections)


def correction_noted(project: Project) -> Correction | None:
    """What came back of a project and was not submitted again since."""
    row = CameBack.objects.filter(project=project).first() if project.submitted_as else None
    contest = project.contest
    if row is None or contest is None:
        return None
    sections = row.sections
    if last_correction(contest, since=row.at) is not None:
        sections = list(SECTIONS)
    moments = [one for one in (contest.closes_at, row.until) if one is not None]
    return Correction(sections, max(moments, default=None), is_whole=len(sections) == len(SECTIONS))
