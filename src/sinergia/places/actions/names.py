"""A person says which region a file means."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.spelling import LONGEST
from sinergia.engine.text import fold
from sinergia.people.models import Person
from sinergia.places import access
from sinergia.places.models import Region, RegionName


@transaction.atomic
def give_spelling(text: str, region: Region, *, actor: Person, now: datetime) -> RegionName:
    """Remember that files mean `region` by `text`; no load takes it away again.

    Only this text, whatever its case and blanks, finds the region then: no shorter key is made
    of it, so that nothing else is found by accident. Of a text longer than a name can be its
    beginning counts. Raises ValueError for an empty text.
    """
    spelling = fold(text)[:LONGEST].strip()
    if not spelling:
        raise ValueError(text)
    if not access.may_name_places(actor):
        raise PermissionDenied
    name = RegionName.objects.select_for_update().filter(spelling=spelling).first()
    if name is not None and name.is_given and name.region_id == region.pk:
        return name

    name = name or RegionName(spelling=spelling)
    name.region, name.is_given = region, True
    name.save()
    record("region.spelling_given", about=region, actor=actor, at=now, detail={"text": spelling})
    return name
