"""What the worker runs for programmes, agreements and visits."""

from datetime import timedelta

from django.utils import timezone

from sinergia.exchange.actions.agreements import go_on_silently, warn_of_end
from sinergia.exchange.actions.own import erase_travel
from sinergia.exchange.actions.visits import bring_on_by_days
from sinergia.exchange.queries.agreements import to_go_on, to_warn_of
from sinergia.exchange.queries.delegation import travel_to_erase
from sinergia.exchange.queries.visits import to_bring_on

AHEAD = timedelta(days=1)  # somewhere it is tomorrow already


def follow_days() -> None:
    """Bring visits on whose first day has come, or whose last has passed, where they go to."""
    now = timezone.now()
    for pk in to_bring_on(today=timezone.localdate() + AHEAD):
        bring_on_by_days(pk, now=now)


def follow_terms() -> None:
    """Begin the next term of agreements that go on by themselves; tell of those that end."""
    now, today = timezone.now(), timezone.localdate()
    for pk in to_go_on(today=today):
        go_on_silently(pk, today=today, now=now)
    for pk in to_warn_of(today=today):
        warn_of_end(pk, today=today, now=now)


def forget_travel() -> None:
    """Forget how delegates travelled, and what they needed, 30 days after their visit."""
    for pk in travel_to_erase(today=timezone.localdate()):
        erase_travel(pk)
