"""Who may do what in the review of a contest. Person first, thing second."""

from django.db.models import Exists, OuterRef, Q

from sinergia.applications.models import Submission
from sinergia.calls.access import is_on_duty, on_duty
from sinergia.calls.models import Contest, Duty
from sinergia.organisations.access import acts_for
from sinergia.organisations.models import CentreStaff, Head, Membership
from sinergia.people.models import Person
from sinergia.review.models import Conflict, Expert, Member, Sheet, Statement

Stage = Sheet.Stage
OPEN = (Stage.GIVEN, Stage.DRAFT, Stage.RETURNED)  # what may be written
IN_FORCE = (*OPEN, Stage.SIGNED)  # what its expert reads, and what counts once it is signed
NEEDED = (Statement.Kind.CONFIDENCE, Statement.Kind.NO_CONFLICT)  # before anything is shown


def may_run(person: Person, contest: Contest) -> bool:
    """Experts, conflicts, assignment, the course of it: operators; all staff without any."""
    return is_on_duty(person, contest, Duty.Kind.OPERATOR)


def may_object(person: Person, submission: Submission) -> bool:
    """Naming who must not read an application: those who act for its organisation."""
    return acts_for(person, submission.organisation)


def run_by(person: Person) -> Q:
    """Contests of a centre whose review somebody who works there runs."""
    return on_duty(person, Duty.Kind.OPERATOR)


def has_signed(expert: Expert) -> bool:
    """Whether both statements stand, without which nothing of an application is shown."""
    signed = expert.statements.filter(ended_at=None).values_list("kind", flat=True)
    return set(NEEDED) <= set(signed)


def may_read(person: Person, sheet: Sheet) -> bool:
    """The application of a sheet, and the sheet: its expert, while they are one."""
    return Sheet.objects.filter(read_by(person), pk=sheet.pk).exists()


def read_by(person: Person) -> Q:
    """Sheets that a person may read: theirs, in force, everything signed, nothing against it.

    Of what was given after the signature they have said that nothing ties them to it.
    """
    statements = Statement.objects.filter(expert=OuterRef("expert"), ended_at=None)
    signed = [Exists(statements.filter(kind=kind)) for kind in NEEDED]
    conflicts = Conflict.objects.filter(
        expert=OuterRef("expert"),
        submission=OuterRef("examination__submission"),
        stage=Conflict.Stage.STANDS,
    )
    return Q(
        *signed,
        ~Exists(conflicts),
        expert__person=person,
        expert__stage=Expert.Stage.ACCEPTED,
        stage__in=IN_FORCE,
        confirmed_at__isnull=False,
    )


def may_keep_minutes(person: Person, contest: Contest) -> bool:
    """Composition, sessions and minutes: whoever runs the contest, and the secretary."""
    if not person.is_active:
        return False
    seats = Member.objects.filter(person=person, commission__contest=contest, until=None)
    return may_run(person, contest) or seats.filter(role=Member.Role.SECRETARY).exists()


def is_of(person: Person) -> Q:
    """Organisations of whose applications a person of a commission decides nothing.

    Those of whose team they are, that they head or headed, and the centre where they work.
    """
    centres = CentreStaff.objects.filter(person=person, until=None).values("centre__organisation")
    return is_of_team(person) | Q(pk__in=centres)


def is_of_team(person: Person) -> Q:
    """Organisations of whose team a person is, or that they head or headed."""
    teams = Membership.objects.filter(person=person, until=None).values("organisation")
    heads = Head.objects.filter(person=person).values("organisation")
    return Q(pk__in=teams) | Q(pk__in=heads)
