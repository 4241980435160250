"""What is held about a person in messages, for the page that shows it to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sinergia.base.letters.queries import folded
from sinergia.base.ui.templatetags.figures import zone_name
from sinergia.notices.models import Choice, Digest, Notice, Recipient, Silence
from sinergia.notices.queries.silences import hushed
from sinergia.people.models import Person


@dataclass(frozen=True)
class Held:
    """One row that is held. kind: a code; text: what in it is about the person.

    notice: of a message its sentence says that; there is no text then.
    """

    kind: str
    at: datetime | None
    text: str
    notice: Notice | None = None


def held_about(person: Person, written: Iterable[str]) -> list[Held]:
    """Every row of messages that is about `person` or one of their addresses, `written`."""
    addresses = {folded(one) for one in written}
    kept = {known: one for one in addresses for known in (one, hushed(one))}
    mine = Q(person=person) | Q(address_folded__in=addresses)
    notices = Notice.objects.filter(person=person).order_by("pk")
    digests = Digest.objects.filter(person=person).order_by("pk")
    rows = Recipient.objects.filter(mine).select_related("mailing").order_by("pk")
    choices = Choice.objects.filter(person=person)
    silences = Silence.objects.filter(address__in=kept)
    return [
        *(Held("choice", None, _chosen(one)) for one in choices),
        *(Held("notice", one.made_at, "", one) for one in notices),
        *(Held("digest", one.made_at, one.on.isoformat()) for one in digests),
        *(Held("recipient", one.mailing.made_at, _written(one)) for one in rows),
        *(Held("silence", one.since, kept[one.address]) for one in silences.order_by("pk")),
    ]


def _chosen(choice: Choice) -> str:
    return f"{choice.get_email_display()}; {zone_name(choice.time_zone)}"


def _written(row: Recipient) -> str:
    told = (row.mailing.subject, row.name, row.address, row.phoned_note)
    return "; ".join(part for part in told if part)
