"""What this room holds about a person."""

from django.db.models import Q, QuerySet

from sinergia.exchange.models import Commitment, Delegate, Feedback, Organiser, SessionNote, Travel
from sinergia.people.models import Person
from sinergia.people.queries.held import addresses_of


def delegates_that_are(person: Person) -> QuerySet[Delegate]:
    """Rows of delegations that are a person's, or stand under an address of theirs."""
    theirs = Q(person=person) | Q(email__in=addresses_of(person))
    return Delegate.objects.filter(theirs).select_related("visit").order_by("pk")


def travel_about(person: Person) -> QuerySet[Travel]:
    """How a person travels, as far as it is kept still."""
    return Travel.objects.filter(delegate__in=delegates_that_are(person)).order_by("pk")


def organisers_that_are(person: Person) -> QuerySet[Organiser]:
    """Rows of organisers that stand under an address of a person."""
    rows = Organiser.objects.filter(email__in=addresses_of(person))
    return rows.select_related("visit").order_by("pk")


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
