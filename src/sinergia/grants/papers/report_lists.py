"""Tables of reports as files: payments to be filled in, payments as they are, the list of staff."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.utils.translation import gettext as _

from sinergia.base.tables.export import Value
from sinergia.engine.shown import amount_of
from sinergia.grants.models import Report
from sinergia.grants.queries.naming import lines_named
from sinergia.grants.queries.report_listing import sums_of
from sinergia.grants.queries.reports import Written
from sinergia.grants.words.reports import title_of

AT_ONCE = 500  # reports whose sums are asked for together


def template_head() -> list[str]:
    """Names of the columns, as they are read back."""
    return [
        _("Line of the budget"),
        _("Kind of document"),
        _("Number of the document"),
        _("Date"),
        _("Whom it was paid to"),
        _("Sum"),
        _("For what"),
    ]


def template_lines(told: Written) -> Iterator[Sequence[Value]]:
    """A row for each line of the budget, its words written already."""
    for name in lines_named(told.compared.lines).values():
        yield [name, None, None, None, None, None, None]


def money_head() -> list[str]:
    """The same columns, then what was said of each payment."""
    return [*template_head(), _("Currency"), _("What is said of it"), _("File"), _("Key")]


def money_lines(told: Written) -> Iterator[Sequence[Value]]:
    """A row for each payment of a report."""
    currency = told.report.grant.currency
    names = lines_named(told.compared.lines)
    for one in told.payments:
        yield [
            names.get(one.line, one.line),
            one.document,
            one.number,
            one.on,
            one.payee,
            amount_of(one.sum_minor, currency),
            one.what,
            currency,
            str(one.get_verdict_display()),
            one.file.name if one.file is not None else None,
            str(one.key),
        ]


def reports_head() -> list[str]:
    """Names of the columns of the list of staff."""
    return [
        _("Report"),
        _("Project"),
        _("Organisation"),
        _("Fund"),
        _("Agreement"),
        _("State"),
        _("Due"),
        _("Handed in"),
        _("Settled"),
        _("Payments"),
        _("Currency"),
        _("Curator"),
        _("Key"),
    ]


def reports_lines(rows: Iterable[Report]) -> Iterator[Sequence[Value]]:
    """A row for each; sums are asked for many at once."""
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        sums = sums_of(some)
        yield from (_line(row, sums.get(row.pk)) for row in some)


def _line(row: Report, minor: int | None) -> Sequence[Value]:
    grant = row.grant
    return [
        title_of(row),
        grant.application.title,
        grant.organisation.name,
        grant.application.fund.name,
        grant.number,
        str(row.get_stage_display()),
        row.due_on,
        row.submitted_at,
        row.settled_at,
        amount_of(minor, grant.currency) if minor is not None else None,
        grant.currency,
        grant.curator.name if grant.curator else None,
        str(row.key),
    ]
