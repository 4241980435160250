"""Who travels: written by the centre, put in order, invited, let off and taken on again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.engine.protocol import by_towns, moved, town_moved
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.exchange.actions.consents import end_all
from sinergia.exchange.actions.visits import locked
from sinergia.exchange.models import Delegate, Visit
from sinergia.exchange.queries.delegation import KIND, ROLE, delegates_of, travelling
from sinergia.notices.actions import tell
from sinergia.organisations.actions.meanwhile import touched
from sinergia.people.actions import InvitationLetter, invite, withdraw_invitation
from sinergia.people.models import Invitation, Person
from sinergia.people.queries.invitations import invitations_to

Given = Mapping[str, object]
# What a delegate confirms; a change of it by others has to be confirmed anew.
CONFIRMED = ("name", "post", "organisation", "body", "municipality")
FIELDS = (*CONFIRMED, "phone", "email", "told_by")
MOST = 200  # of one delegation
CLOSED = (Visit.Stage.ACCOUNTED, Visit.Stage.CANCELLED)


@transaction.atomic
def write_delegate(
    visit: Visit,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    delegate: Delegate | None = None,
    seen: Given | None = None,
    is_namesake: bool = False,
) -> Delegate:
    """Write somebody who travels, from the words of `told_by`; they stand last in their town.

    is_namesake: whoever writes knows of another one with this name, and that it is not the same.
    Raises Refused for an address that stands there already, and for a name until that is said.
    """
    visit = _open(visit, actor)
    row = Delegate(visit=visit) if delegate is None else _held(visit, delegate)
    given = touched(row, given, seen)
    gaps = list(_gaps(visit, row, given, is_namesake=is_namesake))
    if gaps:
        raise Refused(gaps)
    is_changed = any(getattr(row, name) != given[name] for name in CONFIRMED)
    for name in FIELDS:
        setattr(row, name, given[name])
    row.name_folded = fold(row.name)[:200]
    if delegate is None:
        row.place = visit.delegates.count() + 1
    elif is_changed and row.confirmed_at is not None and row.person != actor:
        row.confirmed_at = None
        _tell(row, "exchange.delegate_changed", now=now)
    row.save()
    _close_up(visit)
    record("visit.delegate_written", about=visit, actor=actor, at=now, codes=_codes(row))
    return row


@transaction.atomic
def move_delegate(delegate: Delegate, step: int, *, actor: Person, now: datetime) -> None:
    """Put somebody higher (-1) or lower (1) within their town."""
    visit = _open(delegate.visit, actor)
    _held(visit, delegate)
    _put_in_order(visit, moved(_order(visit), delegate.pk, step))
    record("visit.delegates_moved", about=visit, actor=actor, at=now)


@transaction.atomic
def move_town(visit: Visit, town: UUID | None, step: int, *, actor: Person, now: datetime) -> None:
    """Put a whole town higher (-1) or lower (1) among the towns; none: those without one."""
    visit = _open(visit, actor)
    known = dict(travelling(visit).values_list("municipality__key", "municipality_id"))
    if town not in known:
        raise Refused([Gap("delegate.town_gone")])
    _put_in_order(visit, town_moved(_order(visit), known[town], step))
    record("visit.delegates_moved", about=visit, actor=actor, at=now)


@transaction.atomic
def name_lead(delegate: Delegate, *, actor: Person, now: datetime) -> Delegate:
    """Say who leads the delegation: one at a time; twice is harmless."""
    visit = _open(delegate.visit, actor)
    row = _held(visit, delegate)
    if row.is_lead:
        return row
    if row.gone_at is not None:
        raise Refused([Gap("delegate.not_travelling")])
    visit.delegates.filter(is_lead=True).update(is_lead=False)
    row.is_lead = True
    row.save(update_fields=["is_lead"])
    record("visit.lead_named", about=visit, actor=actor, at=now, codes=_codes(row))
    if row.person is not None:
        _tell(row, "exchange.lead_named", now=now)
    return row


@transaction.atomic
def let_off(delegate: Delegate, *, actor: Person, now: datetime) -> Delegate:
    """Note that somebody does not travel after all; what they said of their way is forgotten.

    What they agreed to is taken back: their page, where they could do it themselves, is gone.
    """
    visit = _open(delegate.visit, actor)
    row = _held(visit, delegate)
    if row.gone_at is not None:
        return row
    row.gone_at, row.is_lead = now, False
    row.save(update_fields=["gone_at", "is_lead"])
    _forget_travel(row)
    end_all([row], by=actor, now=now)
    for invitation in invitations_to(KIND, row.key).filter(taken_at=None, withdrawn_at=None):
        withdraw_invitation(invitation, actor=actor, now=now)
    _close_up(visit)
    record("visit.delegate_let_off", about=visit, actor=actor, at=now, codes=_codes(row))
    _tell(row, "exchange.delegate_let_off", now=now)
    return row


@transaction.atomic
def take_on_again(delegate: Delegate, *, actor: Person, now: datetime) -> Delegate:
    """Note that somebody travels after all; twice is harmless.

    Raises Refused where another row has their address or account meanwhile.
    """
    visit = _open(delegate.visit, actor)
    row = _held(visit, delegate)
    if row.gone_at is None:
        return row
    others = visit.delegates.filter(gone_at=None).exclude(pk=row.pk)
    if row.email and others.filter(email=row.email).exists():
        raise Refused([Gap("delegate.address_known")])
    if row.person_id and others.filter(person=row.person_id).exists():
        raise Refused([Gap("delegate.account_known")])
    row.gone_at = None
    row.save(update_fields=["gone_at"])
    _close_up(visit)
    record("visit.delegate_taken_on", about=visit, actor=actor, at=now, codes=_codes(row))
    _tell(row, "exchange.delegate_taken_on", now=now)
    return row


@transaction.atomic
def invite_delegate(
    delegate: Delegate,
    *,
    ends_at: datetime,
    actor: Person,
    now: datetime,
    email: str = "",
    letter: InvitationLetter | None = None,
) -> tuple[Invitation, str]:
    """Make a link by which somebody takes up their place; give its token, which is told once.

    A further link withdraws those before. Raises Refused for who has taken theirs up already.
    """
    visit = _open(delegate.visit, actor)
    row = _held(visit, delegate)
    if row.person_id is not None:
        raise Refused([Gap("delegate.has_account")])
    if row.gone_at is not None:
        raise Refused([Gap("delegate.not_travelling")])
    address = email.strip().casefold()
    others = visit.delegates.filter(gone_at=None).exclude(pk=row.pk)
    if address and others.filter(email=address).exists():
        raise Refused([Gap("delegate.address_known", "email")])
    if address and address != row.email:
        row.email = address
        row.save(update_fields=["email"])
    for before in invitations_to(KIND, row.key).filter(taken_at=None, withdrawn_at=None):
        withdraw_invitation(before, actor=actor, now=now)
    return invite(
        KIND, row.key, ROLE, email=address, ends_at=ends_at, actor=actor, now=now, letter=letter
    )


def _gaps(visit: Visit, row: Delegate, given: Given, *, is_namesake: bool) -> Iterator[Gap]:
    others = visit.delegates.filter(gone_at=None).exclude(pk=row.pk)
    if row.pk is None and visit.delegates.count() >= MOST:
        yield Gap("delegate.too_many", "name", {"most": MOST})
    if given["email"] and others.filter(email=given["email"]).exists():
        yield Gap("delegate.address_known", "email")
    folded = fold(str(given["name"]))[:200]
    is_named_anew = folded != row.name_folded
    if is_named_anew and not is_namesake and others.filter(name_folded=folded).exists():
        yield Gap("delegate.name_known", "name")


def _open(visit: Visit, actor: Person) -> Visit:
    """The visit, held; its delegation stands once it is accounted for or cancelled."""
    row = locked(visit, actor)
    if row.stage in CLOSED:
        raise Refused([Gap("delegate.list_closed")])
    return row


def _held(visit: Visit, delegate: Delegate) -> Delegate:
    row = delegates_of(visit).filter(pk=delegate.pk).first()
    if row is None:
        raise Refused([Gap("delegate.gone")])
    return row


def _order(visit: Visit) -> list[tuple[int, int | None]]:
    """Those who travel, each with their town."""
    return list(travelling(visit).values_list("pk", "municipality_id"))


def _close_up(visit: Visit) -> None:
    """Keep those of one town together, in the order in which they stand."""
    order = [pk for _town, pks in by_towns(_order(visit)) for pk in pks]
    _put_in_order(visit, order)


def _put_in_order(visit: Visit, order: Sequence[int]) -> None:
    rows = {row.pk: row for row in delegates_of(visit)}
    left = [pk for pk in rows if pk not in set(order)]  # who does not travel stands below
    for place, pk in enumerate([*order, *left], start=1):
        rows[pk].place = place
    Delegate.objects.bulk_update(rows.values(), ["place"], batch_size=200)


def _forget_travel(row: Delegate) -> None:
    travel = getattr(row, "travel", None)
    if travel is not None:
        travel.delete()


def _tell(row: Delegate, code: str, *, now: datetime) -> None:
    """Tell somebody of their own row, where it is tied to an account."""
    if row.person is not None and row.person.is_active:
        is_off = row.gone_at is not None  # then the page is not there for them
        url = "" if is_off else reverse("exchange:visit", args=[row.visit.key])
        tell(row.person, code, now=now, about=row.visit, url=url, visit=row.visit.name)


def _codes(row: Delegate) -> dict[str, str | int]:
    return {"delegate": str(row.key)}
