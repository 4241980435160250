"""How pages reach what was taken home: hidden and missing look alike."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sinergia.exchange import access
from sinergia.exchange.http import visit_of
from sinergia.exchange.models import Commitment, Delegate, Session, SessionPhoto, Visit
from sinergia.exchange.queries.commitments import commitments_for, delegates_of
from sinergia.exchange.queries.delegation import own_row
from sinergia.exchange.queries.holding import photo_in, session_held
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.people.http import SignedInRequest, reader_of
from sinergia.people.models import Person

Tab = tuple[str, str, bool]
BEGUN = access.BEGUN


def committing_visit(request: SignedInRequest, key: UUID) -> Visit:
    """A visit of whoever asks, as a delegate or as staff of the home centre."""
    found = visit_of(request, key)
    if not access.may_read_commitments(request.user, found):
        raise Http404
    return found


def prepared_visit(request: SignedInRequest, key: UUID) -> Visit:
    """A visit that whoever asks prepares."""
    found = visit_of(request, key)
    if not access.may_prepare(request.user, found):
        raise Http404
    return found


def session_of(visit: Visit, key: UUID | str) -> Session:
    """A session of a visit."""
    found = session_held(visit, key)
    if found is None:
        raise Http404
    return found


def photo_of(visit: Visit, key: UUID) -> SessionPhoto:
    """A picture of a visit that was not taken out."""
    found = photo_in(visit, key)
    if found is None:
        raise Http404
    return found


def commitment_of(request: SignedInRequest, key: UUID) -> Commitment:
    """A commitment that whoever asks may read."""
    found = commitments_for(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def changeable(request: SignedInRequest, key: UUID) -> Commitment:
    """A commitment that whoever asks may change."""
    found = commitment_of(request, key)
    if not access.may_change_commitment(request.user, found):
        raise Http404
    return found


def takers(visit: Visit, person: Person) -> list[Delegate]:
    """For whom somebody may take things home: themselves; all, where they lead or serve them."""
    if access.is_lead(person, visit) or access.is_home(person, visit):
        return delegates_of(visit)
    own = own_row(visit, person)
    return [own] if own is not None else []


def renew_clashes(form: OpenedForm) -> None:
    """What others wrote meanwhile has been shown now: whoever saves once more knows it."""
    for name in form.errors:
        if name in form.fields:
            form.renew(str(name))


@dataclass(frozen=True)
class Standing:
    """What a reader is to a visit. own: their row of the delegation. is_other: of the far side."""

    own: Delegate | None = None
    prepares: bool = False
    is_home: bool = False
    is_other: bool = False

    @property
    def is_inside(self) -> bool:
        """Whether they read what is not for everybody."""
        return self.own is not None or self.prepares or self.is_other


def standing_of(person: Person | None, visit: Visit) -> Standing:
    """Ask once what a reader is to a visit; of one that was put away only who prepares it reads."""
    if person is None:
        return Standing()
    if access.may_prepare(person, visit):
        return Standing(own_row(visit, person), prepares=True, is_home=True)
    if visit.course.removed_at is not None:
        return Standing()
    own, is_home = own_row(visit, person), access.is_home(person, visit)
    return Standing(own, is_home=is_home, is_other=access.is_other_side(person, visit))


def tabs_of(
    request: HttpRequest, visit: Visit, here: str, standing: Standing | None = None
) -> list[Tab]:
    """Pages that lie beside one another: what the reader may open of them."""
    person = reader_of(request)
    known = standing or standing_of(person, visit)
    own, inside = known.own is not None, known.is_inside
    named = [
        ("visit", "exchange:visit", _("The visit"), True),
        ("programme", "visits:programme", _("Programme"), inside or bool(visit.course.version)),
        ("delegation", "exchange:delegation", _("Delegation"), inside),
        ("there", "commitments:there", _("On the way"), inside),
        ("board", "commitments:board", _("Commitments"), own or known.is_home),
        ("feedback", "commitments:feedback", _("What I thought"), own),
        ("results", "commitments:feedback_results", _("What delegates thought"), known.prepares),
        ("report", "commitments:report", _("Report"), inside),
        ("publication", "press:publication", _("Press"), known.prepares and visit.stage in BEGUN),
    ]
    tabs = [
        (words, reverse(address, args=[visit.key]), name == here)
        for name, address, words, is_open in named
        if is_open
    ]
    grew = reverse("thread:thread", args=["visit", visit.key])
    return [*tabs, (_("What grew from it"), grew, False)]


def crumbs_of(visit: Visit, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of a visit; the visit's own page first where it is there."""
    try:
        url = reverse("exchange:visit", args=[visit.key])
    except NoReverseMatch:
        url = reverse("commitments:there", args=[visit.key])
    return [(visit.name, url), *more]
