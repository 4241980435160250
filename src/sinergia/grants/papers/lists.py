"""Lists of grants and the registry of payments as files: a line a row, alike in CSV and XLSX."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from sinergia.base.tables.export import Value
from sinergia.engine.shown import amount_of
from sinergia.grants.models import Change, Grant, Period
from sinergia.organisations.models import BankAccount


def grants_head() -> list[str]:
    """Names of the columns, as docs/users/grants.md explains them."""
    return [
        _("Project"),
        _("Organisation"),
        _("Fund"),
        _("Contest"),
        _("Application"),
        _("Agreement"),
        _("Signed"),
        _("State"),
        _("Sum"),
        _("Paid"),
        _("Currency"),
        _("Begins"),
        _("Ends"),
        _("To be signed by"),
        _("Curator"),
        _("Key"),
    ]


def grants_lines(rows: Iterable[Grant]) -> Iterator[Sequence[Value]]:
    """A line for each; `paid` is read with it."""
    for row in rows:
        paid: int = row.paid  # type: ignore[attr-defined]  # of the query of the list
        yield [
            row.application.title,
            row.organisation.name,
            row.application.fund.name,
            row.application.call.name,
            row.application.number,
            row.number,
            row.signed_on,
            str(row.get_stage_display()),
            amount_of(row.sum_minor, row.currency),
            amount_of(paid, row.currency),
            row.currency,
            row.begins_on,
            row.ends_on,
            row.sign_by,
            row.curator.name if row.curator else None,
            str(row.key),
        ]


def changes_head() -> list[str]:
    """Names of the columns of the list of requests."""
    return [
        _("Project"),
        _("Organisation"),
        _("Agreement"),
        _("Number"),
        _("State"),
        _("Kind"),
        _("Why"),
        _("Answer"),
        _("Sent"),
        _("Settled"),
        _("Key"),
    ]


def changes_lines(rows: Iterable[Change]) -> Iterator[Sequence[Value]]:
    """A line for each request."""
    for row in rows:
        yield [
            row.grant.application.title,
            row.grant.organisation.name,
            row.grant.number,
            row.number,
            str(row.get_stage_display()),
            str(row.get_kind_display()),
            row.why,
            row.words,
            row.sent_at,
            row.settled_at,
            str(row.key),
        ]


def registry_head() -> list[str]:
    """Names of the columns; the last ones are filled when it is paid, and read back."""
    return [
        _("№"),
        _("Organisation"),
        _("INN"),
        _("Bank account"),
        _("BIK"),
        _("Bank"),
        _("Correspondent account"),
        _("Sum"),
        _("Purpose of payment"),
        _("Agreement"),
        _("Period"),
        _("Key of the grant"),
        _("Number of the payment order"),
        _("Date of payment"),
    ]


def registry_lines(
    rows: Iterable[Period], accounts: Mapping[int, BankAccount], inns: Mapping[int, str]
) -> Iterator[Sequence[Value]]:
    """A line for each tranche that may be paid now: what is left of it."""
    for number, row in enumerate(rows, start=1):
        grant = row.grant
        account = accounts.get(grant.organisation_id)
        left: int = row.left  # type: ignore[attr-defined]  # of the query
        yield [
            number,
            grant.organisation.name,
            inns.get(grant.organisation_id, ""),
            account.number if account else "",
            account.bik if account else "",
            account.bank if account else "",
            account.correspondent if account else "",
            amount_of(left, grant.currency),
            purpose_of(row),
            grant.number,
            row.number,
            str(grant.key),
            None,
            None,
        ]


def purpose_of(period: Period) -> str:
    """What stands in a payment order. It is read back by the number of the agreement."""
    told = _("Grant by agreement № %(number)s of %(on)s, tranche %(period)s")
    signed = period.grant.signed_on
    on = signed.strftime("%d.%m.%Y") if signed is not None else ""
    return told % {"number": period.grant.number, "on": on, "period": period.number}
