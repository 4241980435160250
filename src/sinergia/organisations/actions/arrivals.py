"""Telling centres that organisations come to them, leave them, or are said to have left."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.notices.actions import tell
from sinergia.organisations.actions.claims import hand_over
from sinergia.organisations.models import Centre, CentreStaff, Claim, Organisation
from sinergia.organisations.queries.questions import moves_counted
from sinergia.organisations.queries.roles import (
    administrators,
    regions_of,
    staff_of_regions,
    staff_serving,
)
from sinergia.people.actions import command_person
from sinergia.people.models import Person

PATIENCE = timedelta(days=7)  # then the heads of the centre are asked


def tell_of_arrival(organisation: Organisation, *, but: UUID, now: datetime) -> None:
    """Tell whoever works at the centre of its new region, of its requests too.

    Part of a transaction. but: key of whoever did it and knows.
    """
    url = reverse("organisations:detail", args=[organisation.key])
    for person in staff_serving(organisation).exclude(key=but):
        tell(
            person,
            "register.organisation_moved",
            now=now,
            about=organisation,
            url=url,
            organisation=organisation.name,
        )
    hand_over(Claim.objects.filter(organisation=organisation), now=now)


def tell_of_leaving(
    organisation: Organisation, left: int | None, *, but: UUID, now: datetime
) -> None:
    """Tell whoever works at the centre that it left, unless that serves its new region too.

    left: the region where it was; but: key of whoever did it. Part of a transaction.
    """
    stayed = staff_serving(organisation).values("pk")
    url = reverse("organisations:detail", args=[organisation.key])
    for person in staff_of_regions([left]).exclude(pk__in=stayed).exclude(key=but):
        tell(
            person,
            "register.organisation_left",
            now=now,
            about=organisation,
            url=url,
            organisation=organisation.name,
            region=organisation.region.name_ru if organisation.region else "",
        )


def ask_about_moves(load: UUID, *, since: datetime | None, now: datetime) -> None:
    """Ask each centre about its organisations that a load says are elsewhere; after a week again.

    since: only what was asked from this moment on. Part of a transaction.
    """
    for centre, number in moves_counted(load, since=since):
        for person in staff_of_regions(regions_of(centre)):
            _ask(person, "register.moves_asked", centre, load, number, now=now)
        promise(
            "organisations.escalate_moves",
            now=now,
            after=PATIENCE,
            once=f"moves:{load}:{centre.key}",
            load=load,
            centre=centre.key,
        )


@transaction.atomic
def escalate_moves(load: UUID, centre: UUID, *, now: datetime) -> int:
    """Ask the heads of a centre about what nobody has answered for a week; give how many wait."""
    found = [(one, number) for one, number in moves_counted(load) if one.key == centre]
    for one, number in found:
        heads = staff_of_regions(regions_of(one), CentreStaff.Role.HEAD)
        for person in list(heads) or administrators():
            _ask(person, "register.moves_escalated", one, load, number, now=now)
        codes: dict[str, str | int] = {"number": number}
        record("moves.escalated", about=one, actor=command_person(now), at=now, codes=codes)
    return sum(number for _one, number in found)


def _ask(
    person: Person, code: str, centre: Centre, load: UUID, number: int, *, now: datetime
) -> None:
    url = f"{reverse('register:questions')}?kind=moved&load={load}"
    tell(person, code, now=now, about=centre, url=url, number=str(number))
