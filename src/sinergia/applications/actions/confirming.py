"""What confirms a submission: a scan or a signature is added, paper is marked as received."""

from collections.abc import Iterator
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.applications.access import has_interest, may_confirm, may_register
from sinergia.applications.models import Confirmation, Submission
from sinergia.applications.queries.confirming import confirming_of, held_paper
from sinergia.applications.queries.submissions import OVER, stage_told
from sinergia.base.files.actions import keep_upload
from sinergia.base.files.models import StoredFile, Upload
from sinergia.base.journal.actions import record
from sinergia.calls.queries.contests import day_of
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.shown import date_shown
from sinergia.notices.actions import tell
from sinergia.organisations.queries.teams import memberships_of
from sinergia.people.models import Person

Way, Stage = Confirmation.Way, Submission.Stage
CONFIRMED = (Stage.SUBMITTED, Stage.REGISTERED, Stage.ADMITTED)  # stages in which files are taken
MOST = 50  # files of one submission: whoever sends more has lost count


@transaction.atomic
def add_confirmation(
    submission: Submission, upload: Upload, *, actor: Person, now: datetime
) -> Confirmation:
    """Add a scan or a signature; one of the same way takes the place of the former, which stays.

    now: when the request arrived. One upload is one file, however often it is pressed.
    Raises Refused where it is too late, or where the rules take none of the kind.
    """
    row = _locked(submission)
    if not may_confirm(actor, row):
        raise PermissionDenied
    there = Confirmation.objects.filter(submission=row, file=upload.file_id).first()
    if upload.file_id is not None and there is not None:
        return there
    if upload.file is None:
        raise Refused([Gap("confirmation.gone", "file")])
    way = _way_of(upload.file)
    _refuse(_gaps(row, way, now=now))
    file = _kept(upload, actor=actor, now=now)
    _end(row, way, now=now)
    made = Confirmation.objects.create(submission=row, way=way, file=file, by=actor.key, at=now)
    codes: dict[str, str | int] = {"number": row.shown_number, "way": way, "digest": file.digest}
    record("submission.confirmed", about=row, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def mark_received(
    submission: Submission, received_on: date, *, actor: Person, now: datetime
) -> Confirmation:
    """Note that the signed paper came, and on which day; those who applied are told.

    Marked already, by whomever, it stays as it is. Raises Refused for a day that cannot be.
    """
    row = _locked(submission)
    _need_duty(row, actor)
    there = held_paper(row)
    if there is not None:
        return there
    _refuse(_paper_gaps(row, received_on, now=now))
    made = Confirmation.objects.create(
        submission=row, way=Way.PAPER, received_on=received_on, by=actor.key, at=now
    )
    codes: dict[str, str | int] = {"number": row.shown_number, "on": received_on.isoformat()}
    record("submission.paper_received", about=row, actor=actor, at=now, codes=codes)
    _tell(row, "applications.paper_received", received_on, now=now)
    return made


@transaction.atomic
def unmark_received(confirmation: Confirmation, *, actor: Person, now: datetime) -> None:
    """Take a mark back; those who were told of it are told. Pressing twice is harmless."""
    row = _locked(confirmation.submission)
    _need_duty(row, actor)
    there = held_paper(row)
    if there is None or there.pk != confirmation.pk or there.received_on is None:
        return
    _end(row, Way.PAPER, now=now)
    codes: dict[str, str | int] = {"number": row.shown_number}
    record("submission.paper_unmarked", about=row, actor=actor, at=now, codes=codes)
    _tell(row, "applications.paper_unmarked", there.received_on, now=now)


def _need_duty(row: Submission, actor: Person) -> None:
    """Raise PermissionDenied without the duty, Refused for whoever acts for the organisation."""
    if not may_register(actor, row.contest):
        raise PermissionDenied
    if has_interest(actor, row.organisation):
        raise Refused([Gap("decision.own")])


def _gaps(row: Submission, way: str, *, now: datetime) -> Iterator[Gap]:
    asked = confirming_of(row)
    if stage_told(row) not in CONFIRMED:
        yield Gap("confirmation.over")
    elif not asked.is_open(now):
        yield Gap("confirmation.late")
    elif way not in asked.ways:
        yield Gap(f"confirmation.no_{way}", "file")
    elif len(asked.held) + len(asked.former) >= MOST:
        yield Gap("confirmation.too_many", "file")


def _paper_gaps(row: Submission, received_on: date, *, now: datetime) -> Iterator[Gap]:
    if row.stage in OVER:
        yield Gap("confirmation.over")
    elif Way.PAPER not in confirming_of(row).ways:
        yield Gap("confirmation.no_paper")
    elif received_on > (day_of(now, row.contest) or received_on):
        yield Gap("confirmation.tomorrow", "received_on")
    elif received_on < (day_of(row.submitted_at, row.contest) or received_on):
        yield Gap("confirmation.too_early", "received_on")


def _way_of(file: StoredFile) -> str:
    return Way.SIGNATURE if file.is_signature else Way.SCAN


def _kept(upload: Upload, *, actor: Person, now: datetime) -> StoredFile:
    return keep_upload(upload, actor=actor, now=now, gone=Gap("confirmation.gone", "file"))


def _end(row: Submission, way: str, *, now: datetime) -> None:
    Confirmation.objects.filter(submission=row, way=way, ended_at=None).update(ended_at=now)


def _locked(submission: Submission) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",))
    names = ("contest__call", "contest__centre", "organisation", "frozen__rules")
    return rows.select_related(*names).get(pk=submission.pk)


def _refuse(gaps: Iterator[Gap]) -> None:
    found = list(gaps)
    if found:
        raise Refused(found)


def _tell(row: Submission, code: str, received_on: date, *, now: datetime) -> None:
    for member in memberships_of(row.organisation):
        tell(
            member.person,
            code,
            now=now,
            about=row,
            url=reverse("applications:submission", args=[row.key]),
            number=row.shown_number,
            title=row.title,
            on=date_shown(received_on, member.person.language),
        )
