"""How a delegation is read: in the order of protocol, and each one's own row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from sinergia.base.journal.models import Entry
from sinergia.engine.protocol import by_towns
from sinergia.exchange.access import may_prepare
from sinergia.exchange.models import Delegate, Organiser, Travel, Visit
from sinergia.organisations.models import CentreStaff
from sinergia.people.models import Invitation, Person
from sinergia.people.queries.invitations import invitation_of_link
from sinergia.places.models import Theme

KIND = ROLE = "delegate"  # of invitations
FEW = 10  # of one's own visits on the desk
KEPT = timedelta(days=30)  # so long after a visit is known how its delegates travelled
_BESIDE = ("organisation", "municipality", "person", "visit__centre")
invitation_by = partial(invitation_of_link, kinds=(KIND,))


@dataclass(frozen=True)
class Town:
    """Those of one town, in the order of protocol. key: "" where none is given."""

    key: str
    name: str
    delegates: Sequence[Delegate]


def delegates_of(visit: Visit) -> QuerySet[Delegate]:
    """Everybody on the list, in order; those who do not travel after all, too."""
    return visit.delegates.select_related(*_BESIDE).order_by("place", "pk")


def travelling(visit: Visit) -> QuerySet[Delegate]:
    """Those who travel, in the order of protocol."""
    return delegates_of(visit).filter(gone_at=None)


def towns_of(delegates: Sequence[Delegate]) -> list[Town]:
    """The same people by their towns."""
    by_pk = {one.pk: one for one in delegates}
    names = {one.municipality_id: one.municipality for one in delegates}
    found = []
    for town, pks in by_towns([(one.pk, one.municipality_id) for one in delegates]):
        place = names[town]
        rows = [by_pk[pk] for pk in pks]
        found.append(Town(str(place.key) if place else "", place.name if place else "", rows))
    return found


def declined_in(visit: Visit) -> set[str]:
    """Keys of rows whose last link was declined by whoever it was sent to, not by the centre.

    They stand on the list until the centre has let them off; on no paper meanwhile.
    """
    waiting = travelling(visit).filter(person=None).values_list("key", flat=True)
    links = Invitation.objects.filter(kind=KIND, scope__in=[str(key) for key in waiting])
    last = {one.scope: one for one in links.order_by("pk")}
    gone = {str(one.key): scope for scope, one in last.items() if one.withdrawn_at is not None}
    acts = Entry.objects.filter(about_kind="people.invitation", about_key__in=gone)
    ours = CentreStaff.objects.filter(centre=visit.centre).values("person__key")
    by_others = acts.filter(verb="invitation.withdrawn").exclude(actor_key__in=ours)
    return {gone[key] for key in by_others.values_list("about_key", flat=True)}


def own_row(visit: Visit, person: Person) -> Delegate | None:
    """Somebody's own row of a delegation."""
    return travelling(visit).select_related("visit__centre").filter(person=person).first()


def travel_of(delegate: Delegate) -> Travel | None:
    """How a delegate travels, where anything was said."""
    return Travel.objects.filter(delegate=delegate).first()


def travels_of(visit: Visit) -> list[tuple[Delegate, Travel | None]]:
    """How everybody travels, in the order of protocol."""
    told = {one.delegate_id: one for one in Travel.objects.filter(delegate__visit=visit)}
    return [(one, told.get(one.pk)) for one in travelling(visit)]


def themes_to_wish(visit: Visit) -> list[Theme]:
    """What can be seen where a visit goes to: the themes of that region."""
    rows = Theme.objects.filter(region=visit.to_region_id)
    return list(rows.order_by("name_folded", "pk"))


def wished_by(delegate: Delegate) -> list[Theme]:
    """The themes of which a delegate wants to see something."""
    rows = Theme.objects.filter(pk__in=delegate.themes.values("theme"))
    return list(rows.order_by("name_folded", "pk"))


def wishes_in_words(visit: Visit) -> list[Delegate]:
    """Who travels and says in their own words what they want to see."""
    return list(travelling(visit).exclude(wishes=""))


