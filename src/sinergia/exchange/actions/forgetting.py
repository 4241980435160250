"""Forgetting what somebody wrote at visits; the visit and what grew from it stay."""

from django.db import transaction

from sinergia.exchange.models import Commitment, Feedback, SessionNote
from sinergia.exchange.queries.held_home import notes_by
from sinergia.people.models import Person


@transaction.atomic
def erase_notes_of(person: Person) -> int:
    """Delete a person's notes, empty their words about visits, let them help nobody any more.

    Call it before the account is emptied; gives how many rows were touched.
    """
    notes, _rows = SessionNote.objects.filter(pk__in=notes_by(person).values("pk")).delete()
    said = Feedback.objects.filter(delegate__person=person).exclude(text="").update(text="")
    return notes + said + Commitment.objects.filter(helper=person).update(helper=None)
