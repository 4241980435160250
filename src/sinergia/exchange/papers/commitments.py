"""The list of commitments as a file: one line a row, the same columns in CSV and XLSX."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergia.base.tables.export import Value
from sinergia.exchange.models import Commitment


def head() -> list[str]:
    """Names of the columns, as docs/users/commitments.md explains them."""
    return [
        _("What is taken home"),
        _("Practice"),
        _("State"),
        _("Overdue"),
        _("By when"),
        _("First step"),
        _("First step done"),
        _("Who took it"),
        _("Organisation"),
        _("Consultant beside"),
        _("Why it did not go"),
        _("What proves it"),
        _("Visit"),
        _("Taken"),
        _("Key"),
    ]


def lines(rows: Iterable[Commitment], *, today: date) -> Iterator[list[Value]]:
    """One line for each row, in the order they come."""
    yes = _("yes")
    for row in rows:
        late = row.is_open and row.due_on is not None and row.due_on < today
        yield [
            row.title,
            row.practice.title if row.practice else None,
            str(row.get_state_display()),
            yes if late else None,
            row.due_on,
            row.first_step,
            yes if row.stepped_at else None,
            row.delegate.name,
            row.organisation.name if row.organisation else None,
            row.helper.name if row.helper else None,
            row.why_not,
            row.ground,
            row.visit.name,
            timezone.localdate(row.made_at),
            str(row.key),
        ]
