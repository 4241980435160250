"""What whoever reads our feed has to know: that a practice changed, in one order for all."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from sinergia.practices.models import Change, LastChange, Practice


@transaction.atomic
def note_change(practice: Practice, *, now: datetime) -> None:
    """Number a change of what everybody reads of a practice of ours.

    A part of publishing, withdrawing and putting back. The one row of the last number stays locked
    until the change is there to be read, so nobody reads past one that is still on its way.
    """
    if practice.organisation_id is None:
        return
    LastChange.objects.get_or_create(pk=1)
    LastChange.objects.filter(pk=1).update(number=F("number") + 1)
    number = LastChange.objects.get(pk=1).number
    Change.objects.update_or_create(practice=practice, defaults={"number": number, "at": now})
