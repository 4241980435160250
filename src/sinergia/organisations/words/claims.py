"""Requests to act for organisations, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.engine.sites import site_key
from sinergia.organisations.access import LEADERS_ALONE
from sinergia.organisations.models import Claim
from sinergia.organisations.words import explain

KINDS = {"confirmed": "ok", "refused": "bad", "withdrawn": "neutral"}
FREE = frozenset(
    [
        "mail.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru", "yandex.ru", "ya.ru",
        "rambler.ru", "gmail.com", "outlook.com", "hotmail.com", "icloud.com", "vk.com",
        "yahoo.com",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class AskedSaid:
    """One's own request: about what, how it stands (kind of badge and words), till when."""

    claim: Claim
    name: str
    kind: str
    state: str


@dataclass(frozen=True)
class ClaimSaid:
    """A request as whoever answers sees it. address: what the e-mail says of whoever asks."""

    claim: Claim
    kind: str
    state: str
    address: str
    waits: str
    is_new: bool  # the organisation was entered with the request


def asked_said(claim: Claim, *, now: datetime) -> AskedSaid:
    """One's own request. Of an organisation that is not shown, its number is its name.

    Somebody else may have typed that name, and may be in: nothing of that is told.
    """
    kind, state = _state(claim, now=now)
    return AskedSaid(claim, _name(claim), kind, state)


def claim_said(claim: Claim, *, now: datetime) -> ClaimSaid:
    """A request with what is told of the person and of its age."""
    kind, state = _state(claim, now=now)
    return ClaimSaid(
        claim=claim,
        kind=kind,
        state=state,
        address=_address(claim),
        waits="" if claim.settled_at else _waits(claim, now=now),
        is_new=not claim.organisation.is_public,
    )


def letter_said(claim: Claim) -> str:
    """A letter to whoever asked, to be sent from one's own mailbox."""
    organisation = claim.organisation.name
    return explain("claim_letter", organisation=organisation, person=claim.person.name)


def _state(claim: Claim, *, now: datetime) -> tuple[str, str]:
    if claim.settled_at:
        return KINDS[claim.result], claim.get_result_display()
    return "warn", _age(claim, now=now)


def _age(claim: Claim, *, now: datetime) -> str:
    days = (now - claim.raised_at).days
    if not days:
        return _("waits since today")
    return ngettext("waits for %(n)s day", "waits for %(n)s days", days) % {"n": days}


def _waits(claim: Claim, *, now: datetime) -> str:
    """For whom it waits."""
    if claim.escalated_at:
        return _("Whoever answers was reminded: for seven days nobody did.")
    if getattr(claim, "is_led"):  # noqa: B009  # read beside it by every query of claims
        if now < claim.raised_at + LEADERS_ALONE:
            return _("Its leaders answer; after three days the centre may too.")
        return _("Its leaders have not answered for three days: the centre may.")
    return _("Nobody leads it here yet: its centre answers, an administrator where there is none.")


def _address(claim: Claim) -> str:
    host = site_key(claim.person.email.rpartition("@")[2])
    site = claim.organisation.site_key
    if host in FREE:
        return _("a free mailbox: it says nothing")
    if not site:
        return _("the organisation’s site is not known: there is nothing to compare with")
    if host == site or host.endswith(f".{site}") or site.endswith(f".{host}"):
        return _("the mailbox is on the organisation’s site")
    return _("the mailbox is elsewhere")


def _name(claim: Claim) -> str:
    organisation = claim.organisation
    if organisation.is_public:
        return organisation.name
    numbers = sorted(organisation.identifiers.all(), key=lambda one: one.scheme, reverse=True)
    number = next((one for one in numbers if one.is_public), None)
    if number is None:
        return organisation.name
    return f"{number.get_scheme_display()} {number.value}"
