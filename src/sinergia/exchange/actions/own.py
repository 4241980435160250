"""What a delegate does themselves: takes the place up, confirms it, says how they travel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.exchange.access import is_coordinator, may_prepare
from sinergia.exchange.models import Delegate, DelegateWish, Travel, Visit
from sinergia.exchange.queries.delegation import (
    KIND,
    delegate_of,
    invitation_by,
    is_good,
    is_own_address,
)
from sinergia.notices.actions import tell
from sinergia.organisations.actions.meanwhile import touched
from sinergia.people.actions import take_invitation, withdraw_invitation
from sinergia.people.models import Person
from sinergia.people.queries import holds_address, invitations_to
from sinergia.places.models import Theme

Given = Mapping[str, object]
TRAVEL_FIELDS = ("arrives", "leaves", "lodging", "needs")
OVER = (Visit.Stage.DONE, Visit.Stage.ACCOUNTED, Visit.Stage.CANCELLED)


@transaction.atomic
def take_up_place(key: UUID, token: str, *, actor: Person, now: datetime) -> Delegate:
    """Take up the place that a link offers: the row becomes the actor's, and is confirmed.

    The same person twice is harmless. Raises Refused where the link is no longer good, is for
    another address, is one's own, or its holder travels already.
    """
    asked = invitation_by(key, token)
    found = delegate_of(asked) if asked else None
    if asked is None or found is None:
        raise Refused([Gap("invitation.over")])
    visit = Visit.objects.select_for_update().get(pk=found.visit_id)
    row = Delegate.objects.select_for_update().get(pk=found.pk)
    if asked.taken_by_id == actor.pk and row.person_id == actor.pk:
        return row
    if asked.invited_by_id == actor.pk:
        raise Refused([Gap("invitation.own")])
    if not is_good(asked, now=now) or row.person_id is not None:
        raise Refused([Gap("invitation.over")])
    if visit.delegates.filter(person=actor, gone_at=None).exists():
        raise Refused([Gap("delegate.account_known")])
    take_invitation(key, token, kind=asked.kind, actor=actor, now=now)
    row.person, row.confirmed_at, row.told_by = actor, now, ""
    row.save(update_fields=["person", "confirmed_at", "told_by"])
    record("visit.place_taken_up", about=visit, actor=actor, at=now, codes=_codes(row))
    url = reverse("exchange:delegation", args=[visit.key])
    tell(
        asked.invited_by,
        "exchange.place_taken_up",
        now=now,
        about=visit,
        url=url,
        visit=visit.name,
    )
    return row


@transaction.atomic
def take_own_place(delegate: Delegate, *, actor: Person, now: datetime) -> Delegate:
    """Say that a row is oneself: for whoever prepares the visit and travels with it.

    Nobody can invite them, so the address of the row has to be one that they have confirmed. Twice
    is harmless. Raises Refused where it is not, or where they travel already.
    """
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=delegate.visit_id)
    row = _locked(delegate)
    if not may_prepare(actor, visit):
        raise PermissionDenied
    if row.person_id == actor.pk:
        return row
    is_theirs = row.person_id is None and row.gone_at is None
    gaps = [] if is_theirs and is_own_address(actor, row) else [Gap("delegate.not_own_address")]
    if visit.delegates.filter(person=actor, gone_at=None).exists():
        gaps.append(Gap("delegate.account_known"))
    if gaps:
        raise Refused(gaps)
    for sent in invitations_to(KIND, row.key).filter(taken_at=None, withdrawn_at=None):
        withdraw_invitation(sent, actor=actor, now=now)
    row.person, row.confirmed_at, row.told_by = actor, now, ""
    row.save(update_fields=["person", "confirmed_at", "told_by"])
    record("visit.place_taken_up", about=visit, actor=actor, at=now, codes=_codes(row))
    return row


@transaction.atomic
def decline_place(key: UUID, token: str, *, actor: Person, now: datetime) -> None:
    """Say that an invitation to one's own address is not wanted; twice is harmless."""
    asked = invitation_by(key, token)
    found = delegate_of(asked) if asked else None
    if asked is None or found is None or asked.taken_at:
        raise Refused([Gap("invitation.over")])
    if not asked.email or not holds_address(actor, asked):
        raise Refused([Gap("invitation.other_address")])
    if asked.withdrawn_at:
        return
    withdraw_invitation(asked, actor=actor, now=now)
    tell(
        asked.invited_by,
        "exchange.place_declined",
        now=now,
        about=found.visit,
        url=reverse("exchange:delegation", args=[found.visit.key]),
        visit=found.visit.name,
    )


