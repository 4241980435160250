"""A report is checked: verdicts, remarks, return with a new date or acceptance, opened again."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.engine.granting.reporting import REPORT
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.shown import date_shown
from sinergia.engine.text import clean
from sinergia.grants.access import may_keep
from sinergia.grants.actions.locking import locked, need_stage, need_to_decide, refuse
from sinergia.grants.actions.telling import Said, tell_team
from sinergia.grants.models import Grant, Report, ReportRemark, Spending
from sinergia.grants.queries.grants import today_of
from sinergia.grants.queries.reports import (
    OPEN,
    final_due,
    payments_of,
    remarks_of,
    versions_of,
    whole_reports,
)
from sinergia.people.models import Person
from sinergia.people.queries.naming import names_of

Stage, Verdict = Report.Stage, Spending.Verdict
SPENDINGS = "spendings"  # paths of payments begin so


@transaction.atomic
def give_verdict(
    report: Report, spending: Spending, verdict: str, words: str, *, actor: Person, now: datetime
) -> Spending:
    """Say of a payment that it is accepted, doubted or not accepted; the latter two with words."""
    row = _being_checked(report, actor)
    held = Spending.objects.select_for_update().get(pk=spending.pk, report=row)
    words = clean(words).strip()
    if verdict in (Verdict.DOUBTED, Verdict.REFUSED) and not words:
        raise Refused([Gap("remark.no_text", "text")])
    if held.verdict != verdict:
        held.verdict = verdict
        held.save(update_fields=["verdict"])
        codes: dict[str, str | int] = {"spending": str(held.key), "verdict": verdict}
        record("grant.spending_checked", about=row.grant, actor=actor, at=now, codes=codes)
    path = f"{SPENDINGS}/{held.key}"
    if words:
        _put_remark(row, path, words, actor=actor, now=now)
    elif verdict == Verdict.TAKEN:
        remarks_of(row).filter(path=path, resolved_at=None).update(resolved_at=now)
    return held


@transaction.atomic
def add_remark(
    report: Report, path: str, text: str, *, actor: Person, now: datetime
) -> ReportRemark:
    """Say something against a place of a report; the same words at the same place are one."""
    row = _being_checked(report, actor)
    text = clean(text).strip()
    refuse([] if text else [Gap("remark.no_text", "text")])
    refuse([] if is_place(row, path) else [Gap("remark.no_place")])
    return _put_remark(row, path, text, actor=actor, now=now)


@transaction.atomic
def drop_remark(remark: ReportRemark, *, actor: Person, now: datetime) -> None:
    """Take a remark back that was not told yet; settle one that was."""
    row = _being_checked(remark.report, actor)
    held = ReportRemark.objects.select_for_update().filter(pk=remark.pk).first()
    if held is None or held.resolved_at is not None:
        return
    if held.told_at is None:
        held.delete()
        return
    held.resolved_at = now
    held.save(update_fields=["resolved_at"])
    record("grant.remark_resolved", about=row.grant, actor=actor, at=now)


@transaction.atomic
def answer_remark(
    remark: ReportRemark, answer: str, *, actor: Person, now: datetime
) -> ReportRemark:
    """Say what became of a remark; it is answered anew until the report is handed in."""
    grant = locked(remark.report.grant)
    if not may_keep(actor, grant):
        raise PermissionDenied
    held = ReportRemark.objects.select_for_update(of=("self",)).select_related("report")
    row = held.get(pk=remark.pk)
    refuse([] if row.report.stage in OPEN else [Gap("report.handed_in")])
    answer = clean(answer).strip()
    refuse([] if answer else [Gap("remark.no_answer", "answer")])
    if row.answer != answer:
        row.answer, row.answered_at = answer, now
        row.save(update_fields=["answer", "answered_at"])
    return row


@transaction.atomic
def return_report(
    report: Report, words: str, due_on: date | None, *, version: int, actor: Person, now: datetime
) -> Report:
    """Give a report back with remarks and a new date; pressed twice it is given back once.

    version: the one that whoever returns it has read.
    """
    row = _locked(report, actor)
    if row.stage == Stage.RETURNED and row.settled_by == actor.key:
        return row
    _need_to_settle(row, version)
    words = clean(words).strip()
    told = _of_day(row, due_on, now)
    if not words and not remarks_of(row).filter(resolved_at=None).exists():
        told.append(Gap("report.no_remark", "words"))
    refuse(told)
    row.due_on = due_on or row.due_on
    _settle(row, Stage.RETURNED, words, actor=actor, now=now)
    remarks_of(row).filter(told_at=None).update(told_at=now)
    codes: dict[str, str | int] = {"on": row.due_on.isoformat()}
    record("grant.report_returned", about=row.grant, actor=actor, at=now, codes=codes)
    tell_team(row.grant, "grants.report_returned", _said(row), now=now, url=_here(row))
    return row


@transaction.atomic
def accept_report(
    report: Report, words: str, *, version: int, actor: Person, now: datetime
) -> Report:
    """Accept a report: the next tranche is let go. Payments nobody has looked at are accepted.

    Pressed twice it is accepted once. Raises Refused while a payment is doubted, or where somebody
    else has settled it meanwhile: then with what became of it.
    """
    row = _locked(report, actor)
    if row.stage == Stage.ACCEPTED and row.settled_by == actor.key:
        return row
    _need_to_settle(row, version)
    doubted = payments_of(row).filter(verdict=Verdict.DOUBTED).count()
    refuse([Gap("report.doubted", values={"number": doubted})] if doubted else [])
    payments_of(row).filter(verdict=Verdict.OPEN).update(verdict=Verdict.TAKEN)
    remarks_of(row).filter(resolved_at=None).update(resolved_at=now, told_at=now)
    _settle(row, Stage.ACCEPTED, clean(words).strip(), actor=actor, now=now)
    _put_off_final(row.grant)
    record("grant.report_accepted", about=row.grant, actor=actor, at=now)
    tell_team(row.grant, "grants.report_accepted", _said(row), now=now, url=_here(row))
    return row


@transaction.atomic
def reopen_report(
    report: Report, words: str, due_on: date | None, *, actor: Person, now: datetime
) -> Report:
    """Give an accepted report back after all: what was accepted of its payments is open again.

    Money that went since then stays where it is. Twice is harmless. Raises Refused without words
    or a day, and where it was not accepted.
    """
    row = _locked(report, actor)
    if row.stage == Stage.RETURNED and row.settled_by == actor.key:
        return row
    refuse([] if row.stage == Stage.ACCEPTED else [_settled(row)])
    need_stage(row.grant, Grant.Stage.UNDER_WAY, "report.not_under_way")
    words = clean(words).strip()
    refuse(_of_day(row, due_on, now) + ([] if words else [Gap("remark.no_text", "words")]))
    payments_of(row).filter(verdict=Verdict.TAKEN).update(verdict=Verdict.OPEN)
    row.due_on = due_on or row.due_on
    _settle(row, Stage.RETURNED, words, actor=actor, now=now)
    codes: dict[str, str | int] = {"on": row.due_on.isoformat()}
    record("grant.report_reopened", about=row.grant, actor=actor, at=now, codes=codes)
    tell_team(row.grant, "grants.report_reopened", _said(row), now=now, url=_here(row))
    return row


def is_place(report: Report, path: str) -> bool:
    """Whether a remark may stand there: at a text, a row of texts, a payment, or the whole."""
    if not path:
        return True
    name, _slash, rest = path.partition("/")
    if name == SPENDINGS:
        keys = payments_of(report).values_list("key", flat=True)
        return rest in {str(key) for key in keys}
    if name in REPORT.rows:
        return REPORT.parse(f"{path}/order") is not None
    return REPORT.parse(path) is not None


def _locked(report: Report, actor: Person) -> Report:
    grant = locked(report.grant)
    need_to_decide(actor, grant)
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    return whole_reports().get(pk=report.pk)


def _being_checked(report: Report, actor: Person) -> Report:
    row = _locked(report, actor)
    refuse([] if row.stage == Stage.SUBMITTED else [_settled(row)])
    return row


def _need_to_settle(row: Report, version: int) -> None:
    """Raise Refused where somebody else was first, or it was handed in anew since it was read."""
    if row.stage != Stage.SUBMITTED:
        raise Refused([_settled(row)])
    last = versions_of(row).first()
    if last is not None and last.version != version:
        raise Refused([Gap("report.newer", values={"version": last.version})])
    if row.grant.stage != Grant.Stage.UNDER_WAY:
        raise Refused([Gap("report.not_under_way")])


def _settled(row: Report) -> Gap:
    """What became of it, and by whom: whoever comes second is told."""
    codes = {Stage.RETURNED: "report.returned_by", Stage.ACCEPTED: "report.accepted_by"}
    code = codes.get(Stage(row.stage))
    if code is None or row.settled_by is None:
        return Gap("report.not_submitted")
    who = names_of([row.settled_by]).get(row.settled_by, "")
    at = row.settled_at.isoformat() if row.settled_at is not None else ""
    return Gap(code, values={"who": who, "at": at})


def _of_day(row: Report, due_on: date | None, now: datetime) -> list[Gap]:
    if due_on is not None and due_on >= today_of(row.grant, now):
        return []
    return [Gap("report.no_day", "due_on")]


def _settle(row: Report, stage: str, words: str, *, actor: Person, now: datetime) -> None:
    row.stage, row.words, row.settled_by, row.settled_at = stage, words, actor.key, now
    row.save(update_fields=["stage", "words", "settled_by", "settled_at", "due_on"])


def _put_off_final(grant: Grant) -> None:
    """The days of a final report that is being written count from the last acceptance, too."""
    due_on = final_due(grant)
    rows = grant.reports.filter(period=None, stage__in=OPEN, due_on__lt=due_on)
    rows.update(due_on=due_on)


def _put_remark(row: Report, path: str, text: str, *, actor: Person, now: datetime) -> ReportRemark:
    there = remarks_of(row).filter(path=path, text=text, resolved_at=None).first()
    if there is not None:
        return there
    made = ReportRemark.objects.create(report=row, path=path, text=text, by=actor.key, at=now)
    record("grant.remark_made", about=row.grant, actor=actor, at=now, codes={"key": str(made.key)})
    return made


def _here(row: Report) -> str:
    """Where a report is looked at."""
    return reverse("reports:report", args=[row.grant.key, row.key])


def _said(row: Report) -> Said:
    number = str(row.period.number) if row.period is not None else ""
    return lambda language: {"number": number, "on": date_shown(row.due_on, language)}
