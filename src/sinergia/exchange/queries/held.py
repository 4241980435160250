"""What this room holds about a person."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from sinergia.exchange.models import (
    Attendance,
    Commitment,
    Confirmation,
    Delegate,
    Feedback,
    Organiser,
    Quote,
    SessionNote,
    SessionPhoto,
    Travel,
    VisitConsent,
)
from sinergia.people.models import Person


def delegates_that_are(person: Person, addresses: Sequence[str]) -> QuerySet[Delegate]:
    """Rows of delegations that are a person's, or stand under one of their addresses."""
    theirs = Q(person=person) | Q(email__in=addresses)
    return Delegate.objects.filter(theirs).select_related("visit", "travel").order_by("pk")


def travel_beside(row: Delegate) -> Travel | None:
    """How a delegate travels, read together with the row; none where nothing is kept."""
    return getattr(row, "travel", None)


def organisers_that_are(addresses: Sequence[str]) -> QuerySet[Organiser]:
    """Rows of organisers that stand under one of these addresses."""
    return Organiser.objects.filter(email__in=addresses).select_related("visit").order_by("pk")


def answers_asked_at(addresses: Sequence[str]) -> QuerySet[Confirmation]:
    """What hosts were asked, and answered, at one of these addresses, however it is written."""
    known = [one for one in addresses if one]
    rows = Confirmation.objects.filter(email__in=[*known, *(one.casefold() for one in known)])
    return rows.select_related("session__visit").order_by("pk")


def notes_of(person: Person) -> QuerySet[SessionNote]:
    """What a person wrote down at sessions; what they put away, too."""
    return SessionNote.objects.filter(person=person).order_by("pk")


def feedback_by(person: Person) -> QuerySet[Feedback]:
    """What somebody thought of visits."""
    return Feedback.objects.filter(delegate__person=person).select_related("visit").order_by("pk")


def commitments_by(person: Person) -> QuerySet[Commitment]:
    """What somebody has taken upon themselves."""
    rows = Commitment.objects.filter(delegate__person=person).select_related("practice")
    return rows.order_by("pk")


def visit_consents_of(person: Person) -> QuerySet[VisitConsent]:
    """What somebody agreed to about visits, also what they took back."""
    return VisitConsent.objects.filter(delegate__person=person).order_by("pk")


def attended_by(person: Person, addresses: Sequence[str]) -> QuerySet[Attendance]:
    """The sessions at which somebody is written down to have been."""
    theirs = delegates_that_are(person, addresses).order_by().values("pk")
    rows = Attendance.objects.filter(delegate__in=theirs).select_related("session__visit")
    return rows.order_by("pk")


def pictures_with(person: Person, addresses: Sequence[str]) -> QuerySet[SessionPhoto]:
    """Pictures in which somebody is written down to be recognised."""
    theirs = delegates_that_are(person, addresses).order_by().values("pk")
    rows = SessionPhoto.objects.filter(people__delegate__in=theirs, removed_at=None)
    return rows.select_related("session__visit").order_by("pk")


def quotes_of(person: Person) -> QuerySet[Quote]:
    """What somebody is written down to have said."""
    return Quote.objects.filter(delegate__person=person).exclude(text="").order_by("pk")