@transaction.atomic
def confirm_place(delegate: Delegate, *, actor: Person, now: datetime) -> Delegate:
    """Say that what the centre wrote of oneself is so; twice is harmless."""
    row = _own(delegate, actor)
    if row.confirmed_at is not None:
        return row
    row.confirmed_at, row.told_by = now, ""
    row.save(update_fields=["confirmed_at", "told_by"])
    record("visit.delegate_confirmed", about=row.visit, actor=actor, at=now, codes=_codes(row))
    return row


@transaction.atomic
def write_wishes(
    delegate: Delegate,
    wishes: str,
    themes: Sequence[Theme],
    *,
    actor: Person,
    now: datetime,
) -> Delegate:
    """Say what one wants to see: in words, and by themes of the region that is visited."""
    row = _own(delegate, actor)
    _need_time(row)
    wanted = {one.pk for one in themes if one.region_id == row.visit.to_region_id}
    known = set(row.themes.values_list("theme", flat=True))
    if (row.wishes, known) == (wishes, wanted):
        return row
    row.wishes = wishes
    row.save(update_fields=["wishes"])
    row.themes.exclude(theme__in=wanted).delete()
    DelegateWish.objects.bulk_create(
        DelegateWish(delegate=row, theme_id=pk) for pk in sorted(wanted - known)
    )
    record("visit.wishes_written", about=row.visit, actor=actor, at=now, codes=_codes(row))
    return row


@transaction.atomic
def write_travel(
    delegate: Delegate,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    seen: Given | None = None,
) -> Travel:
    """Say how a delegate comes, sleeps and leaves, and what the hosts should provide.

    By themselves, or by the coordinator; who leads the delegation reads. The journal says that it
    was written, not what.
    """
    row = _locked(delegate)
    is_own = row.person_id == actor.pk and actor.is_active
    if row.gone_at is not None or not (is_own or is_coordinator(actor, row.visit)):
        raise PermissionDenied
    _need_time(row)
    travel = Travel.objects.filter(delegate=row).first() or Travel(delegate=row)
    given = touched(travel, given, seen)
    if all(getattr(travel, name) == given[name] for name in TRAVEL_FIELDS):
        return travel
    for name in TRAVEL_FIELDS:
        setattr(travel, name, given[name])
    travel.save()
    record("visit.travel_written", about=row.visit, actor=actor, at=now, codes=_codes(row))
    return travel


@transaction.atomic
def erase_travel(pk: int) -> None:
    """Forget how somebody travelled: the 30 days after the visit are over."""
    Travel.objects.filter(pk=pk).delete()


def _own(delegate: Delegate, actor: Person) -> Delegate:
    row = _locked(delegate)
    if row.person_id != actor.pk or not actor.is_active or row.gone_at is not None:
        raise PermissionDenied
    return row


def _locked(delegate: Delegate) -> Delegate:
    rows = Delegate.objects.select_for_update(of=("self",))
    return rows.select_related("visit__centre", "visit__course").get(pk=delegate.pk)


def _need_time(row: Delegate) -> None:
    """What is to be arranged can be said until the visit is over."""
    if row.visit.stage in OVER:
        raise Refused([Gap("delegate.visit_over")])


def _codes(row: Delegate) -> dict[str, str | int]:
    return {"delegate": str(row.key)}
