"""A report is begun and written: its texts one by one, files beside them."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.drafts.actions import (
    Save,
    Saved,
    Way,
    save_texts,
    saves_that_empty,
    saves_that_move,
)
from sinergia.base.files.actions import keep_upload
from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.engine.granting.reporting import REPORT
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.access import may_keep
from sinergia.grants.actions.locking import locked, need_stage, refuse
from sinergia.grants.models import Grant, Period, Report, ReportFile, ReportText
from sinergia.grants.queries.grants import latest_plan
from sinergia.grants.queries.handed_in import brought_by
from sinergia.grants.queries.reports import HANDED_IN, OPEN, final_due, whole_reports
from sinergia.people.models import Person

MOST_FILES = 40  # of one place
CARRIED = ("events", "others", "results")  # what the final report takes from those before it


@transaction.atomic
def begin_report(grant: Grant, period: Period | None, *, actor: Person, now: datetime) -> Report:
    """Begin the report on a period, or the final one; pressed twice it is one.

    The final one begins with what the reports on the periods say, and follows those to come.
    """
    row = locked(grant)
    if not may_keep(actor, row):
        raise PermissionDenied
    return ensure_report(row, period, actor=actor, now=now)


def ensure_report(grant: Grant, period: Period | None, *, actor: Person, now: datetime) -> Report:
    """The same as a part of another action, which holds the lock and has asked who may."""
    there = whole_reports().filter(grant=grant, period=period).first()
    if there is not None:
        return there
    need_stage(grant, Grant.Stage.UNDER_WAY, "report.not_under_way")
    made = Report.objects.create(
        grant=grant,
        period=period,
        plan=latest_plan(grant),
        due_on=period.report_on if period is not None else final_due(grant),
    )
    if period is None:
        carry(made, actor=actor, now=now)
    codes: dict[str, str | int] = {"period": period.number if period is not None else "final"}
    record("grant.report_begun", about=grant, actor=actor, at=now, codes=codes)
    return whole_reports().get(pk=made.pk)


@transaction.atomic
def save_fields(
    report: Report, saves: Sequence[Save], *, actor: Person, now: datetime
) -> list[Saved]:
    """Save texts of a report; each for itself is written or in conflict.

    Raises Refused where it is handed in, a text is too long or rows are too many.
    """
    row = locked_report(report, actor)
    saved = save_texts(row.texts, REPORT, saves, by=actor.key, now=now)
    return _if_written(row, saved, actor=actor, now=now)


@transaction.atomic
def take_out_row(
    report: Report, field: str, row: str, *, actor: Person, now: datetime
) -> list[Saved]:
    """Take out an event that the plan does not know; its texts' versions go on."""
    held = locked_report(report, actor)
    saves = saves_that_empty(held.texts, REPORT, field, row)
    saved = save_texts(held.texts, REPORT, saves, by=actor.key, now=now)
    return _if_written(held, saved, actor=actor, now=now)


@transaction.atomic
def move_row(
    report: Report, field: str, row: str, way: Way, *, actor: Person, now: datetime
) -> list[str]:
    """Put such an event one place up or down; give the order in which they stand then."""
    held = locked_report(report, actor)
    rows, saves = saves_that_move(held.texts, REPORT, field, row, way)
    saved = save_texts(held.texts, REPORT, saves, by=actor.key, now=now)
    _if_written(held, saved, actor=actor, now=now)
    return rows


@transaction.atomic
def attach(
    report: Report, path: str, upload: Upload, caption: str, *, actor: Person, now: datetime
) -> ReportFile:
    """Put a file at a place of a report; one upload is one file, however often it is pressed."""
    row = locked_report(report, actor)
    there = ReportFile.objects.filter(report=row, file=upload.file_id).first()
    if upload.file_id is not None and there is not None:
        return there
    if row.files.filter(path=path, removed_at=None).count() >= MOST_FILES:
        raise Refused([Gap("report.many_files", "file", {"most": MOST_FILES})])
    file = keep_upload(upload, actor=actor, now=now)
    made = ReportFile.objects.create(
        report=row, path=path, file=file, caption=caption[:300], by=actor.key, at=now
    )
    codes: dict[str, str | int] = {"digest": file.digest}
    record("grant.report_file_added", about=row.grant, actor=actor, at=now, codes=codes)
    write_again(row, actor=actor, now=now)
    return made


@transaction.atomic
def take_off(attached: ReportFile, *, actor: Person, now: datetime) -> None:
    """Take a file out of a report; what was handed in with it still knows its digest."""
    row = locked_report(attached.report, actor)
    if ReportFile.objects.filter(pk=attached.pk, removed_at=None).update(removed_at=now):
        record("grant.report_file_removed", about=row.grant, actor=actor, at=now)
        write_again(row, actor=actor, now=now)


def carry(final: Report, *, actor: Person, now: datetime) -> None:
    """Bring into the final report what those on periods that were handed in say.

    Facts of events and the latest numbers of results. A text that its people wrote stays; one that
    stands as it was brought before follows what is handed in anew.
    """
    rows = ReportText.objects.filter(
        report__grant=final.grant, report__period__isnull=False, report__stage__in=HANDED_IN
    )
    told = rows.order_by("report__period__number", "pk").values_list("path", "value")
    latest = {path: text for path, text in told if text and path.partition("/")[0] in CARRIED}
    there, brought = {one.path: one for one in final.texts.all()}, brought_by(final.grant)
    made = ReportText.objects.bulk_create(
        ReportText(report=final, path=path, value=value, version=1, by=actor.key, at=now)
        for path, value in latest.items()
        if path not in there
    )
    changed = [
        row
        for path, row in there.items()
        if latest.get(path, row.value) != row.value and (path, row.value) in brought
    ]
    for row in changed:
        row.value, row.version, row.by, row.at = latest[row.path], row.version + 1, actor.key, now
        row.save(update_fields=["value", "version", "by", "at"])
    if made or changed:
        write_again(final, actor=actor, now=now)


def locked_report(report: Report, actor: Person) -> Report:
    """A report that this person may write in, nobody else until the transaction ends."""
    grant = locked(report.grant)
    if not may_keep(actor, grant):
        raise PermissionDenied
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    row = whole_reports().get(pk=report.pk)
    refuse([] if row.stage in OPEN else [Gap("report.handed_in")])
    need_stage(grant, Grant.Stage.UNDER_WAY, "report.not_under_way")
    return row


def write_again(row: Report, *, actor: Person, now: datetime) -> None:
    """Take back from its signature what was changed: nobody signs what they have not read."""
    if row.stage == Report.Stage.SIGNING:
        row.stage = Report.Stage.RETURNED if row.submitted_at else Report.Stage.DRAFT
        row.save(update_fields=["stage"])
        record("grant.report_written_again", about=row.grant, actor=actor, at=now)


def _if_written(row: Report, saved: list[Saved], *, actor: Person, now: datetime) -> list[Saved]:
    if any(one.is_written for one in saved):
        write_again(row, actor=actor, now=now)
    return saved
