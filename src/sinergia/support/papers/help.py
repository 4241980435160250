"""The log and the report of a centre as sheets: one line a row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.base.tables.export import Value
from sinergia.support.models import Consultation
from sinergia.support.queries.report import Report

if TYPE_CHECKING:
    from sinergia.support.words.help import KeptSaid, TableSaid


def head() -> list[str]:
    """Names of the columns of the log, as docs/users/help.md explains them."""
    return [
        *(
            _("Day"),
            _("Channel"),
            _("Who"),
            _("Kind"),
            _("Municipality"),
            pgettext("help", "Topic"),
        ),
        *(
            _("What was asked and answered"),
            _("Result"),
            pgettext("time", "Minutes"),
            _("Consultant"),
        ),
        *(_("Source of money"), _("Next step"), _("Its day"), _("Done on"), _("Key")),
    ]


def lines(
    rows: Iterable[Consultation], whom: Callable[[Consultation], str]
) -> Iterator[list[Value]]:
    """One line for each consultation, in the order they come. whom: who was helped, in words."""
    for row in rows:
        step, client = getattr(row, "next_step", None), row.client
        yield [
            row.held_on,
            str(row.get_channel_display()),
            whom(row),
            str(client.get_kind_display()) if client else _("Organisation"),
            row.municipality.name if row.municipality else None,
            row.topic.name,
            row.text,
            str(row.get_result_display()),
            row.minutes,
            row.consultant.name,
            row.source.name if row.source else None,
            step.what if step else None,
            step.on if step else None,
            timezone.localdate(step.done_at) if step and step.done_at else None,
            str(row.key),
        ]


def report_head() -> list[str]:
    """Names of the columns of the report."""
    return [
        *(
            _("Part"),
            _("Name"),
            _("Contacts"),
            pgettext("time", "Minutes"),
            _("Different organisations"),
        ),
        *(_("Different people"), _("Different groups"), _("Municipalities")),
        *(_("At least"), pgettext("promised", "Done"), _("Missing"), _("Proof")),
    ]


def report_lines(
    report: Report, tables: "Sequence[TableSaid]", kept: "Sequence[KeptSaid]"
) -> Iterator[list[Value]]:
    """The whole, each part, what was promised."""
    named = [(_("In all"), "", report.whole)]
    named += [
        (table.title, name, numbers) for table in tables for name, numbers, _url in table.rows
    ]
    for title, name, one in named:
        yield [
            *(title, name, one.contacts, one.minutes, one.organisations, one.people, one.groups),
            *(one.municipalities, None, None, None, None),
        ]
    for said in kept:
        promised, found = said.kept.promised, said.kept
        told = f"{found.source.name}: {promised.name} ({said.counts}; {said.term})"
        numbers = (promised.least, found.done, found.missing)
        yield [_("Promised"), told, *[None] * 6, *numbers, promised.proof]
