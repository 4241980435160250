"""What stands in a project, and what hinders handing it in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from sinergia.calls.queries.contests import day_of, rules_of
from sinergia.calls.queries.eligibility import applicant_of
from sinergia.engine.project import Document, read_document
from sinergia.engine.readiness import Facts, Readiness, readiness_of
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import Rules, shipped
from sinergia.projects.models import Attachment, DraftField, Project

NO_CONTEST = "generic"  # rules by which a project for no contest is written


@dataclass(frozen=True)
class Written:
    """A project with its texts. fields: by path. rules: by which it is written now.

    is_frozen: as it was handed in; the project's files may be others by now.
    """

    project: Project
    fields: Mapping[str, DraftField]
    rules: Rules
    document: Document
    is_frozen: bool = False

    @property
    def values(self) -> dict[str, str]:
        """Texts by path."""
        return {path: field.value for path, field in self.fields.items()}

    @cached_property
    def attachments(self) -> Sequence[Attachment]:
        """Files of the project; of what was handed in they are read elsewhere."""
        return () if self.is_frozen else list(attachments_of(self.project))


def rules_for(project: Project) -> Rules:
    """By which rules a project is written."""
    kept = rules_of(project.contest) if project.contest is not None else None
    return kept.rules if kept is not None else shipped()[NO_CONTEST]


def written(project: Project, *, rules: Rules | None = None) -> Written:
    """Read a project whole."""
    rules = rules or rules_for(project)
    fields = {field.path: field for field in project.fields.order_by("pk")}
    values = {path: field.value for path, field in fields.items()}
    return Written(project, fields, rules, read_document(values, currency=rules.currency))


def attachments_of(project: Project) -> QuerySet[Attachment]:
    """Its files, as they were added."""
    rows = project.attachments.filter(removed_at=None).select_related("file")
    return rows.order_by("pk")


def readiness_for(told: Written, *, now: datetime, is_whole: bool = True) -> Readiness:
    """What hinders handing a project in, by what is known on this floor.

    is_whole: also what hinders whoever applies, which no section of the form mends.
    """
    files = Counter(one.field for one in told.attachments)
    facts = facts_of(told.project, now=now, files=files, is_whole=is_whole)
    return readiness_of(told.document, told.rules, facts)


def hindering(told: Written) -> Sequence[Gap]:
    """What hinders by the texts alone: files are not counted, nobody is looked up."""
    contest, facts = told.project.contest, Facts()
    if contest is not None:
        facts = Facts(project_from=contest.project_from, project_to=contest.project_to)
    return readiness_of(told.document, told.rules, facts).blocking


def facts_of(
    project: Project,
    *,
    now: datetime,
    files: Mapping[str, int] | None = None,
    is_whole: bool = True,
) -> Facts:
    """What readiness is told beside the document. files: by field, where they are known."""
    if files is None:
        files = Counter(one.field for one in attachments_of(project))
    contest = project.contest
    if contest is None:
        return Facts(files=files)
    return Facts(
        now=now,
        closes_at=contest.closes_at,
        closes_on=day_of(contest.closes_at, contest),
        project_from=contest.project_from,
        project_to=contest.project_to,
        applicant=applicant_of(project.organisation, contest) if is_whole else None,
        files=files,
    )
