"""What came to a contest, as those see it who register and admit."""

from dataclasses import replace

from django.db.models import QuerySet

from sinergia.applications.models import Decision, Submission
from sinergia.applications.queries.handed_in import count_of_files
from sinergia.applications.queries.submissions import filed_by, written_frozen
from sinergia.engine.readiness import Readiness, readiness_of
from sinergia.organisations.models import Centre
from sinergia.projects.queries.writing import Written, facts_of


def screened(centre: Centre) -> QuerySet[Submission]:
    """Submissions to the contests of a centre."""
    rows = Submission.objects.filter(contest__centre=centre)
    names = ("contest__call__fund", "contest__centre", "organisation", "project", "frozen__rules")
    return rows.select_related(*names)


def decision_by(key: str) -> Decision | None:
    """A decision, whoever asks: for the worker."""
    return Decision.objects.select_related("submission").filter(key=key).first()


def decisions_of(submission: Submission) -> QuerySet[Decision]:
    """What was decided about it, the latest first; what was taken back as well."""
    return Decision.objects.filter(submission=submission).order_by("-pk")


def open_decision_of(submission: Submission) -> Decision | None:
    """The one that can still be taken back."""
    return decisions_of(submission).filter(taken_back_at=None, done_at=None).first()


def told_decisions_of(submission: Submission) -> QuerySet[Decision]:
    """What those who applied were told: nothing before its letter leaves."""
    return decisions_of(submission).exclude(done_at=None)


def evidence_of(submission: Submission) -> tuple[Written, Readiness]:
    """What the machine finds against a submission: rules and the register. Raises Broken."""
    told = written_frozen(submission)
    project = submission.project
    project.contest = submission.contest
    facts = facts_of(project, now=submission.submitted_at)
    facts = replace(facts, files=count_of_files(told.values))  # the draft may have others by now
    if facts.applicant is not None:
        filed = filed_by(submission.organisation, submission.contest, but=project)
        facts = replace(facts, applicant=replace(facts.applicant, filed=filed))
    return told, readiness_of(told.document, told.rules, facts)
