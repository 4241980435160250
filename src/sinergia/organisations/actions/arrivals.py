"""Telling a centre that an organisation has come to it."""

from datetime import datetime

from django.urls import reverse

from sinergia.notices.actions import tell
from sinergia.organisations.models import CentreStaff, Organisation


def tell_of_arrival(organisation: Organisation, *, now: datetime) -> None:
    """Tell whoever works at the centre of its new region; part of a transaction."""
    staff = CentreStaff.objects.filter(
        until=None, centre__regions__region=organisation.region_id, centre__regions__isnull=False
    )
    url = reverse("organisations:detail", args=[organisation.key])
    for place in staff.select_related("person").order_by("pk"):
        tell(
            place.person,
            "register.organisation_moved",
            now=now,
            about=organisation,
            url=url,
            organisation=organisation.name,
        )
