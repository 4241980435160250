"""What the worker runs for consultations and requests."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.base.letters.actions import send_letter
from sinergia.notices.actions import tell
from sinergia.support.actions.reminding import remind_of_step
from sinergia.support.queries.consultations import steps_to_remind
from sinergia.support.queries.requests import (
    OPEN,
    address_without_account,
    has_account,
    request_told,
)
from sinergia.support.words.help import LANGUAGE, appointed_said, appointment_letter


def remind_steps() -> None:
    """Remind consultants of next steps whose day has come, each once."""
    now = timezone.now()
    for step in steps_to_remind(today=timezone.localdate(now)):
        row = step.consultation
        with transaction.atomic():
            if remind_of_step(step, now=now) and row.consultant.is_active:
                url = reverse("help:consultation", args=[row.key])
                tell(row.consultant, "support.step_due", now=now, about=row, url=url)


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
