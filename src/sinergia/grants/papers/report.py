"""A report on A4: plan against fact, line by line, payment by payment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.base.tables.paper import set_paper
from sinergia.engine.granting.comparing import EventCompared
from sinergia.engine.granting.reporting import Fact
from sinergia.engine.shown import date_shown, decimal_shown, money_shown
from sinergia.grants.models import ReportVersion
from sinergia.grants.queries.reports import Written
from sinergia.grants.words.report_fields import LABELS
from sinergia.grants.words.report_form import differs_said, planned_said
from sinergia.grants.words.reports import title_of

TEMPLATE = Path(__file__).parent.parent / "templates" / "grants" / "papers" / "report.typ"


def report_pdf(
    told: Written, *, version: ReportVersion | None = None, language: str, at: datetime
) -> bytes:
    """Set a report; its foot says which version it is, where it is one. at: of the document."""
    paper = paper_of(told, version=version, language=language, at=at)
    return set_paper(TEMPLATE, paper, at=at)


def paper_of(
    told: Written, *, version: ReportVersion | None = None, language: str, at: datetime
) -> Mapping[str, object]:
    """Every text of the paper, ready."""
    report = told.report
    grant = report.grant
    return {
        "language": language,
        "title": title_of(report),
        "organisation": grant.organisation.name,
        "project": grant.application.title,
        "facts": _facts(told, version, language),
        "texts": [
            (str(LABELS[name]), told.values[name])
            for name in ("done", "outcome", "media", "money_note")
            if told.values.get(name)
        ],
        "tables": [
            _events(told, language),
            _results(told, language),
            _lines(told, language),
            _payments(told, language),
        ],
        "foot": _foot(version, at),
        "page_words": _("Page {page} of {pages}"),
        "sign": [_("Head of the organisation ____________________ / ____________________ /")],
    }


def _facts(
    told: Written, version: ReportVersion | None, language: str
) -> Sequence[tuple[str, str]]:
    report, span = told.report, told.span
    grant = report.grant
    days = f"{date_shown(span.first, language)} – {date_shown(span.last, language)}"
    rows = [(_("Agreement"), f"№ {grant.number}"), (_("Period"), days)]
    rows.append((_("State"), str(report.get_stage_display())))
    if version is not None:
        day = date_shown(timezone.localtime(version.at).date(), language)
        rows.append(
            (
                _("Handed in"),
                _("%(day)s, version %(number)s") % {"day": day, "number": version.version},
            )
        )
    return rows


def _events(told: Written, language: str) -> Mapping[str, object]:
    rows = [
        _event(one, language) for one in told.compared.events if one.is_asked or one.fact.is_told
    ]
    rows += [
        [one.what, _("beyond the plan"), _fact(one, language), one.told] for one in told.told.others
    ]
    return _table(
        pgettext("a report", "Events"),
        [
            pgettext("a report", "Event"),
            pgettext("a report", "Plan"),
            pgettext("a report", "Fact"),
            pgettext("a report", "How it went"),
        ],
        rows,
        (3, 2, 3, 4),
    )


def _event(one: EventCompared, language: str) -> list[str]:
    words = [one.fact.told, *differs_said(one)]
    words += [_("Why: %(why)s") % {"why": one.fact.why}] if one.fact.why else []
    planned = planned_said(one, language)
    return [one.plan.what, planned, _fact(one.fact, language), ". ".join(filter(None, words))]


def _fact(fact: Fact, language: str) -> str:
    if fact.on is None:
        return "—"
    people = _("people: %(number)s") % {"number": fact.people} if fact.people is not None else ""
    return ", ".join(filter(None, (date_shown(fact.on, language), fact.place, people)))


def _results(told: Written, language: str) -> Mapping[str, object]:
    def shown(number: object) -> str:
        return decimal_shown(number, language) if number is not None else "—"  # type: ignore[arg-type]  # a decimal

    rows = [
        [
            one.what,
            shown(one.promised),
            shown(one.fact.number),
            ". ".join(filter(None, (one.fact.proof, one.fact.why))),
        ]
        for one in told.compared.results
    ]
    head = [
        pgettext("a report", "Result"),
        pgettext("a report", "Promised"),
        pgettext("a result", "Reached"),
        pgettext("a report", "By what it is seen"),
    ]
    return _table(pgettext("a report", "Results"), head, rows, (4, 1, 1, 4), right=(1, 2))


def _lines(told: Written, language: str) -> Mapping[str, object]:
    currency = told.report.grant.currency

    def money(minor: int) -> str:
        return money_shown(minor, currency, language)

    lines = told.compared.lines
    rows = [
        [
            one.line.what or _("The whole sum"),
            *(
                money(m)
                for m in (one.line.granted_minor, one.here_minor, one.spent_minor, one.left_minor)
            ),
        ]
        for one in lines
    ]
    rows.append(
        [
            _("Together"),
            money(sum(one.line.granted_minor for one in lines)),
            money(sum(one.here_minor for one in lines)),
            money(sum(one.spent_minor for one in lines)),
            money(sum(one.left_minor for one in lines)),
        ]
    )
    head = [
        _("Line"),
        pgettext("money", "Agreed"),
        _("By this report"),
        _("Spent so far"),
        pgettext("money", "Left"),
    ]
    return _table(_("By lines of the budget"), head, rows, (4, 2, 2, 2, 2), right=(1, 2, 3, 4))


def _payments(told: Written, language: str) -> Mapping[str, object]:
    currency = told.report.grant.currency
    names = {one.line.id: one.line.what or _("The whole sum") for one in told.compared.lines}
    rows = [
        [
            f"{one.document} № {one.number}",
            date_shown(one.on, language),
            one.payee,
            names.get(one.line, one.line),
            money_shown(one.sum_minor, currency, language),
        ]
        for one in told.payments
    ]
    head = [_("Document"), _("Date"), _("Payee"), _("Line"), _("Sum")]
    return _table(_("Payments"), head, rows, (3, 2, 3, 3, 2), right=(4,))


def _table(
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    right: Sequence[int] = (),
) -> Mapping[str, object]:
    aligns = ["right" if at in right else "left" for at in range(len(head))]
    return {
        "title": title,
        "head": head,
        "rows": rows,
        "widths": widths,
        "aligns": aligns,
        "empty": _("Nothing is told here."),
    }


def _foot(version: ReportVersion | None, at: datetime) -> str:
    made = timezone.localtime(at).strftime("%d.%m.%Y %H:%M")
    if version is None:
        return _("Made on %(at)s. Not handed in.") % {"at": made}
    told = _("Made on %(at)s. Version %(number)s, checksum %(digest)s")
    return told % {"at": made, "number": version.version, "digest": version.digest[:16]}
