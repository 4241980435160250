"""Groups without a legal entity: written down, and joined one day to what they registered."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.actions import tell
from sinergia.organisations.access import may_write_for_group
from sinergia.organisations.actions import telling
from sinergia.organisations.actions.merging import merge_organisations
from sinergia.organisations.actions.register import Newcomer, register_organisations
from sinergia.organisations.actions.teams import join_team
from sinergia.organisations.models import (
    FormerName,
    Membership,
    Merge,
    Organisation,
    Reach,
)
from sinergia.organisations.queries.roles import staff_serving
from sinergia.organisations.queries.teams import group_just_written, groups_led_by
from sinergia.people.models import Person
from sinergia.places.models import Municipality, Region

MOST_OF_ONE = 5  # groups that one person leads
JUST_NOW = timedelta(minutes=10)  # so long a page is sent again by mistake
Given = Mapping[str, str]


@transaction.atomic
def begin_group(
    region: Region,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    municipality: Municipality | None = None,
) -> Organisation:
    """Write down one's own group and lead it; hidden until its people show it.

    given: name, about. The centre that serves the region is told. Raises Refused for the sixth
    group of one person; the same name in the same region again gives the group that is there.
    """
    Person.objects.select_for_update().get(pk=actor.pk)
    theirs = groups_led_by(actor)
    same = theirs.filter(name=given["name"], region=region).first()
    if same is not None:
        return same
    if theirs.count() >= MOST_OF_ONE:
        raise Refused([Gap("group_too_many", values={"most": MOST_OF_ONE})])
    group = _written(region, municipality, given, actor=actor, now=now)
    join_team(group, actor, Membership.Role.LEADER, actor=actor, now=now)
    _tell_about(group, given, actor=actor, now=now)
    for person in staff_serving(group).exclude(pk=actor.pk):
        tell(
            person,
            "register.group_begun",
            now=now,
            about=group,
            url=reverse("register:inside", args=[group.key]),
            group=group.name,
        )
    return group


@transaction.atomic
def write_group(
    region: Region,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    municipality: Municipality | None = None,
) -> Organisation:
    """Write down a group from its people's words; they confirm once one of them signs in.

    given: name, about, told_by; head and phone of whoever leads it, "" where they are not known.
    Pressing twice is harmless: one name written by one person within minutes is one group.
    """
    Person.objects.select_for_update().get(pk=actor.pk)
    if not may_write_for_group(actor, region):
        raise PermissionDenied
    there = group_just_written(region, given["name"], by=actor, since=now - JUST_NOW)
    if there is not None:
        return there
    group = _written(region, municipality, given, actor=actor, now=now)
    _tell_about(group, given, actor=actor, now=now)
    told = given.get("told_by", "")
    if given.get("head"):
        head = {"name": given["head"], "told_by": told}
        telling.write_head(group, head, actor=actor, now=now)
    if given.get("phone"):
        phone = {"kind": Reach.Kind.PHONE, "value": given["phone"], "note": "", "is_public": False}
        telling.write_reach(group, phone | {"told_by": told}, actor=actor, now=now)
    return group


@transaction.atomic
def join_group(group: UUID, organisation: UUID, *, actor: Person, now: datetime) -> Merge:
    """Make a group a part of the organisation that it registered: its rows and history go there.

    The old address leads on, the old name is found, undo takes it back. Pressing twice is
    harmless. Raises Refused where the two are not a group and a registered organisation, or where
    rows stand in the way.
    """
    rows = Organisation.objects.filter(key__in=[group, organisation])
    kinds = {row.key: row.kind for row in rows}
    is_here = group in kinds  # else it was joined before, which the merge itself knows
    if is_here and kinds[group] != Organisation.Kind.GROUP:
        raise Refused([Gap("group_is_registered")])
    if kinds.get(organisation) != Organisation.Kind.REGISTERED:
        raise Refused([Gap("group_joins_registered")])
    merge = merge_organisations(organisation, group, actor=actor, now=now)
    if is_here:
        name = next(row.name for row in rows if row.key == group)
        former = FormerName.objects.filter(organisation=merge.kept, name=name, until=None)
        former.update(until=timezone.localdate(now))
        record("organisation.group_joined", about=merge.kept, actor=actor, at=now)
    return merge


def _written(
    region: Region,
    municipality: Municipality | None,
    given: Given,
    *,
    actor: Person,
    now: datetime,
) -> Organisation:
    newcomer = Newcomer(
        name=given["name"],
        kind=Organisation.Kind.GROUP,
        is_public=False,
        region_id=region.pk,
        municipality_id=municipality.pk if municipality else None,
    )
    (group,) = register_organisations([newcomer], now=now, entered_by=actor.key)
    record("organisation.group_written", about=group, actor=actor, at=now)
    return group


def _tell_about(group: Organisation, given: Given, *, actor: Person, now: datetime) -> None:
    if given.get("about"):
        card = {"about": given["about"], "told_by": given.get("told_by", "")}
        telling.write_card(group, card, actor=actor, now=now)
