"""A check that no machine makes: what a person found is noted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.applications.access import has_interest, may_screen
from sinergia.applications.models import CheckDone, Submission
from sinergia.applications.queries.checks import check_of
from sinergia.applications.queries.submissions import OVER
from sinergia.base.files.actions import keep_upload
from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.calls.queries.contests import day_of, rules_kept
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.people.models import Person


@dataclass(frozen=True)
class Found:
    """What was found. code: of the check; result: of `CheckDone`."""

    code: str
    result: str
    note: str
    looked_on: date


@transaction.atomic
def note_check(
    submission: Submission,
    found: Found,
    *,
    actor: Person,
    now: datetime,
    upload: Upload | None = None,
) -> CheckDone:
    """Note what was found; it takes the place of what stood, which is kept.

    The same once more, without another file, is the same. Raises Refused for a day to come, and
    for what is withdrawn.
    """
    rows = Submission.objects.select_for_update(of=("self",))
    named = ("contest__centre", "organisation", "frozen__rules")
    row = rows.select_related(*named).get(pk=submission.pk)
    if not may_screen(actor, row.contest):
        raise PermissionDenied
    gaps = list(_gaps(row, found, actor=actor, now=now))
    if gaps:
        raise Refused(gaps)
    there = CheckDone.objects.filter(submission=row, code=found.code, ended_at=None).first()
    if there is not None and _is_same(there, found, upload):
        return there
    file = None
    if upload is not None:
        file = keep_upload(upload, actor=actor, now=now, gone=Gap("confirmation.gone", "file"))
    CheckDone.objects.filter(submission=row, code=found.code, ended_at=None).update(ended_at=now)
    made = CheckDone.objects.create(
        submission=row,
        code=found.code,
        result=found.result,
        note=clean(found.note).strip(),
        looked_on=found.looked_on,
        file=file,
        by=actor.key,
        at=now,
    )
    codes: dict[str, str | int] = {"number": row.shown_number, "check": found.code}
    record("submission.checked", about=row, actor=actor, at=now, codes=codes)
    return made


def _gaps(row: Submission, found: Found, *, actor: Person, now: datetime) -> Iterator[Gap]:
    if has_interest(actor, row.organisation):
        yield Gap("decision.own")
    if row.stage in OVER:
        yield Gap("confirmation.over")
    if check_of(rules_kept(row.frozen.rules), found.code) is None:
        yield Gap("decision.meanwhile")
    if not found.note.strip():
        yield Gap("check.no_note", "note")
    if found.looked_on > (day_of(now, row.contest) or found.looked_on):
        yield Gap("confirmation.tomorrow", "looked_on")


def _is_same(there: CheckDone, found: Found, upload: Upload | None) -> bool:
    """Whether pressing has added nothing."""
    if upload is not None and upload.file_id != there.file_id:
        return False
    told = (there.result, there.note, there.looked_on)
    return told == (found.result, clean(found.note).strip(), found.looked_on)
