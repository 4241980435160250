"""How a report is read: its texts beside the plan, its payments, files, remarks and versions."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from sinergia.engine.granting.comparing import Bounds, Compared, Span, compare
from sinergia.engine.granting.periods import after_workdays
from sinergia.engine.granting.plan import GrantPlan
from sinergia.engine.granting.report_ready import Beside, Paid, report_readiness
from sinergia.engine.granting.reporting import Told, read_report
from sinergia.engine.readiness import Readiness
from sinergia.grants.models import (
    Grant,
    Period,
    Plan,
    Report,
    ReportFile,
    ReportRemark,
    ReportText,
    ReportVersion,
    Spending,
    Transfer,
)
from sinergia.grants.queries.grants import grants_rules, latest_plan, thawed_plan, today_of

HANDED_IN = (Report.Stage.SUBMITTED, Report.Stage.ACCEPTED)
# In which its organisation writes.
OPEN = (Report.Stage.DRAFT, Report.Stage.SIGNING, Report.Stage.RETURNED)
NAMES = (
    "period", "plan", "grant__application__fund", "grant__application__call",
    "grant__organisation__region", "grant__centre", "grant__curator",
    "grant__award__examination__contest__call",
)  # fmt: skip


def whole_reports() -> QuerySet[Report]:
    """All of them with whatever a page names, the latest first."""
    return Report.objects.select_related(*NAMES).order_by("-pk")


def reports_of(grant: Grant) -> QuerySet[Report]:
    """Reports of a grant that were begun, the latest first; each with this very grant."""
    return grant.reports.select_related("period", "plan").order_by("-pk")


def report_keyed(grant: Grant, key: UUID) -> Report | None:
    """One of them."""
    return reports_of(grant).filter(key=key).first()


def is_open(report: Report) -> bool:
    """Whether its organisation may write in it."""
    return report.stage in OPEN and report.grant.stage == Grant.Stage.UNDER_WAY


def span_of(report: Report) -> Span:
    """What it tells of."""
    period, grant = report.period, report.grant
    if period is None:
        return Span(grant.begins_on, grant.ends_on, is_final=True)
    return Span(period.begins_on, period.ends_on, told=_told_before(period))


def bounds_of(grant: Grant) -> Bounds:
    """From where on its rules want a difference explained."""
    rules = grants_rules(grant)
    return Bounds(rules.changes.shift_share, rules.changes.shift_days, rules.photos)


def final_due(grant: Grant) -> date:
    """The last day for the final report: after the end, and after those on periods are accepted."""
    workdays = grants_rules(grant).final_workdays
    rows = grant.reports.filter(period__isnull=False, stage=Report.Stage.ACCEPTED)
    accepted_at: datetime | None = rows.aggregate(last=Max("settled_at"))["last"]
    days = [grant.ends_on] + ([today_of(grant, accepted_at)] if accepted_at is not None else [])
    return after_workdays(max(days), workdays)


def waiting() -> Q:
    """Final reports that wait until those on periods are accepted: so long none of them is late."""
    others = Period.objects.filter(grant=OuterRef("grant"))
    return Q(Exists(others.exclude(report__stage=Report.Stage.ACCEPTED)), period=None)


def is_late(report: Report, *, today: date) -> bool:
    """Whether its day has passed while its organisation writes it."""
    return report.stage in OPEN and report.due_on < today and not _earlier(report)


def payments_of(report: Report) -> QuerySet[Spending]:
    """Payments that a report tells of, by line and day."""
    rows = report.spendings.filter(removed_at=None).select_related("file")
    return rows.order_by("on", "pk")


def payment_keyed(report: Report, key: UUID) -> Spending | None:
    """One of them."""
    return payments_of(report).filter(key=key).first()


def counted_by(report: Report) -> QuerySet[Spending]:
    """Payments that are told of up to this report, those that were refused left out."""
    rows = Spending.objects.filter(grant=report.grant, removed_at=None)
    rows = rows.exclude(verdict=Spending.Verdict.REFUSED)
    if report.period is None:
        return rows
    earlier = Q(report=report) | Q(report__period__number__lte=report.period.number)
    return rows.filter(earlier | Q(report=None))


def files_of(report: Report) -> QuerySet[ReportFile]:
    """Files of a report, as they were added."""
    return report.files.filter(removed_at=None).select_related("file").order_by("pk")


def remarks_of(report: Report) -> QuerySet[ReportRemark]:
    """Remarks, the first first."""
    return report.remarks.order_by("pk")


def told_remarks(report: Report) -> QuerySet[ReportRemark]:
    """Those that its organisation was told."""
    return remarks_of(report).filter(told_at__isnull=False)


def versions_of(report: Report) -> QuerySet[ReportVersion]:
    """What was handed in, the latest first."""
    return report.versions.order_by("-version")


@dataclass(frozen=True)
class Written:
    """A report with everything that belongs to it. fields: its texts by path."""

    report: Report
    fields: Mapping[str, ReportText]
    told: Told
    plan: GrantPlan
    span: Span
    bounds: Bounds
    payments: Sequence[Spending]
    files: Sequence[ReportFile]
    compared: Compared

    @property
    def values(self) -> dict[str, str]:
        """Texts by path, empty ones left out."""
        return {path: one.value for path, one in self.fields.items() if one.value}

    @cached_property
    def by_path(self) -> dict[str, list[ReportFile]]:
        """Files by the place where they stand."""
        found: dict[str, list[ReportFile]] = {}
        for one in self.files:
            found.setdefault(one.path, []).append(one)
        return found

    @property
    def sum_minor(self) -> int:
        """What its payments come to."""
        return sum(one.sum_minor for one in self.payments)


def plan_of(report: Report) -> Plan:
    """The plan by which it is written: the latest one as long as it may be written."""
    return latest_plan(report.grant) if is_open(report) else report.plan


def written(report: Report) -> Written:
    """Read a report as it stands now. Raises Broken where the plan is not what its digest says."""
    fields = {one.path: one for one in report.texts.order_by("pk")}
    payments, files = list(payments_of(report)), list(files_of(report))
    return assembled(report, plan_of(report), fields, payments, files)


def assembled(
    report: Report,
    by: Plan,
    fields: Mapping[str, ReportText],
    payments: Sequence[Spending],
    files: Sequence[ReportFile],
) -> Written:
    """Put its parts beside a plan. Raises Broken where that is not what its digest says."""
    told = read_report({path: one.value for path, one in fields.items()})
    plan = thawed_plan(by, report.grant)
    span, bounds = span_of(report), bounds_of(report.grant)
    here: Counter[str] = Counter()
    for one in payments:
        if one.verdict != Spending.Verdict.REFUSED:
            here[one.line] += one.sum_minor
    spent = Counter(here)
    beside = counted_by(report).exclude(report=report)
    for line, minor in beside.values_list("line", "sum_minor"):
        spent[line] += minor
    compared = compare(plan, told, span, bounds, spent=spent, here=here)
    return Written(report, fields, told, plan, span, bounds, payments, files, compared)


def readiness_of(row: Written, now: datetime | None = None) -> Readiness:
    """Whether it may be handed in."""
    report = row.report
    shown = [*row.files, *_files_before(report)]
    files = Counter(one.path for one in shown)
    pictures = Counter(one.path for one in shown if one.file.is_picture)
    open_remarks = told_remarks(report).filter(resolved_at=None, answer="")
    beside = Beside(
        today=today_of(report.grant, now),
        payments=[
            Paid(str(one.key), one.line, one.number, one.file_id is not None)
            for one in row.payments
        ],
        files=files,
        pictures=pictures,
        unanswered=[str(one) for one in open_remarks.values_list("key", flat=True)],
        earlier=_earlier(report),
        paid_minor=_paid(report.grant),
        spent_minor=sum(one.spent_minor for one in row.compared.lines),
    )
    return report_readiness(row.told, row.compared, row.span, row.bounds, beside)


def _files_before(report: Report) -> list[ReportFile]:
    """What reports on periods have shown: the final one need not show it once more."""
    if report.period_id is not None:
        return []
    rows = ReportFile.objects.filter(
        report__grant=report.grant, report__stage=Report.Stage.ACCEPTED, removed_at=None
    )
    return list(rows.exclude(report=report).select_related("file"))


def _told_before(period: Period) -> set[str] | None:
    """Events of which reports on earlier periods tell; none while one is to be handed in."""
    earlier = Period.objects.filter(grant=period.grant_id, number__lt=period.number)
    if earlier.exclude(report__stage__in=HANDED_IN).exists():
        return None
    rows = ReportText.objects.filter(report__period__in=earlier, path__startswith="events/")
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    for report, path, value in rows.values_list("report", "path", "value"):
        texts[report][path] = value
    told = [read_report(one).events.values() for one in texts.values()]
    return {one.id for some in told for one in some if one.is_told}


def _earlier(report: Report) -> list[int]:
    """Periods that the final report waits for."""
    if report.period_id is not None:
        return []
    rows = report.grant.periods.exclude(report__stage=Report.Stage.ACCEPTED)
    return list(rows.order_by("number").values_list("number", flat=True))


def _paid(grant: Grant) -> int:
    moved = grant.transfers.filter(removed_at=None, kind=Transfer.Kind.PAID)
    return sum(moved.values_list("sum_minor", flat=True))
