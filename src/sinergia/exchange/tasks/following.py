"""What the worker runs for visits."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.base.letters.actions import send_letter
from sinergia.exchange.actions.following import ask_feedback, ask_owner, owners_told, remind
from sinergia.exchange.models import Asked, Commitment, CommitmentReminder, Delegate
from sinergia.exchange.queries.commitments import handed_to, helpers_for
from sinergia.exchange.queries.feedback import to_ask_feedback
from sinergia.exchange.queries.following import owners_to_ask, to_remind
from sinergia.exchange.words.following import (
    LANGUAGE,
    asked_link,
    feedback_link,
    letter_said,
    reminder_said,
)
from sinergia.notices.actions import tell


def follow_visits() -> None:
    """Remind of days that are near, ask after months, ask what delegates thought; once each."""
    now = timezone.now()
    follow(today=timezone.localdate(now), now=now)


def follow(*, today: date, now: datetime) -> None:
    """The same, as of a day: each row in a transaction of its own, with what is told of it."""
    for row in to_remind(today=today):
        with transaction.atomic():
            made = remind(row, today=today, now=now)
            if made is not None:
                _tell_reminder(row, made, now=now)
    for delegate, months in owners_to_ask(today=today):
        with transaction.atomic():
            asked = ask_owner(delegate, months, today=today, now=now)
            if asked:
                _tell_asked(delegate, months, asked, now=now)
    for delegate in to_ask_feedback(today=today):
        with transaction.atomic():
            if ask_feedback(delegate, now=now):
                _tell_feedback(delegate, now=now)


@in_one_transaction
def tell_handed_over(key: str, to: str, is_theirs: str, mark: str) -> None:
    """Tell who does a commitment now, or did before; nothing where it was moved on meanwhile."""
    found, now = handed_to(key, to), timezone.now()
    if found is None or (found[0].delegate == found[1]) != bool(is_theirs):
        return
    row, delegate = found
    code = "exchange.commitment_handed_over"
    own = reverse("commitments:commitment", args=[row.key])
    url = own if is_theirs else reverse("commitments:commitments")
    for person in owners_told(delegate, []):
        tell(person, code, now=now, about=row, url=url, is_theirs=is_theirs, title=row.title)
    if delegate.person is None and delegate.email:
        more = {"is_theirs": is_theirs, "has_day": row.due_on is not None}
        values = {**reminder_said(row)[LANGUAGE], **more, "visit": row.visit.name}
        _write(delegate, "handed_over", values, f"handed:{key}:{to}:{mark}", now=now)


def _tell_reminder(row: Commitment, made: CommitmentReminder, *, now: datetime) -> None:
    said, url = reminder_said(row), reverse("commitments:commitment", args=[row.key])
    helpers = [one for one in helpers_for(row.visit) if one.pk == row.helper_id]
    for person in owners_told(row.delegate, helpers):
        code = CODES[CommitmentReminder.Kind(made.kind)]
        told = said[person.language]
        beside = "" if row.delegate.person_id == person.pk else "yes"
        tell(
            person,
            code,
            now=now,
            about=row,
            url=url,
            title=row.title,
            step=told["step"],
            due=told["due"],
            beside=beside,
        )
    if row.delegate.person is None and row.delegate.email:
        values = {**said[LANGUAGE], "kind": made.kind, "visit": row.visit.name}
        once = f"commitment:{row.key}:{made.kind}:{made.due_on}"
        _write(row.delegate, "reminder", values, once, now=now)


def _tell_asked(delegate: Delegate, months: int, asked: list[Asked], *, now: datetime) -> None:
    visit, number = delegate.visit, str(len(asked))
    url = reverse("commitments:asked", args=[visit.key])
    for person in owners_told(delegate, []):
        tell(
            person,
            "exchange.taken_up_asked",
            now=now,
            about=visit,
            url=url,
            visit=visit.name,
            months=str(months),
            number=number,
        )
    if delegate.person is None and delegate.email:
        link = asked_link(delegate, months)
        given = {"visit": visit.name, "months": months, "link": link, "rows": asked}
        _write(delegate, "asked", given, f"asked:{delegate.key}:{months}", now=now)


def _tell_feedback(delegate: Delegate, *, now: datetime) -> None:
    visit = delegate.visit
    url = reverse("commitments:feedback", args=[visit.key])
    for person in owners_told(delegate, []):
        tell(person, "exchange.feedback_asked", now=now, about=visit, url=url, visit=visit.name)
    if delegate.person is None and delegate.email:
        values = {"visit": visit.name, "link": feedback_link(delegate)}
        _write(delegate, "feedback", values, f"feedback:{delegate.key}", now=now)


def _write(
    delegate: Delegate, name: str, values: Mapping[str, object], once: str, *, now: datetime
) -> None:
    said = letter_said(name, values)
    send_letter(
        delegate.email,
        subject=said.subject,
        text=said.text,
        language=LANGUAGE,
        now=now,
        about=f"exchange.visit:{delegate.visit.key}",
        is_secret="link" in values,
        once=once,
    )


CODES = {
    CommitmentReminder.Kind.TWO_WEEKS: "exchange.commitment_near",
    CommitmentReminder.Kind.TOMORROW: "exchange.commitment_tomorrow",
    CommitmentReminder.Kind.OVERDUE: "exchange.commitment_overdue",
}
