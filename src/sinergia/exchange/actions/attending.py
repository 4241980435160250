"""Who was at a session: ticked for all by who holds the visit, by each for themselves."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.exchange import access
from sinergia.exchange.models import Attendance, Delegate, Session
from sinergia.people.models import Person


@transaction.atomic
def tick_present(
    session: Session,
    present: Collection[Delegate],
    *,
    shown: Collection[Delegate],
    actor: Person,
    now: datetime,
) -> None:
    """Note who is there. shown: whom the list showed as there when it was opened.

    Only what was changed in the list is written, so two who tick at once lose nothing; who was
    ticked by mistake is unticked the same way.
    """
    session = _locked(session)
    if not access.may_hold(actor, session.visit):
        raise PermissionDenied
    if any(one.visit_id != session.visit_id for one in [*present, *shown]):
        raise PermissionDenied
    came = {one.pk: one for one in present}
    were = {one.pk for one in shown}
    for pk, one in came.items():
        if pk not in were:
            _add(session, one, actor=actor, now=now)
    for pk in were - came.keys():
        _remove(session, pk, actor=actor, now=now)


@transaction.atomic
def tick_own(
    session: Session, delegate: Delegate, *, is_there: bool, actor: Person, now: datetime
) -> None:
    """Note that somebody is there themselves, or that it was a slip. Twice is harmless."""
    session = _locked(session)
    if delegate.person_id != actor.pk or not access.is_delegate(actor, session.visit):
        raise PermissionDenied
    if delegate.visit_id != session.visit_id:
        raise PermissionDenied
    if is_there:
        _add(session, delegate, actor=actor, now=now)
    else:
        _remove(session, delegate.pk, actor=actor, now=now)


def _locked(session: Session) -> Session:
    """The session, held; nobody is anywhere before the visit has begun."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("visit__centre")
    row = rows.get(pk=session.pk)
    if row.visit.stage not in access.BEGUN:
        raise PermissionDenied
    return row


def _add(session: Session, delegate: Delegate, *, actor: Person, now: datetime) -> None:
    _row, is_new = Attendance.objects.get_or_create(
        session=session, delegate=delegate, defaults={"by": actor.key, "at": now}
    )
    if is_new:
        codes = {"delegate": str(delegate.key)}
        record("session.attended", about=session, actor=actor, at=now, codes=codes)


def _remove(session: Session, pk: int, *, actor: Person, now: datetime) -> None:
    row = Attendance.objects.filter(session=session, delegate=pk).select_related("delegate").first()
    if row is not None:
        codes = {"delegate": str(row.delegate.key)}
        record("session.unattended", about=session, actor=actor, at=now, codes=codes)
        row.delete()
