"""The report of a visit in words: facts as pages and papers show them, and their checksum."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import count, day, money
from sinergia.engine.money import minor_digits
from sinergia.engine.seal import canonical
from sinergia.engine.shown import locale_of
from sinergia.exchange.models import (
    Commitment,
    Delegate,
    ReportVersion,
    Session,
    Visit,
)
from sinergia.exchange.queries.delegation import body_of
from sinergia.exchange.queries.feedback import FEWEST, Summary
from sinergia.exchange.queries.reports import ReportFacts, ReportSaid, Table
from sinergia.exchange.words.there import in_zone_of


def report_said(
    facts: ReportFacts, written: ReportVersion | None, *, is_public: bool = False
) -> ReportSaid:
    """Facts and texts in the language of the moment.

    is_public: without what those of the visit alone read; who is hidden in the register stays so.
    """
    visit = facts.visit
    with in_zone_of(visit):
        told = _facts(facts) + ([] if is_public else _inside(facts, written))
        told = [(term, value or "—") for term, value in told]
        tables = [
            _delegation(facts.delegates, is_public=is_public),
            _programme(facts, is_public=is_public),
            _practices(facts),
            *([] if is_public else [_commitments(facts.commitments)]),
            _agreements(facts),
        ]
    feedback = feedback_said(facts.feedback)
    introduction = written.introduction if written is not None else ""
    conclusions = written.conclusions if written is not None else ""
    content = {
        "title": visit.name,
        "facts": [list(one) for one in told],
        "texts": [introduction, conclusions],
        "tables": [[one.title, *map(list, one.rows)] for one in tables],
        "feedback": feedback,
    }
    return ReportSaid(
        title=visit.name,
        centre=visit.centre.organisation.name,
        facts=told,
        introduction=introduction,
        conclusions=conclusions,
        tables=tables,
        feedback=feedback,
        version=written.number if written is not None else 0,
        digest=hashlib.sha256(
            canonical({"schema": "visit-report/1", "values": content})
        ).hexdigest(),
    )


def feedback_said(summary: Summary) -> list[str]:
    """What delegates thought, a sentence each; below five answers only how many there are."""
    values = {"answered": count(summary.answered), "delegates": count(summary.delegates)}
    said = [_("%(answered)s of %(delegates)s delegates answered.") % values]
    if summary.useful is None or summary.arranged is None:
        fewest = {"fewest": count(FEWEST)}
        return [*said, _("Averages are shown from %(fewest)s answers on.") % fewest]
    marks = {"useful": _mark(summary.useful), "arranged": _mark(summary.arranged)}
    said.append(_("Use: %(useful)s of 5; arrangement: %(arranged)s of 5.") % marks)
    if summary.best:
        best = "; ".join(f"{title} ({count(number)})" for title, number in summary.best)
        said.append(_("Called the best: %(sessions)s.") % {"sessions": best})
    return said


def spent_typed(row: ReportVersion | None) -> str:
    """What was spent, as it is typed."""
    if row is None or row.spent_minor is None:
        return ""
    digits = minor_digits(row.visit.currency)
    whole, rest = divmod(row.spent_minor, 10**digits)
    return f"{whole},{rest:0{digits}d}" if rest else str(whole)


def days_said(visit: Visit) -> str:
    """From the first day to the last."""
    if visit.starts_on is None or visit.ends_on is None:
        return "—"
    if visit.starts_on == visit.ends_on:
        return day(visit.starts_on)
    return f"{day(visit.starts_on)} – {day(visit.ends_on)}"


def _facts(facts: ReportFacts) -> list[tuple[str, str]]:
    visit = facts.visit
    route = f"{visit.from_region.name} → {visit.to_region.name}"
    return [
        (_("Days"), days_said(visit)),
        (_("From where, where to"), route),
        (_("Aims"), "; ".join(one for one in visit.aims.splitlines() if one.strip())),
        (_("Delegates"), count(facts.travelled)),
        (pgettext("visit", "Sessions"), count(len(facts.sessions))),
        (_("Practices seen"), count(len(facts.practices))),
        (_("Commitments"), count(len(facts.commitments))),
        (_("Pictures"), count(facts.photos)),
    ]


def _inside(facts: ReportFacts, written: ReportVersion | None) -> list[tuple[str, str]]:
    """On what ground one went, and what it cost."""
    visit = facts.visit
    ground = [one.subject for one in facts.agreements if one.pk == visit.agreement_id]
    basis = visit.basis or "".join(ground)
    spent = written.spent_minor if written is not None else None
    return [
        (_("Basis"), basis),
        (_("Budget"), money(visit.budget_minor, visit.currency)),
        (_("Who pays"), visit.payers),
        (_("Spent in all"), money(spent, visit.currency)),
    ]


def _delegation(delegates: Sequence[Delegate], *, is_public: bool) -> Table:
    head = [_("№"), _("Name"), _("Post"), _("Organisation"), _("Town")]
    rows = [
        [
            count(number),
            one.name or "—",
            one.post or "—",
            body_of(one, is_public=is_public) or "—",
            one.municipality.name if one.municipality else "—",
        ]
        for number, one in enumerate(delegates, start=1)
    ]
    return Table(_("Delegation"), head, rows, _("Nobody is written down."), named=1)


def _programme(facts: ReportFacts, *, is_public: bool) -> Table:
    head = [_("When"), _("What"), _("Host"), _("Delegates there")]
    rows = [
        [
            _span(one.starts_at, one.ends_at),
            one.title,
            _host(one, is_public=is_public),
            count(facts.attended[one.pk]) if facts.attended[one.pk] else "—",
        ]
        for one in facts.sessions
    ]
    return Table(_("Programme"), head, rows, _("No session is written down."), named=1)


def _practices(facts: ReportFacts) -> Table:
    head = [_("Practice"), _("Essence"), _("Shown at")]
    at: dict[int, list[Session]] = {}
    for session in facts.sessions:
        for row in session.practices.all():
            at.setdefault(row.practice_id, []).append(session)
    rows = [
        [one.title, one.essence or "—", "; ".join(session.title for session in at[one.pk])]
        for one in facts.practices
    ]
    return Table(_("Practices seen"), head, rows, _("No practice was shown."))


def _commitments(rows: Sequence[Commitment]) -> Table:
    head = [_("What is taken home"), _("Who took it"), _("Organisation"), _("By when"), _("State")]
    lines = [
        [
            one.title,
            one.delegate.name or "—",
            (one.organisation.short_name or one.organisation.name) if one.organisation else "—",
            day(one.due_on),
            f"{one.get_state_display()}: {one.why_not}" if one.why_not else one.get_state_display(),
        ]
        for one in rows
    ]
    return Table(_("What is taken home"), head, lines, _("Nothing was taken home yet."))


def _agreements(facts: ReportFacts) -> Table:
    head = [_("Number"), _("Date"), _("Subject"), _("Parties")]
    lines = [
        [
            one.number or "—",
            day(one.signed_on),
            one.subject,
            "; ".join(
                row.organisation.name if row.organisation else row.name
                for row in sorted(one.parties.all(), key=lambda party: party.place)
                if facts.is_ours or row.organisation is None or row.organisation.is_public
            )
            or "—",
        ]
        for one in facts.agreements
    ]
    return Table(_("Agreements"), head, lines, _("The visit stands on no agreement."), named=2)


def _host(session: Session, *, is_public: bool) -> str:
    host = session.host
    if host is None:
        return session.address or "—"
    return "—" if is_public and not host.is_public else host.short_name or host.name


def _span(starts_at: datetime, ends_at: datetime) -> str:
    begins, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{day(begins)}, {begins:%H:%M}–{ends:%H:%M}"


def _mark(average: Decimal) -> str:
    return format_decimal(average, locale=locale_of(get_language() or "ru"))
