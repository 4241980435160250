"""What the inner page says of terms, accounts, numbers and changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import day
from sinergia.base.ui.templatetags.ui import inner_quotes
from sinergia.engine.bank import fault_of_account, fault_of_bik, fault_of_correspondent
from sinergia.organisations.models import BankAccount, Change, Head, Identifier, Paper
from sinergia.organisations.queries.waiting import ENDS_SOON
from sinergia.organisations.words import explain
from sinergia.organisations.words.loads import Values


@dataclass(frozen=True)
class Term:
    """A head or a paper, and what is to be said of its end. kind: of a badge, ok, warn or bad."""

    row: Head | Paper
    words: str
    kind: str


def heads_said(heads: Sequence[Head], *, today: date) -> list[Term]:
    """Each head with the state of the term of office."""
    endless, running = _("term without an end"), _("in office until %s")
    soon, over = _("the term ends on %s"), _("the term ended on %s")
    words = {"endless": endless, "running": running, "soon": soon, "over": over}
    return [_term(head, head.until, words, today) for head in heads]


def papers_said(papers: Sequence[Paper], *, today: date) -> list[Term]:
    """Each paper with how long it holds."""
    endless, running = _("holds without an end"), _("holds until %s")
    soon, over = _("ends on %s"), _("ended on %s")
    words = {"endless": endless, "running": running, "soon": soon, "over": over}
    return [_term(paper, paper.ends_on, words, today) for paper in papers]


def accounts_said(accounts: Sequence[BankAccount]) -> list[tuple[BankAccount, list[str]]]:
    """Each account with what is wrong with its numbers."""
    return [(account, [explain(code) for code in _faults(account)]) for account in accounts]


def numbers_said(numbers: Sequence[Identifier]) -> list[tuple[Identifier, str]]:
    """Each number with how it was checked."""
    checked, form = _("check digit agrees"), _("has no check digit, its form is right")
    return [(one, form if one.scheme == Identifier.Scheme.KPP else checked) for one in numbers]


@dataclass(frozen=True)
class Told:
    """A change in the reader's words: of what, what it was and is, who wrote it, from where.

    why: in the words of whoever did it; came: that it was written of an organisation that became
    one with this one since. Both may be empty.
    """

    change: Change
    what: str
    why: str
    came: str
    before: str
    after: str
    who: str
    source: str


def history_said(
    changes: Sequence[Change],
    names: Mapping[UUID, str],
    sources: Mapping[str, str],
    brought: Mapping[int, str],
) -> list[Told]:
    """Changes as people say them.

    names: of accounts; sources: of files, by code; brought: of what organisation a line was that
    came by a merge, by its number.
    """
    values = Values()
    came = _("This was about “%s”, before the two became one.")
    return [
        Told(
            change=change,
            what=explain(f"field_{change.field}"),
            why="" if change.source else change.reason,
            came=came % inner_quotes(brought[change.pk]) if change.pk in brought else "",
            before=values.said(change.field, change.before),
            after=values.said(change.field, change.after),
            who=names.get(change.actor_key) or _("an account that is no more"),
            source=_from_where(change, sources),
        )
        for change in changes
    ]


def _from_where(change: Change, sources: Mapping[str, str]) -> str:
    code, named = change.source, change.reason
    if not code:
        return _("by hand")
    if code == Change.TOLD:
        whose = _("by hand, from the words of %s") % named
        return whose if named else _("by hand, from somebody’s words")
    if code == Change.JOINED:
        of = _("from “%s”, which became one with it") % inner_quotes(named)
        return of if named else _("from the organisation that became one with it")
    of_file: str = inner_quotes(sources.get(code, code))
    return _("file, source “%s”") % of_file


def _term(row: Head | Paper, end: date | None, words: Mapping[str, str], today: date) -> Term:
    """The last day itself is inside."""
    if end is None:
        return Term(row, words["endless"], "ok")
    if end < today:
        return Term(row, words["over"] % day(end), "bad")
    if end < today + ENDS_SOON:
        return Term(row, words["soon"] % day(end), "warn")
    return Term(row, words["running"] % day(end), "ok")


def _faults(account: BankAccount) -> list[str]:
    found = [fault_of_bik(account.bik), fault_of_account(account.number, account.bik)]
    if account.correspondent:
        found.append(fault_of_correspondent(account.correspondent, account.bik))
    return [fault for fault in found if fault]
