"""What the worker runs for grants."""

from django.utils import timezone

from sinergia.grants.actions.following import remind_to_sign
from sinergia.grants.actions.signing import follow_declined
from sinergia.grants.queries.following import declined_since
from sinergia.grants.queries.grants import today_of, unsigned
from sinergia.people.actions import command_person


def follow_signing() -> None:
    """Remind of grants whose days for signing end; close those that were declined."""
    now = timezone.now()
    actor = command_person(now)
    for grant in declined_since():
        follow_declined(grant, actor=actor, now=now)
    for grant in unsigned():
        remind_to_sign(grant, today=today_of(grant), actor=actor, now=now)
