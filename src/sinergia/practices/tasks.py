"""What the worker runs for practices."""

from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.practices.actions import history
from sinergia.practices.actions.changing import note_change
from sinergia.practices.actions.feeds import ask_to_read
from sinergia.practices.actions.reported import forget_unchecked
from sinergia.practices.queries.catalogue import published_by
from sinergia.practices.queries.feeds import feed_by, feeds, report_by, reported_by
from sinergia.practices.queries.practices import practice_by
from sinergia.practices.reading.feeds import bring
from sinergia.practices.reading.reports import check, deliver


@in_one_transaction
def keep_quiet(key: str) -> None:
    """Keep a picture of a practice that nobody has written in for a while."""
    practice = practice_by(key)
    if practice is not None:
        history.keep_quiet(practice, now=timezone.now())


@in_one_transaction
def name_anew(key: str) -> None:
    """Have whoever reads our feed read again whose practices an organisation's are."""
    for practice in published_by(key):
        note_change(practice, now=timezone.now())


def read_feeds() -> None:
    """Have each feed read, one errand for each: a slow one keeps no other waiting."""
    for feed in feeds():
        ask_to_read(feed, now=timezone.now())
    forget_unchecked(now=timezone.now())


def read_feed(key: str) -> None:
    """Read one; what went wrong is said on its page, and it is tried again with all others."""
    feed = feed_by(key)
    if feed is not None:
        bring(feed, now=timezone.now())


def deliver_report(key: str) -> None:
    """Tell the home of a practice of its adoption here; what it did not take is tried again."""
    report = report_by(key)
    if report is not None and report.sent_number < report.number:
        deliver(report, now=timezone.now())


def check_reported(key: str) -> None:
    """Ask another installation whether a report is its own, until it says so or too much time."""
    reported = reported_by(key)
    if reported is not None and reported.checked_at is None:
        check(reported, now=timezone.now())
