"""Telling whoever has to do with an organisation that it is closed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sinergia.notices.actions import tell
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.invitations import with_people_or_open
from sinergia.organisations.queries.roles import staff_serving
from sinergia.organisations.queries.teams import memberships_of


def tell_of_closing(closed: Sequence[Organisation], *, but: UUID, now: datetime) -> None:
    """Tell the team of each, and whoever serves it; part of a transaction.

    A file closes thousands: of those where nobody is and nothing is open nobody is told.
    but: key of whoever wrote it and knows.
    """
    touched = with_people_or_open(closed, now=now) if closed else set()
    for organisation in closed:
        if organisation.pk not in touched:
            continue
        team = [one.person for one in memberships_of(organisation) if one.person.is_active]
        told = {one.pk: one for one in [*team, *staff_serving(organisation)] if one.key != but}
        for person in told.values():
            tell(
                person,
                "register.organisation_closed",
                now=now,
                about=organisation,
                url=reverse("organisations:open", args=[organisation.key]),
                organisation=organisation.name,
            )
