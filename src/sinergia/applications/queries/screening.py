"""What came to a contest, as those see it who register and admit."""

from dataclasses import replace

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from sinergia.applications.access import SCREEN
from sinergia.applications.models import Decision, Submission
from sinergia.applications.queries.handed_in import count_of_files
from sinergia.applications.queries.submissions import filed_by, written_frozen
from sinergia.applications.queries.taking_over import filed_in
from sinergia.calls.access import on_duty
from sinergia.calls.models import Duty
from sinergia.engine.readiness import Readiness, readiness_of
from sinergia.organisations.models import Centre, Head, Membership
from sinergia.people.models import Person
from sinergia.people.queries import name_of
from sinergia.projects.models import DraftField
from sinergia.projects.queries.writing import Written, facts_of


def screened(centre: Centre, person: Person) -> QuerySet[Submission]:
    """Submissions to the contests of a centre, each with what a person may decide about it."""
    team = Membership.objects.filter(organisation=OuterRef("organisation"), person=person)
    heads = Head.objects.filter(organisation=OuterRef("organisation"), person=person)
    interest = Q(Exists(team.filter(until=None))) | Q(Exists(heads))
    written = DraftField.objects.filter(project=OuterRef("project"), by=person.key)
    marks = {
        "may_register": on_duty(person, Duty.Kind.OPERATOR, contest="contest"),
        "may_screen": on_duty(person, *SCREEN, contest="contest"),
        "has_interest": interest,
        "has_written": Q(Exists(written)) | Q(project__made_by=person.key),
    }
    rows = Submission.objects.filter(contest__centre=centre)
    names = ("contest__call__fund", "contest__centre", "organisation__legal_form", "project")
    told = {name: ExpressionWrapper(said, BooleanField()) for name, said in marks.items()}
    return rows.select_related(*names, "frozen__rules").annotate(**told)


def decision_by(key: str) -> Decision | None:
    """A decision, whoever asks: for the worker."""
    rows = Decision.objects.select_related("submission__contest", "submission__frozen")
    return rows.filter(key=key).first()


def decisions_of(submission: Submission) -> QuerySet[Decision]:
    """What was decided about it, the latest first, by whom; what was taken back as well."""
    rows = Decision.objects.filter(submission=submission).order_by("-pk")
    return rows.annotate(who=name_of("by"))


def shown_before(submission: Submission) -> dict[str, object]:
    """With what a decision begins: the stage; of what came back, what was said then."""
    told: dict[str, object] = {"seen": submission.stage}
    if submission.stage == Submission.Stage.RETURNED:
        rows = decisions_of(submission).filter(kind=Decision.Kind.RETURN, taken_back_at=None)
        last = rows.first()
        told |= {"sections": last.sections} if last is not None else {}
    return told


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
    project.contest, project.organisation = submission.contest, submission.organisation
    facts = facts_of(project, now=submission.submitted_at, files=count_of_files(told.values))
    facts = replace(facts, now=None)  # what was taken in came in time
    if facts.applicant is not None:
        filed = filed_by(submission.organisation, submission.contest, but=project)
        facts = replace(facts, applicant=replace(facts.applicant, filed=filed))
    found = readiness_of(told.document, told.rules, facts)
    if filed_in(told.values):  # a list says little of a project: the register alone speaks
        theirs = [gap for gap in found.blocking if gap.code.startswith("applicant.")]
        found = Readiness(theirs, [])
    return told, found
