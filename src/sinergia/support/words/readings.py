"""Readings as pages and files tell of them."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergia.base.tables.export import Value
from sinergia.support.models import Reading
from sinergia.support.queries.readings import is_overdue

KINDS = {"asked": "warn", "promised": "info", "given": "ok", "taken_back": "neutral"}  # of badges
STATES: dict[str, Promise] = {
    "open": gettext_lazy("not read yet"),
    "asked": gettext_lazy("wait for a reader"),
    "promised": gettext_lazy("being read"),
    "mine": gettext_lazy("promised by me"),
    "overdue": gettext_lazy("past their day"),
    "given": gettext_lazy("read"),
    "taken_back": gettext_lazy("taken back"),
    "all": gettext_lazy("all of them"),
}


def state_of(reading: Reading, *, today: date) -> tuple[str, str]:
    """The badge of a reading: its kind and words."""
    if is_overdue(reading, today=today):
        return "bad", _("past its day")
    return KINDS[reading.stage], str(reading.get_stage_display())


def head() -> list[str]:
    """The columns of a file."""
    return [
        _("Project"),
        _("Organisation"),
        _("Asked on"),
        _("Wished by"),
        _("Promised by"),
        _("Who reads"),
        _("State"),
        _("Read on"),
        _("Things that hindered when it was asked"),
        _("Things that hindered when it was read"),
    ]


def rows_of(readings: Iterable[Reading], *, today: date) -> Iterator[list[Value]]:
    """A line of a file for each."""
    for one in readings:
        yield [
            one.project.title,
            one.project.organisation.name,
            one.asked_at,
            one.wished_on,
            one.promised_on,
            one.reader.name if one.reader else "",
            state_of(one, today=today)[1],
            one.given_at,
            one.before,
            one.after,
        ]
