"""Errands that come again by themselves: a table, and a row in the database for each."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from sinergia.base.errands.actions import promise
from sinergia.base.errands.models import Turn
from sinergia.base.errands.queries import turns_due


class Period(NamedTuple):
    """How often, and whether it is long. A task that wants an hour of the day looks itself."""

    every: timedelta
    is_long: bool = False


PERIODIC: dict[str, Period] = {
    "applications.remind_silent": Period(timedelta(hours=1), is_long=True),
    "applications.remind_unconfirmed": Period(timedelta(hours=1), is_long=True),
    "base.errands.seal_rest": Period(timedelta(hours=1)),
    "base.errands.forget_sessions": Period(timedelta(hours=1)),
    "base.errands.look_at_tables": Period(timedelta(days=1), is_long=True),
    "base.errands.prune": Period(timedelta(days=1), is_long=True),
    "base.files.sweep": Period(timedelta(hours=1)),
    "base.letters.tidy": Period(timedelta(days=1), is_long=True),
    "exchange.follow_days": Period(timedelta(hours=1)),
    "exchange.follow_terms": Period(timedelta(days=1)),
    "exchange.forget_travel": Period(timedelta(days=1)),
    "exchange.follow_visits": Period(timedelta(hours=1), is_long=True),
    "grants.follow_reports": Period(timedelta(hours=6), is_long=True),
    "grants.follow_signing": Period(timedelta(hours=6)),
    "grants.forget_joiners": Period(timedelta(days=1), is_long=True),
    "notices.tidy": Period(timedelta(days=1), is_long=True),
    "organisations.find_doubles": Period(timedelta(days=1), is_long=True),
    "people.forget_unopened": Period(timedelta(days=1)),
    "practices.read_feeds": Period(timedelta(hours=1)),
    "projects.count_drafts": Period(timedelta(days=1), is_long=True),
    "support.remind_steps": Period(timedelta(hours=1)),
}


def promise_periodic(*, now: datetime) -> int:
    """Promise every errand whose turn it is, once for all workers; give how many."""
    count = 0
    for turn in turns_due(now=now).filter(name__in=PERIODIC):
        period = PERIODIC[turn.name]
        with transaction.atomic():
            # Of several workers one moves the turn on; the others find it moved.
            moved = turns_due(now=now).filter(pk=turn.pk).order_by()
            if moved.update(next_at=now + period.every):
                once = f"periodic:{turn.name}"
                promise(turn.name, now=now, once=once, is_long=period.is_long)
                count += 1
    return count


def set_turns(*, now: datetime) -> None:
    """Give each row of the table its turn, now where it never had one."""
    Turn.objects.bulk_create(
        [Turn(name=name, next_at=now) for name in PERIODIC], ignore_conflicts=True
    )
