"""What the register itself says of an organisation, mended by hand."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.access import may_edit, may_keep, may_place
from sinergia.organisations.actions.arrivals import tell_of_arrival, tell_of_leaving
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.actions.register import change_organisation
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.models import Municipality, Region


@transaction.atomic
def write_details(
    organisation: Organisation,
    given: Mapping[str, object],
    *,
    actor: Person,
    now: datetime,
    seen: Mapping[str, object] | None = None,
) -> Organisation:
    """Write name, address, site, municipality; each change stands in the history.

    seen: what stood there when the form was opened; what others wrote since stays.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_edit(actor, organisation):
        raise PermissionDenied
    if not given.get("name"):
        raise Refused([Gap("name_missing", "name")])
    given = touched(organisation, given, seen)
    if change_organisation(organisation, given, actor_key=actor.key, now=now):
        record("organisation.details_written", about=organisation, actor=actor, at=now)
    return organisation


@transaction.atomic
def place_organisation(
    organisation: Organisation,
    region: Region,
    municipality: Municipality | None,
    *,
    actor: Person,
    now: datetime,
) -> Organisation:
    """Say in which region an organisation is that lay in none; the centre there is told.

    The same said twice is harmless. Raises Refused where somebody has said another region.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_place(actor, region):
        raise PermissionDenied
    if organisation.region_id == region.pk:
        return organisation
    if organisation.region_id is not None:
        raise Refused([Gap("region_is_known")])
    given = {"region": region, "municipality": municipality}
    change_organisation(organisation, given, actor_key=actor.key, now=now)
    record("organisation.placed", about=organisation, actor=actor, at=now)
    tell_of_arrival(organisation, but=actor.key, now=now)
    return organisation


@transaction.atomic
def move_organisation(
    organisation: Organisation, region: Region, *, actor: Person, now: datetime
) -> Organisation:
    """Let an organisation go to the region where it is; both centres are told.

    Its municipality and themes stay behind. The same said twice is harmless.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.region_id == region.pk:
        return organisation
    if not may_keep(actor, organisation):
        raise PermissionDenied
    left = organisation.region_id
    given = {"region": region, "municipality": None}
    change_organisation(organisation, given, actor_key=actor.key, now=now)
    record("organisation.placed", about=organisation, actor=actor, at=now)
    tell_of_arrival(organisation, but=actor.key, now=now)
    tell_of_leaving(organisation, left, but=actor.key, now=now)
    return organisation