def note_invitations(delegates: Sequence[Delegate], *, now: datetime) -> None:
    """Put beside each row until when its link, where one is open, may be taken."""
    by_key = {str(one.key): one for one in delegates}
    found = Invitation.objects.filter(kind=KIND, scope__in=by_key, ends_at__gte=now)
    rows = found.filter(taken_at=None, withdrawn_at=None).order_by("pk")
    for scope, ends_at in rows.values_list("scope", "ends_at"):
        by_key[scope].invited_until = ends_at


def delegate_of(invitation: Invitation) -> Delegate | None:
    """Whom an invitation is meant for; none where the row is gone or its visit put away."""
    rows = Delegate.objects.select_related(*_BESIDE, "visit__course", "visit__to_region")
    found = rows.filter(key=invitation.scope, visit__course__removed_at=None)
    return found.first()


def is_good(invitation: Invitation, *, now: datetime) -> bool:
    """Whether it may be taken: in time, for who still travels, and the centre still invites."""
    delegate = delegate_of(invitation)
    if delegate is None or invitation.state_at(now) != Invitation.State.OPEN:
        return False
    is_going = delegate.gone_at is None and delegate.visit.stage != Visit.Stage.CANCELLED
    return is_going and may_prepare(invitation.invited_by, delegate.visit)


def is_own_address(person: Person, row: Delegate) -> bool:
    """Whether a row stands under an address that somebody has confirmed."""
    theirs = EmailAddress.objects.filter(user=person, verified=True)
    known = {one.casefold() for one in theirs.values_list("email", flat=True)}
    return row.email.casefold() in known


def invitations_of(person: Person, *, now: datetime) -> list[tuple[Invitation, Delegate]]:
    """Invitations to travel that wait for a person at an address they have confirmed."""
    theirs = EmailAddress.objects.filter(user=person, verified=True)
    addresses = [one.casefold() for one in theirs.values_list("email", flat=True)]
    rows = Invitation.objects.filter(kind=KIND, email__in=addresses, ends_at__gte=now)
    rows = rows.filter(taken_at=None, withdrawn_at=None).select_related("invited_by")
    found = [(one, delegate_of(one)) for one in rows.order_by("-pk")[:20]]
    return [(one, row) for one, row in found if row is not None and is_good(one, now=now)]


def unconfirmed_in(visits: Iterable[Visit]) -> QuerySet[Delegate]:
    """Who travels there and has not said yet that their row is so."""
    rows = Delegate.objects.filter(visit__in=visits, gone_at=None, confirmed_at=None)
    return rows.select_related("visit").order_by("visit", "place")


def coming_rows(person: Person, *, today: date) -> list[Delegate]:
    """Rows of a person in visits ahead, or over for no more than a month; the next first."""
    rows = Delegate.objects.filter(person=person, gone_at=None, visit__course__removed_at=None)
    ahead = rows.filter(Q(visit__ends_on=None) | Q(visit__ends_on__gte=today - KEPT))
    ahead = ahead.exclude(visit__stage=Visit.Stage.CANCELLED).select_related("visit")
    return list(ahead.order_by("visit__starts_on", "pk")[:FEW])


def travel_to_erase(*, today: date) -> list[int]:
    """Numbers of rows of travel whose time is over: of what has ended, is put away or cancelled."""
    last = today - KEPT
    over = Q(delegate__visit__ends_on__lt=last)
    over |= Q(delegate__visit__course__removed_at__date__lt=last)
    rows = Travel.objects.filter(over | Q(delegate__visit__in=_cancelled_before(last)))
    return list(rows.order_by("pk").values_list("pk", flat=True)[:500])


def _cancelled_before(day: date) -> list[int]:
    """Cancelled visits of which it is still known how one travels, and that were so by a day."""
    there = Travel.objects.filter(delegate__visit__stage=Visit.Stage.CANCELLED)
    keys = dict(there.order_by().values_list("delegate__visit__key", "delegate__visit"))
    acts = Entry.objects.filter(verb="visit.cancelled", about_key__in=[str(key) for key in keys])
    late = {UUID(key) for key in acts.filter(at__date__gte=day).values_list("about_key", flat=True)}
    return [pk for key, pk in keys.items() if key not in late]


def body_of(row: Delegate | Organiser, *, is_public: bool = False) -> str:
    """Whom somebody represents. is_public: who is hidden in the register is not named."""
    known = row.organisation
    if known is None:
        return row.body
    return "" if is_public and not known.is_public else known.short_name or known.name
