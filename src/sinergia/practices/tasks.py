"""What the worker runs for practices."""

from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.practices.actions import history
from sinergia.practices.actions.feeds import ask_to_read
from sinergia.practices.queries.feeds import feed_by, feeds
from sinergia.practices.queries.practices import practice_by
from sinergia.practices.reading.feeds import bring


@in_one_transaction
def keep_quiet(key: str) -> None:
    """Keep a picture of a practice that nobody has written in for a while."""
    practice = practice_by(key)
    if practice is not None:
        history.keep_quiet(practice, now=timezone.now())


def read_feeds() -> None:
    """Have each feed read, one errand for each: a slow one keeps no other waiting."""
    for feed in feeds():
        ask_to_read(feed, now=timezone.now())


def read_feed(key: str) -> None:
    """Read one; what went wrong is said on its page, and it is tried again with all others."""
    feed = feed_by(key)
    if feed is not None:
        bring(feed, now=timezone.now())
