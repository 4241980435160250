"""Within what a payment of a report has to be, by what is there already."""

from collections.abc import Sequence
from datetime import datetime

from sinergia.engine.granting.spending import Frame
from sinergia.engine.text import words_of
from sinergia.grants.models import Report, Spending
from sinergia.grants.queries.grants import latest_plan, thawed_plan, today_of
from sinergia.grants.queries.matching import is_named
from sinergia.grants.queries.money import spendings_of
from sinergia.grants.queries.reports import span_of


def frame_of(
    report: Report, now: datetime | None = None, *, beside: Spending | None = None
) -> Frame:
    """The frame of a new payment, or of one that is changed: `beside` does not count."""
    grant = report.grant
    lines = dict(thawed_plan(latest_plan(grant), grant).grant)
    known = {}
    for one in spendings_of(grant):
        if beside is not None and one.pk == beside.pk:
            continue
        known[(one.line, one.number_folded, one.on, one.payee_folded)] = one.sum_minor
        if one.verdict != Spending.Verdict.REFUSED and one.line in lines:
            lines[one.line] -= one.sum_minor
    return Frame(
        currency=grant.currency,
        signed_on=grant.signed_on,
        last=span_of(report).last,
        today=today_of(grant, now),
        lines=lines,
        known=known,
    )


def named_in(name: str, payments: Sequence[Spending]) -> Spending | None:
    """The one payment whose number a file's name bears as words of its own; the longest wins."""
    said = words_of(name.rpartition(".")[0] or name)
    found = [one for one in payments if is_named(words_of(one.number), said)]
    longest = max((len(one.number) for one in found), default=0)
    best = [one for one in found if len(one.number) == longest]
    return best[0] if len(best) == 1 else None
