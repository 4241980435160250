"""What the worker runs for grants."""

from uuid import UUID

from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.base.letters.actions import send_letter
from sinergia.grants.actions.following import remind_to_sign, stand_with_grants
from sinergia.grants.actions.forgetting import forget_those_of, forget_unproven
from sinergia.grants.actions.report_terms import AHEAD, begin_due, end_late, remind_of_report
from sinergia.grants.actions.signing import follow_award
from sinergia.grants.queries.following import parted_from_award
from sinergia.grants.queries.grants import today_of, unsigned
from sinergia.grants.queries.joiners import joiner_keyed, with_names
from sinergia.grants.queries.report_terms import near, running
from sinergia.grants.words.joining_letters import letter_of
from sinergia.people.actions import command_person


def follow_signing() -> None:
    """Remind of grants whose days for signing end; close or go on as awards stand."""
    now = timezone.now()
    actor = command_person(now)
    for grant in parted_from_award():
        follow_award(grant, actor=actor, now=now)
    for grant in unsigned():
        remind_to_sign(grant, today=today_of(grant), actor=actor, now=now)


def follow_reports() -> None:
    """Begin reports that are due within a month; remind of those; note what is late."""
    now = timezone.now()
    actor = command_person(now)
    for grant in running():
        begin_due(grant, today=today_of(grant), actor=actor, now=now)
    for report in near(timezone.localdate(now) + AHEAD):
        remind_of_report(report, today=today_of(report.grant), actor=actor, now=now)
    end_late(now=now)


def follow_parted(key: str) -> None:
    """Have the facts of standing go with grants that went to another organisation."""
    stand_with_grants(UUID(key))


@in_one_transaction
def write_to_joiner(key: str, kind: str, mark: str = "") -> None:
    """Write to one who joins: their link, how they stand, a change, a certificate."""
    row = joiner_keyed(key)
    if row is None or not row.email or (kind == "certificate" and not row.certificate):
        return
    subject, text = letter_of(kind, row)
    send_letter(
        row.email,
        subject=subject,
        text=text,
        language=row.language,
        now=timezone.now(),
        about=f"grants.joiner:{row.key}",
        is_secret=True,
        once=f"joining:{kind}:{row.key}:{mark}",
    )


@in_one_transaction
def write_to_parent(key: str, mark: str) -> None:
    """Ask a parent whether somebody under 18 may join; nothing where they have said so."""
    row = joiner_keyed(key)
    parent = getattr(row, "parent", None)
    if row is None or parent is None or row.parent_agreed_at is not None:
        return
    subject, text = letter_of("parent", row)
    send_letter(
        parent.email,
        subject=subject,
        text=text,
        language=row.language,
        now=timezone.now(),
        about=f"grants.joiner:{row.key}",
        is_secret=True,
        once=f"joining:parent:{row.key}:{mark}",
    )


def forget_joiners() -> None:
    """Forget who never confirmed their address, and who joined what ended over a year ago."""
    now = timezone.now()
    actor = command_person(now)
    forget_unproven(now=now)
    for grant in with_names():
        forget_those_of(grant, today=timezone.localdate(now), actor=actor, now=now)
