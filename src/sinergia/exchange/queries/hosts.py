"""How hosts are asked for their sessions: the link, what they answered, whether it still holds."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac

from sinergia.exchange.models import Confirmation, Session, Visit
from sinergia.exchange.queries.delays import is_past
from sinergia.exchange.queries.sessions import place_said
from sinergia.organisations.access import works_at
from sinergia.organisations.models import CentreStaff, Organisation
from sinergia.organisations.queries.addressees import mailboxes_of
from sinergia.people.models import Person

LINK = "sinergia.exchange.host"


def token_of(confirmation: Confirmation) -> str:
    """The token of a host's link: the same as long as the salt is; nobody can guess it."""
    said = f"{confirmation.session.key}:{confirmation.salt}"
    return salted_hmac(LINK, said, algorithm="sha256").hexdigest()


def digest_of(token: str) -> str:
    """What is kept of a token: 256 bits of a secret need no salt."""
    return sha256(token.encode()).hexdigest()


def confirmation_by(token: str) -> Confirmation | None:
    """What a link asks for; none where it was never made or another one was made since."""
    rows = Confirmation.objects.select_related(
        "session__visit__course",
        "session__visit__centre__organisation",
        "session__visit__from_region",
        "session__host",
        "session__municipality__region",
    )
    return rows.filter(token_digest=digest_of(token)).first()


def asked_of(session: UUID | str) -> Confirmation | None:
    """The link of a session by its key, whoever asks: for the worker."""
    rows = Confirmation.objects.select_related(
        "session__visit__course", "session__host", "session__municipality"
    )
    return rows.filter(session__key=session).first()


def is_over(session: Session, *, now: datetime) -> bool:
    """Whether there is nothing more to confirm: taken out, put away, cancelled, or held."""
    return session.removed_at is not None or is_past(session.visit, now=now)


def is_stale(confirmation: Confirmation, session: Session) -> bool:
    """Whether the answer was about another time or place than the session has now."""
    answered = (confirmation.starts_at, confirmation.ends_at, confirmation.place)
    now = (session.starts_at, session.ends_at, place_said(session))
    return bool(confirmation.answer) and answered != now


def seen_of(session: Session) -> str:
    """A digest of the time and the place that a host reads, and answers for."""
    said = "\n".join(
        [session.starts_at.isoformat(), session.ends_at.isoformat(), place_said(session)]
    )
    return sha256(said.encode()).hexdigest()


def address_of(host: Organisation | None) -> str:
    """Where a letter to a host goes unless somebody says otherwise; "" where nobody knows."""
    if host is None:
        return ""
    found = mailboxes_of(Organisation.objects.filter(pk=host.pk), most=1)
    return next((one.address for one in found), "")


def to_be_told(visit: Visit) -> Sequence[Person]:
    """Who of the centre learns what hosts answer: the coordinator, else its heads, else all.

    A coordinator who works there no more is none.
    """
    coordinator = visit.course.coordinator
    if coordinator is not None and works_at(coordinator, visit.centre):
        return [coordinator]
    rows = CentreStaff.objects.filter(centre=visit.centre, until=None, person__is_active=True)
    staff = list(rows.select_related("person").order_by("pk"))
    heads = [row.person for row in staff if row.role == CentreStaff.Role.HEAD]
    return heads or [row.person for row in staff]
