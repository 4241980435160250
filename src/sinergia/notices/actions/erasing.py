"""Forgetting: what grew old, and everything about a person who asked for it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from sinergia.base.errands.steps import in_small_steps
from sinergia.base.letters.queries import folded
from sinergia.notices.models import Choice, Digest, Mailing, Notice, Recipient, Silence
from sinergia.notices.queries.silences import hushed
from sinergia.people.models import Person
from sinergia.people.queries.held import addresses_to_erase

KEPT = timedelta(days=365)
_EMPTY: dict[str, str | None] = {
    "name": "",
    "name_folded": "",
    "address": "",
    "address_folded": "",
    "phoned_note": "",
    "person": None,
}


@transaction.atomic
def erase_personal_data_of(person: Person, *, now: datetime) -> int:
    """Forget what messages hold about `person`; give how many rows were touched.

    Call it before the account's addresses are emptied. Rows of mailings stay, without name and
    address, so that their counts stay true. Letters: `base.letters.actions.erase_letters_to`.
    """
    addresses = {folded(one) for one in addresses_to_erase(person)}
    mine = Q(person=person) | Q(address_folded__in=addresses)
    touched = _empty(Recipient.objects.filter(mine))
    Mailing.objects.filter(reply_to__in=addresses).update(reply_to="")
    for rows in (
        Notice.objects.filter(person=person),
        Digest.objects.filter(person=person),
        Choice.objects.filter(person=person),
    ):
        touched += rows.delete()[0]
    return touched + sum(_hush(one) for one in addresses)


@transaction.atomic
def erase_recipient(kind: str, key: UUID) -> int:
    """Empty what mailings hold of one row of the sender's room; give how many rows."""
    return _empty(Recipient.objects.filter(kind=kind, of_key=key))


def _empty(rows: QuerySet[Recipient]) -> int:
    """Forget who these are; a letter that was to go to them goes nowhere."""
    to_go = rows.filter(state__in=(Recipient.State.WAITING, Recipient.State.SAME))
    to_go.update(state=Recipient.State.NO_ADDRESS)
    return rows.update(**_EMPTY)


def _hush(address: str) -> int:
    """Keep the wish for no more messages to many without the address that it came from."""
    said, kept = Silence.objects.filter(address=address), hushed(address)
    if Silence.objects.filter(address=kept).exists():
        return said.delete()[0]
    return said.update(address=kept)


def tidy_messages(*, now: datetime) -> None:
    """Forget messages older than a year, and to whom mailings of that age went."""
    for model in (Notice, Digest):
        old = model.objects.filter(made_at__lt=now - KEPT)
        for step in in_small_steps(list(old.values_list("pk", flat=True))):
            model.objects.filter(pk__in=step).delete()
    rows = Recipient.objects.filter(
        ~Q(address="") | ~Q(phoned_note="") | Q(person__isnull=False),
        mailing__made_at__lt=now - KEPT,
    )
    for step in in_small_steps(list(rows.values_list("pk", flat=True))):
        kept = {name: empty for name, empty in _EMPTY.items() if not name.startswith("name")}
        Recipient.objects.filter(pk__in=step).update(**kept)
