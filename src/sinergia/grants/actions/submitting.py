"""A report is handed in: what it says is frozen to the byte."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.seal import canonical
from sinergia.grants.access import may_hand_in
from sinergia.grants.actions.locking import locked, refuse
from sinergia.grants.actions.reporting import carry, locked_report
from sinergia.grants.actions.telling import Said, tell_leaders, tell_staff
from sinergia.grants.models import Report, ReportVersion
from sinergia.grants.queries.grants import latest_plan, today_of
from sinergia.grants.queries.lost import lost_in
from sinergia.grants.queries.reports import (
    OPEN,
    Written,
    readiness_of,
    versions_of,
    whole_reports,
    written,
)
from sinergia.organisations.models import Standing
from sinergia.people.models import Person

SCHEMA = "grant-report/1"


@dataclass(frozen=True)
class Kept:
    """A version as it is kept. digest: SHA-256 of the bytes, hex."""

    content: bytes
    digest: str


def submit_report(report: Report, *, actor: Person, now: datetime) -> ReportVersion:
    """Hand a report in; pressed twice it is handed in once.

    Raises Refused with everything that hinders, files that cannot be read among it: those are
    looked for before anything is locked, for a store may be slow.
    """
    if not may_hand_in(actor, report.grant):
        raise PermissionDenied
    return _submit(report, lost_in(written(report)), actor=actor, now=now)


@transaction.atomic
def give_to_sign(report: Report, *, actor: Person, now: datetime) -> Report:
    """Say that a report is written: whoever leads its organisation looks at it and hands it in.

    Twice is harmless; whoever writes in it then takes it back. Raises Refused with what hinders.
    """
    row = locked_report(report, actor)
    if row.stage == Report.Stage.SIGNING:
        return row
    refuse(readiness_of(written(row), now).blocking)
    row.stage = Report.Stage.SIGNING
    row.save(update_fields=["stage"])
    record("grant.report_to_sign", about=row.grant, actor=actor, at=now)
    here = reverse("reports:report", args=[row.grant.key, row.key])
    tell_leaders(row.grant, "grants.report_to_sign", _numbered(row), now=now, url=here)
    return row


@transaction.atomic
def _submit(report: Report, lost: Sequence[Gap], *, actor: Person, now: datetime) -> ReportVersion:
    grant = locked(report.grant)
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    row = whole_reports().get(pk=report.pk)
    last = versions_of(row).first()
    if row.stage == Report.Stage.SUBMITTED and last is not None:
        return last
    row = locked_report(row, actor)
    told = written(row)
    gaps = [*readiness_of(told, now).blocking, *lost]
    if gaps:
        raise Refused(gaps)
    kept = freeze_report(told)
    made = ReportVersion.objects.create(
        report=row,
        version=last.version + 1 if last is not None else 1,
        content=kept.content,
        digest=kept.digest,
        by=actor.key,
        at=now,
    )
    row.stage, row.submitted_at, row.plan = Report.Stage.SUBMITTED, now, latest_plan(grant)
    row.save(update_fields=["stage", "submitted_at", "plan"])
    end_overdue(row, now)
    final = whole_reports().filter(grant=grant, period=None, stage__in=OPEN).first()
    if final is not None and final != row:
        carry(final, actor=actor, now=now)
    codes: dict[str, str | int] = {"version": made.version, "digest": made.digest}
    record("grant.report_submitted", about=grant, actor=actor, at=now, codes=codes)
    tell_staff(grant, "grants.report_submitted", _numbered(row), now=now)
    return made


def freeze_report(told: Written) -> Kept:
    """Put a report into its bytes: texts, payments, files by their digests."""
    report = told.report
    values = {
        "plan": latest_plan(report.grant).digest,
        "period": report.period.number if report.period is not None else 0,
        "texts": told.values,
        "payments": [
            {
                "key": str(one.key),
                "line": one.line,
                "on": one.on.isoformat(),
                "document": one.document,
                "number": one.number,
                "payee": one.payee,
                "sum_minor": one.sum_minor,
                "what": one.what,
                "file": one.file.digest if one.file is not None else "",
            }
            for one in told.payments
        ],
        "files": [
            {"path": one.path, "name": one.file.name, "digest": one.file.digest}
            for one in told.files
        ],
    }
    content = canonical({"schema": SCHEMA, "values": values})
    return Kept(content, sha256(content).hexdigest())


def end_overdue(report: Report, now: datetime) -> None:
    """Note that a report is late no more."""
    rows = Standing.objects.filter(code=Standing.Code.REPORT_OVERDUE, key=report.key, until=None)
    rows.update(until=today_of(report.grant, now))


def _numbered(report: Report) -> Said:
    number = report.period.number if report.period is not None else ""
    return lambda _language: {"number": str(number)}
