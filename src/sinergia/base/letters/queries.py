"""How letters are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from sinergia.base.letters.models import BrokenAddress, Letter

BOUNCED_WITHIN = timedelta(days=7)  # a report without our Message-ID is about a letter this young


@dataclass(frozen=True)
class LetterFigures:
    """How letters go. made, refused: since a moment; waiting: now, the oldest made at oldest_at."""

    made: int
    refused: int
    waiting: int
    oldest_at: datetime | None


def letter_figures(*, since: datetime) -> LetterFigures:
    """Count the letters made since a moment, and those that the mail server has not taken yet."""
    refused = Count("pk", filter=Q(refused_at__isnull=False))
    lately = Letter.objects.filter(made_at__gte=since).aggregate(made=Count("pk"), refused=refused)
    waiting = Letter.objects.filter(sent_at__isnull=True, refused_at__isnull=True).exclude(text="")
    counted = waiting.aggregate(number=Count("pk"), oldest_at=Min("made_at"))
    return LetterFigures(
        made=lately["made"],
        refused=lately["refused"],
        waiting=counted["number"],
        oldest_at=counted["oldest_at"],
    )


def folded(address: str) -> str:
    """Give the form in which addresses are compared."""
    return address.strip().casefold()


def is_broken(address: str) -> bool:
    """Whether this mailbox refused for good."""
    return BrokenAddress.objects.filter(address=folded(address)).exists()


def broken_among(addresses: Iterable[str]) -> set[str]:
    """Those of `addresses`, folded, that refused for good; one query."""
    asked = {folded(address) for address in addresses}
    found = BrokenAddress.objects.filter(address__in=asked)
    return set(found.values_list("address", flat=True))


def broken_address(address: str) -> BrokenAddress | None:
    """What is remembered of a mailbox that refused; none where it takes letters."""
    return BrokenAddress.objects.filter(address=folded(address)).first()


def letter_by(key: UUID | str) -> Letter | None:
    """One letter."""
    return Letter.objects.filter(key=key).first()


def letters_to(*addresses: str) -> QuerySet[Letter]:
    """Everything that was ever sent to these addresses and is still kept, newest first."""
    asked = {folded(address) for address in addresses}
    return Letter.objects.filter(to_folded__in=asked).order_by("-pk")


def letter_lately_sent_to(address: str, *, now: datetime) -> Letter | None:
    """The last letter that a mail server took for this address within a week."""
    since = now - BOUNCED_WITHIN
    return letters_to(address).filter(sent_at__gte=since).first()
