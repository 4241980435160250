"""What the worker runs for consultations and requests."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.base.letters.actions import send_letter
from sinergia.notices.actions import tell
from sinergia.organisations.access import works_at
from sinergia.organisations.queries.teams import heads_of_centre
from sinergia.people.models import Person
from sinergia.support.actions.reminding import remind_of_step
from sinergia.support.models import Consultation
from sinergia.support.queries.consultations import steps_to_remind
from sinergia.support.queries.requests import (
    OPEN,
    address_without_account,
    has_account,
    request_told,
)
from sinergia.support.words.help import (
    LANGUAGE,
    appointed_said,
    appointment_letter,
    called_off_letter,
)


def remind_steps() -> None:
    """Remind consultants of next steps whose day has come, each once."""
    now = timezone.now()
    for step in steps_to_remind(today=timezone.localdate(now)):
        row = step.consultation
        with transaction.atomic():
            if remind_of_step(step, now=now):
                url = reverse("help:consultation", args=[row.key])
                for person in _whose(row):
                    tell(person, "support.step_due", now=now, about=row, url=url)


def _whose(row: Consultation) -> list[Person]:
    """Whose step it is: the consultant's; of one who left, the heads' of the centre."""
    if works_at(row.consultant, row.centre):
        return [row.consultant]
    return list(heads_of_centre(row.centre))


@in_one_transaction
def tell_called_off(key: str, mark: str) -> None:
    """Write to whoever has no account that an appointment is off; nothing where it was made anew.

    mark: when it was called off.
    """
    row, now = request_told(key), timezone.now()
    if row is None or row.stage in OPEN or row.appointed_at is None:
        return
    if address := address_without_account(row):
        said = called_off_letter(row)
        send_letter(
            address,
            subject=said.subject,
            text=said.text,
            language=LANGUAGE,
            now=now,
            about=f"support.request:{row.key}",
            is_secret=True,
            once=f"called-off:{row.key}:{mark}",
        )


@in_one_transaction
def tell_appointed(key: str, at: str, where: str | None = None, mark: str = "") -> None:
    """Tell whoever asked when and where they are expected; nothing where it was moved since.

    mark: when it was appointed: moved back to where it was before, they are told once more.
    where: none in an errand of a version before.
    """
    row, now = request_told(key), timezone.now()
    if row is None or row.stage not in OPEN or row.appointed_at != datetime.fromisoformat(at):
        return
    if where is not None and row.appointed_where != where:
        return
    when = appointed_said(row, row.centre)
    address = address_without_account(row)
    if row.person is not None and has_account(row):
        tell(
            row.person,
            "support.request_appointed",
            now=now,
            about=row,
            url=reverse("help:own", args=[row.key]),
            urgent=True,
            at=when[row.person.language],
            where=row.appointed_where,
        )
    elif address:
        said = appointment_letter(row)
        send_letter(
            address,
            subject=said.subject,
            text=said.text,
            language=LANGUAGE,
            now=now,
            about=f"support.request:{row.key}",
            is_secret=True,
            once=f"appointed:{row.key}:{at}:{mark}",
        )
