"""What the worker runs for exchange."""

from sinergia.exchange.tasks.following import follow_visits, tell_handed_over
from sinergia.exchange.tasks.visits import (
    ask_host,
    follow_days,
    follow_terms,
    forget_travel,
    tell_late,
    tell_programme,
    write_of_visit,
)

__all__ = [
    "ask_host",
    "follow_days",
    "follow_terms",
    "follow_visits",
    "forget_travel",
    "tell_handed_over",
    "tell_late",
    "tell_programme",
    "write_of_visit",
]
