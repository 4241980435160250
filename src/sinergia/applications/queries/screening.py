"""What came to a contest, as those see it who register and admit."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from sinergia.applications.access import SCREEN
from sinergia.applications.models import Decision, Submission
from sinergia.applications.queries.submissions import OVER, filed_by, written_frozen
from sinergia.calls.access import on_duty
from sinergia.calls.models import Contest, Duty
from sinergia.engine.readiness import Readiness, readiness_of
from sinergia.engine.text import fold
from sinergia.organisations.models import Centre, Head, Membership
from sinergia.people.models import Person
from sinergia.projects.models import Project
from sinergia.projects.queries.people import name_of
from sinergia.projects.queries.writing import Written, facts_of


@dataclass(frozen=True)
class Board:
    """How a contest stands: projects begun and not submitted, submissions by stage."""

    begun: int
    by_stage: Mapping[str, int]


def submissions_to(contest: Contest, *, stage: str = "", typed: str = "") -> QuerySet[Submission]:
    """Submissions in force, or those of one stage, among them those whose title has some words."""
    rows = Submission.objects.filter(contest=contest)
    rows = rows.filter(stage=stage) if stage else rows.exclude(stage__in=OVER)
    if typed:
        rows = rows.filter(title_folded__contains=fold(typed))
    return rows.select_related("organisation__municipality")


def registered_in(contest: Contest) -> QuerySet[Submission]:
    """The journal of registration, entry by entry."""
    rows = Submission.objects.filter(contest=contest, entry__isnull=False)
    return rows.select_related("organisation")


def screened(centre: Centre, person: Person) -> QuerySet[Submission]:
    """Submissions to the contests of a centre, each with what a person may decide about it."""
    team = Membership.objects.filter(organisation=OuterRef("organisation"), person=person)
    heads = Head.objects.filter(organisation=OuterRef("organisation"), person=person)
    interest = Q(Exists(team.filter(until=None))) | Q(Exists(heads))
    marks = {
        "may_register": on_duty(person, Duty.Kind.OPERATOR, contest="contest"),
        "may_screen": on_duty(person, *SCREEN, contest="contest"),
        "has_interest": interest,
    }
    rows = Submission.objects.filter(contest__centre=centre)
    names = ("contest__call__fund", "contest__centre", "organisation__legal_form", "project")
    told = {name: ExpressionWrapper(said, BooleanField()) for name, said in marks.items()}
    return rows.select_related(*names, "frozen__rules").annotate(**told)


def board_of(contest: Contest) -> Board:
    """Counted at this moment; two queries."""
    rows = Submission.objects.filter(contest=contest).order_by()
    by_stage = dict(rows.values_list("stage").annotate(Count("pk")))
    submitted = Submission.objects.filter(contest=contest).exclude(stage__in=OVER)
    begun = Project.objects.filter(contest=contest, removed_at=None)
    return Board(begun.exclude(pk__in=submitted.values("project")).count(), by_stage)


def decision_by(key: str) -> Decision | None:
    """A decision, whoever asks: for the worker."""
    return Decision.objects.select_related("submission").filter(key=key).first()


def decisions_of(submission: Submission) -> QuerySet[Decision]:
    """What was decided about it, the latest first, by whom; what was taken back as well."""
    rows = Decision.objects.filter(submission=submission).order_by("-pk")
    return rows.annotate(who=name_of("by"))


def open_decision_of(submission: Submission) -> Decision | None:
    """The one that can still be taken back."""
    return decisions_of(submission).filter(taken_back_at=None, done_at=None).first()


def told_decisions_of(submission: Submission) -> QuerySet[Decision]:
    """What those who applied were told: nothing before its letter leaves."""
    return decisions_of(submission).exclude(done_at=None)


def files_in(told: Written) -> Counter[str]:
    """How many files were handed in beside each field; those of the project may be others now."""
    parts = (path.split("/") for path in told.values)
    return Counter(part[1] for part in parts if part[0] == "files")


def evidence_of(submission: Submission) -> tuple[Written, Readiness]:
    """What the machine finds against a submission: rules and the register. Raises Broken."""
    told = written_frozen(submission)
    project = submission.project
    project.contest, project.organisation = submission.contest, submission.organisation
    facts = facts_of(project, now=submission.submitted_at, files=files_in(told))
    if facts.applicant is not None:
        filed = filed_by(submission.organisation, submission.contest, but=project)
        facts = replace(facts, applicant=replace(facts.applicant, filed=filed))
    return told, readiness_of(told.document, told.rules, facts)
