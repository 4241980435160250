"""What a person took home, noted and thought of visits."""

from django.db.models import QuerySet

from sinergia.exchange.models import Commitment, Feedback, SessionNote
from sinergia.people.models import Person


def notes_by(person: Person) -> QuerySet[SessionNote]:
    """Somebody's own notes, oldest first; those they put away, too."""
    return SessionNote.objects.filter(person=person).order_by("pk")


def feedback_by(person: Person) -> QuerySet[Feedback]:
    """What somebody thought of visits."""
    return Feedback.objects.filter(delegate__person=person).select_related("visit").order_by("pk")


def commitments_by(person: Person) -> QuerySet[Commitment]:
    """What somebody has taken upon themselves."""
    rows = Commitment.objects.filter(delegate__person=person).select_related("practice")
    return rows.order_by("pk")
