"""How messages to many are read: what was written, and what became of it with each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sinergia.base.letters.models import Letter
from sinergia.engine.placeholders import filled
from sinergia.notices.models import Mailing, Recipient

SAMPLES = 3  # letters that a preview shows whole
State = Recipient.State

_REACHED = Q(state__in=[State.SENT, State.SAME], has_returned=False)
_LOST = Q(state=State.BROKEN) | Q(has_returned=True)
_UNOPENED = Q(opened_at__isnull=True)
# What became of a recipient, by the word of an address; `to_phone`: nobody knows that they know.
PARTS: dict[str, Q] = {
    "total": Q(),
    "waiting": Q(state=State.WAITING),
    "opened": ~_UNOPENED,
    "unopened": _REACHED & _UNOPENED,
    "came_back": _LOST & _UNOPENED,
    "no_address": Q(state=State.NO_ADDRESS),
    "withheld": Q(state=State.WITHHELD),
    "to_phone": _UNOPENED
    & Q(phoned_at__isnull=True)
    & ~Q(state__in=[State.WAITING, State.WITHHELD])
    & ~Q(name=""),  # whoever was forgotten is phoned by nobody
    "phoned": Q(phoned_at__isnull=False),
}


@dataclass(frozen=True)
class Counts:
    """How many recipients are in each of PARTS, in its order; waiting: so many letters will go."""

    total: int = 0
    waiting: int = 0
    opened: int = 0
    unopened: int = 0
    came_back: int = 0
    no_address: int = 0
    withheld: int = 0
    to_phone: int = 0
    phoned: int = 0


@dataclass(frozen=True)
class Sample:
    """A letter as its reader will see it."""

    name: str
    address: str
    subject: str
    text: str


@dataclass(frozen=True)
class Shown:
    """A recipient with what only the sender's room knows: its page and its phone."""

    recipient: Recipient
    url: str = ""
    phone: str = ""


def mailings_of(scope_kind: str, scope_key: UUID | str) -> QuerySet[Mailing]:
    """The mailings of one sender, in no order yet."""
    found = Mailing.objects.filter(scope_kind=scope_kind, scope_key=str(scope_key))
    return found.select_related("author")


def with_counts(mailings: Sequence[Mailing]) -> list[tuple[Mailing, Counts]]:
    """Each with what became of it; one query for all of them."""
    rows = _annotated(Recipient.objects.filter(mailing__in=mailings))
    counted = rows.order_by().values("mailing").annotate(**_sums())
    found = {pk: Counts(*sums) for pk, *sums in counted.values_list("mailing", *PARTS)}
    return [(mailing, found.get(mailing.pk, Counts())) for mailing in mailings]


def mailing_of(scope_kind: str, scope_key: UUID | str, key: UUID) -> Mailing | None:
    """One mailing of one sender; none where it is another's or not there."""
    return mailings_of(scope_kind, scope_key).filter(key=key).first()


def mailing_by(key: UUID | str) -> Mailing | None:
    """One mailing, whoever asks: for the worker."""
    return Mailing.objects.select_related("author").filter(key=key).first()


def recipients_of(mailing: Mailing, part: str = "total") -> QuerySet[Recipient]:
    """Those of a mailing to whom this happened (a word of PARTS; others mean everybody)."""
    rows = Recipient.objects.filter(mailing=mailing)
    return _annotated(rows).filter(PARTS.get(part, Q())).select_related("mailing")


def recipient_of(mailing: Mailing, key: UUID) -> Recipient | None:
    """One recipient of this mailing."""
    return recipients_of(mailing).filter(key=key).first()


def next_batch(mailing: Mailing, size: int) -> list[Recipient]:
    """Those who are written to next."""
    return list(recipients_of(mailing, "waiting").order_by("pk")[:size])


def counts_of(mailing: Mailing) -> Counts:
    """Count what became of a mailing; one query."""
    return Counts(**recipients_of(mailing).aggregate(**_sums()))


def first_letters(mailing: Mailing) -> list[Sample]:
    """The first letters, each as its reader will see it."""
    first = recipients_of(mailing, "waiting").order_by("name_folded", "pk")[:SAMPLES]
    names = names_by_mailbox(mailing, [one.address_folded for one in first])
    return [sample_of(one, names.get(one.address_folded, [one.name])) for one in first]


def sample_of(recipient: Recipient, names: Sequence[str]) -> Sample:
    """A recipient's letter, filled in."""
    mailing = recipient.mailing
    return Sample(
        name=recipient.name,
        address=recipient.address,
        subject=filled(mailing.subject, names),
        text=filled(mailing.text, names),
    )


def names_by_mailbox(mailing: Mailing, addresses: Iterable[str]) -> dict[str, list[str]]:
    """Everybody who is written to under one address, by their names; "" is no address."""
    asked = {address for address in addresses if address}
    rows = Recipient.objects.filter(mailing=mailing, address_folded__in=asked)
    found: dict[str, list[str]] = {}
    for address, name in rows.order_by("pk").values_list("address_folded", "name"):
        found.setdefault(address, []).append(name)
    return found


def _annotated(rows: QuerySet[Recipient]) -> QuerySet[Recipient]:
    """Say of each whether its letter was refused later: letters know nothing of us."""
    refused = Letter.objects.filter(key=OuterRef("letter_key"), refused_at__isnull=False)
    return rows.annotate(has_returned=Exists(refused))


def _sums() -> dict[str, Count]:
    return {part: Count("pk", filter=found or None) for part, found in PARTS.items()}
