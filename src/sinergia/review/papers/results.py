"""A published result as a file: one line a row, the same columns in CSV and XLSX."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from sinergia.base.tables.export import Value, whole_units
from sinergia.review.models import Award


def head() -> list[str]:
    """Names of the columns."""
    return [
        _("In the list"),
        _("Place"),
        _("Number"),
        _("Title of the project"),
        _("Organisation"),
        _("Rating"),
        _("Decision"),
        _("Sum asked"),
        _("Awarded"),
        _("Sum running down"),
        _("Currency"),
        _("Place on the reserve list"),
        _("Reason"),
        _("What followed"),
    ]


def lines(rows: Iterable[Award], running: Mapping[int, int]) -> Iterator[list[Value]]:
    """One line for each row, in the order they come. running: sums down to a place of the list."""
    for row in rows:
        submission = row.examination.submission
        currency = submission.currency
        down = running.get(row.at)
        yield [
            row.at or None,
            row.place or None,
            submission.shown_number,
            submission.title,
            submission.organisation.name,
            f"{row.rating.normalize():f}" if row.rating is not None else None,
            row.get_outcome_display(),
            whole_units(submission.asked_minor, currency),
            whole_units(row.awarded_minor, currency),
            whole_units(down, currency) if down is not None else None,
            currency,
            row.reserve or None,
            row.reason or None,
            row.get_follow_display() if row.follow else None,
        ]
