"""What the inner page says of terms, accounts, numbers and changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import day
from sinergia.engine.bank import fault_of_account, fault_of_bik, fault_of_correspondent
from sinergia.organisations.models import BankAccount, Change, Head, Identifier
from sinergia.organisations.words import explain
from sinergia.organisations.words.changes import value_said

SOON = timedelta(days=60)  # before a term ends: an election takes a month


@dataclass(frozen=True)
class Term:
    """A head and what is to be said of the term. kind: of a badge, ok, warn or bad."""

    head: Head
    words: str
    kind: str


@dataclass(frozen=True)
class Line:
    """A change as the history shows it: what about, what it was and became, by whom, from where."""

    change: Change
    what: str
    before: str
    after: str
    who: str
    source: str


def heads_said(heads: Sequence[Head], *, today: date) -> list[Term]:
    """Each head with the state of the term of office."""
    return [Term(head, *_term(head, today)) for head in heads]


def accounts_said(accounts: Sequence[BankAccount]) -> list[tuple[BankAccount, list[str]]]:
    """Each account with what is wrong with its numbers."""
    return [(account, [explain(code) for code in _faults(account)]) for account in accounts]


def numbers_said(numbers: Sequence[Identifier]) -> list[tuple[Identifier, str]]:
    """Each number with how it was checked."""
    checked, form = _("check digit agrees"), _("has no check digit, its form is right")
    return [(one, form if one.scheme == Identifier.Scheme.KPP else checked) for one in numbers]


def history_said(changes: Sequence[Change], names: Mapping[UUID, str]) -> list[Line]:
    """Each change in words. names: by the keys of accounts."""
    return [
        Line(
            change=change,
            what=explain(f"field_{change.field}"),
            before=value_said(change.field, change.before),
            after=value_said(change.field, change.after),
            who=names.get(change.actor_key) or _("an account that is no more"),
            source=_("file, source “%s”") % change.source if change.source else _("by hand"),
        )
        for change in changes
    ]


def _term(head: Head, today: date) -> tuple[str, str]:
    if head.until is None:
        return _("term without an end"), "ok"
    if head.until < today:
        return _("the term ended on %s") % day(head.until), "bad"
    if head.until < today + SOON:
        return _("the term ends on %s") % day(head.until), "warn"
    return _("in office until %s") % day(head.until), "ok"


def _faults(account: BankAccount) -> list[str]:
    found = [fault_of_bik(account.bik), fault_of_account(account.number, account.bik)]
    if account.correspondent:
        found.append(fault_of_correspondent(account.correspondent, account.bik))
    return [fault for fault in found if fault]
