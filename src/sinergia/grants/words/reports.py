"""A report in words: how it is called, how far it has come, what is missing with the way there."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sinergia.base.drafts.words import Finding, Step
from sinergia.engine.readiness import Readiness
from sinergia.engine.refusal import Gap
from sinergia.grants.models import Report, ReportRemark
from sinergia.grants.queries.reports import Written, is_late
from sinergia.grants.words import explain
from sinergia.grants.words.report_fields import CELLS, LABELS, SECTION_OF, SECTIONS

KINDS = {
    Report.Stage.DRAFT: "neutral",
    Report.Stage.SIGNING: "info",
    Report.Stage.SUBMITTED: "info",
    Report.Stage.RETURNED: "warn",
    Report.Stage.ACCEPTED: "ok",
}
VERDICT_KINDS = {"": "neutral", "taken": "ok", "doubted": "warn", "refused": "bad"}


def title_of(report: Report) -> str:
    """What it is a report on."""
    if report.period is None:
        return _("Final report")
    return _("Report on period %(number)s") % {"number": report.period.number}


def kind_of(report: Report, *, today: date) -> str:
    """The colour of its state; one that is late is bad."""
    return "bad" if is_late(report, today=today) else KINDS[Report.Stage(report.stage)]


def address_of(report: Report, page: str = "report", *more: object) -> str:
    """The address of one of its pages."""
    return reverse(f"reports:{page}", args=[report.grant.key, report.key, *more])


def findings_of(gaps: Sequence[Gap], told: Written) -> list[Finding]:
    """Gaps as a list in which each leads to its place."""
    names = names_in(told)
    return [
        Finding(place_said(gap.path, names), explain(gap), place_url(gap.path, told.report))
        for gap in gaps
    ]


def steps_of(told: Written, readiness: Readiness) -> list[Step]:
    """Every section, and how much is still to be mended in it."""
    paths = [*told.values, *told.by_path, *(["payments"] if told.payments else [])]
    begun, steps = {section_of(path) for path in paths}, []
    for name, title in SECTIONS.items():
        left = [gap for gap in readiness.blocking if section_of(gap.path) == name]
        url = address_of(told.report, "section", name)
        kind, state = ("ok", _("ready")) if name in begun else ("neutral", _("not begun"))
        if left:
            kind, state = "warn", _("to mend: %(count)s") % {"count": len(left)}
        steps.append(Step(name, str(title), url, kind, state))
    return steps


def names_in(told: Written) -> dict[str, str]:
    """What places of a report are called: events, results, lines, payments by their paths."""
    compared = told.compared
    names = {f"events/{one.plan.id}": one.plan.what for one in compared.events}
    names |= {f"others/{one.id}": one.what for one in told.told.others}
    names |= {f"results/{one.id}": one.what for one in compared.results}
    whole = _("The whole sum")
    names |= {f"lines/{one.line.id}": one.line.what or whole for one in compared.lines}
    names |= {
        f"spendings/{one.key}": f"{one.document} № {one.number}".strip() for one in told.payments
    }
    names |= {name: str(label) for name, label in LABELS.items()}
    return names | {"payments": str(SECTIONS["money"])}


def place_said(path: str, names: Mapping[str, str]) -> str:
    """Where something lies, as a reader finds it."""
    name, _slash, rest = path.partition("/")
    row, _slash, cell = rest.partition("/")
    named = names.get(f"{name}/{row}" if row else name, "")
    if row == "000000":
        named = _("The whole sum")
    short = named if len(named) <= 80 else f"{named[:80].rstrip()}…"
    label = CELLS.get((name, cell))
    return f"{short}: {label}" if short and label else short or (str(label) if label else "")


def section_of(path: str) -> str:
    """The section where a place lies; "" of the whole."""
    return SECTION_OF.get(path.partition("/")[0], "")


def place_url(path: str, report: Report) -> str:
    """The address of a place."""
    if path.startswith("remarks/"):
        return f"{address_of(report)}#remark-{path.partition('/')[2]}"
    section = section_of(path)
    if not section:
        return ""
    name, _slash, rest = path.partition("/")
    is_field = name not in ("spendings", "payments") and (not rest or rest.count("/") == 1)
    place = f"{'f' if is_field else 'b'}-{path.replace('/', '-')}"
    at = f"?at={rest}" if name == "spendings" else ""  # payments are read by pages
    return f"{address_of(report, 'section', section)}{at}#{place}"


def remarks_said(
    remarks: Sequence[ReportRemark], told: Written
) -> list[tuple[ReportRemark, str, str]]:
    """Remarks with what their place is called, and its address."""
    names = names_in(told)
    whole = _("The whole report")
    return [
        (one, place_said(one.path, names) or whole, place_url(one.path, told.report))
        for one in remarks
    ]
