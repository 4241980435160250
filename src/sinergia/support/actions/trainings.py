"""Trainings: written, opened, closed, held, cancelled; what is handed out."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sinergia.base.errands.actions import promise
from sinergia.base.files.actions import keep_upload
from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.engine.training import MAY_BE_CANCELLED, STEPS, Facts, Step, step_gaps
from sinergia.organisations.access import works_at
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.support.access.trainings import may_keep
from sinergia.support.models import Training, TrainingFile
from sinergia.support.queries.trainings import certified_of, taken_of

Given = Mapping[str, object]
Stage = Training.Stage
FIELDS = (
    "name", "about", "trainers", "topic", "source", "starts_at", "ends_at", "hours", "where",
    "link", "places",
)  # fmt: skip
TOLD = ("starts_at", "ends_at", "where", "link")  # of a change of these people hear
UNDER_WAY = (Stage.OPEN, Stage.CLOSED)
LONGEST = timedelta(days=366)
REMINDED_AT = time(10)  # of the day before, by the clock of the centre
MOST_FILES = 50


@transaction.atomic
def write_training(
    centre: Centre,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    training: Training | None = None,
    seen: Given | None = None,
) -> Training:
    """Begin a training, or write it anew; whoever enrolled hears of another day or place.

    More places go to those who wait. Raises Refused where days do not fit, or fewer places are
    given than are taken, or what is being prepared is to begin in the past: it could not be opened.
    """
    if not works_at(actor, centre):
        raise PermissionDenied
    row = Training(centre=centre, check_code=secrets.token_urlsafe(24), made_at=now)
    if training is not None:
        row = locked(training, actor)
        given = touched(row, given, seen)
        if row.stage == Stage.CANCELLED:
            raise Refused([Gap("training.other_stage")])
    before, places = {name: getattr(row, name) for name in TOLD}, row.places
    for name in FIELDS:
        if name in given:
            setattr(row, name, given[name])
    row.name_folded = fold(row.name)[:300]
    is_new_day = row.stage == Stage.DRAFT and row.starts_at != before["starts_at"]
    late = [Gap("training.past", "starts_at")] if is_new_day and row.starts_at < now else []
    if gaps := [*late, *_faults_of(row, places)]:
        raise Refused(gaps)
    row.save()
    record("training.written", about=row, actor=actor, at=now)
    if training is not None and row.stage in UNDER_WAY:
        give_places(row, now=now)
        _tell_of_change(row, before, now=now)
    return row


@transaction.atomic
def take_step(training: Training, step: Step, *, actor: Person, now: datetime) -> Training:
    """Open, close, reopen, mark as held, or take that back; twice is harmless.

    Raises Refused with all that hinders it.
    """
    row = locked(training, actor)
    after = STEPS[step][1]
    if row.stage == after:
        return row
    facts = Facts(row.stage, row.starts_at, certified_of(row))
    if gaps := step_gaps(step, facts, now=now):
        raise Refused(gaps)
    row.stage = Stage(after)
    row.save(update_fields=["stage"])
    record("training.stage_changed", about=row, actor=actor, at=now, codes={"stage": after})
    if step == "open":
        _promise_reminder(row, now=now)
    return row


@transaction.atomic
def cancel_training(training: Training, why: str, *, actor: Person, now: datetime) -> Training:
    """Call a training off; everybody who has a place or waits is told why. Twice is harmless."""
    row = locked(training, actor)
    if row.stage == Stage.CANCELLED:
        return row
    why = clean_line(why)[:500]
    gaps = [] if row.stage in MAY_BE_CANCELLED else [Gap("training.other_stage")]
    if not why:
        gaps.append(Gap("training.no_reason", "why"))
    if gaps:
        raise Refused(gaps)
    row.stage, row.why = Stage.CANCELLED, why
    row.save(update_fields=["stage", "why"])
    record("training.cancelled", about=row, actor=actor, at=now)
    tell_all(row, "cancelled", now=now)
    return row


@transaction.atomic
def add_file(training: Training, upload: Upload, *, actor: Person, now: datetime) -> TrainingFile:
    """Add what is handed out; one upload is one file."""
    row = locked(training, actor)
    there = TrainingFile.objects.filter(file=upload.file_id).first() if upload.file_id else None
    if there is not None:
        return there
    if row.files.filter(removed_at=None).count() >= MOST_FILES:
        raise Refused([Gap("training.too_many_files", "file", {"most": MOST_FILES})])
    file = keep_upload(upload, actor=actor, now=now, gone=Gap("training.file_gone", "file"))
    made = TrainingFile.objects.create(training=row, file=file, added_at=now)
    codes = {"digest": file.digest}
    record("training.file_added", about=made, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def shelve_file(file: TrainingFile, *, is_away: bool, actor: Person, now: datetime) -> None:
    """Take a file out, so that nobody who enrolled sees it, or put it back."""
    locked(file.training, actor)
    row = TrainingFile.objects.get(pk=file.pk)
    if (row.removed_at is not None) == is_away:
        return
    row.removed_at = now if is_away else None
    row.save(update_fields=["removed_at"])
    codes = {"is_away": int(is_away)}
    record("training.file_shelved", about=row, actor=actor, at=now, codes=codes)


def locked(training: Training, actor: Person | None = None) -> Training:
    """The row under its lock; of whoever does not keep it PermissionDenied."""
    rows = Training.objects.select_for_update(of=("self",)).select_related("centre")
    row = rows.get(pk=training.pk)
    if actor is not None and not may_keep(actor, row):
        raise PermissionDenied
    return row


def give_places(training: Training, *, now: datetime) -> int:
    """Give free places to those who wait, the first first; each is told. Give how many.

    The training's row is locked by the caller. Once it has begun nobody is called any more.
    """
    if training.stage not in UNDER_WAY or now >= training.starts_at:
        return 0
    waiting = training.enrolments.filter(stage="waiting").order_by("pk")
    if training.places is not None:
        waiting = waiting[: max(0, training.places - taken_of(training))]
    called = list(waiting)
    for row in called:
        row.stage = row.Stage.ENROLLED
        row.save(update_fields=["stage"])
        record("enrolment.place_given", about=row, actor=training.centre, at=now)
        tell_one(row, "promoted", now=now)
    return len(called)


def tell_one(row: object, kind: str, *, now: datetime, mark: str = "") -> None:
    """Have a letter written to one who enrolled. mark: of a letter that may go again."""
    key = str(getattr(row, "key", ""))
    once = f"training:{kind}:{key}:{mark}"
    promise("support.write_to_enrolled", now=now, once=once, key=key, kind=kind, mark=mark)


def tell_all(training: Training, kind: str, *, now: datetime) -> None:
    """Have a letter written to everybody whom something concerns, once for each moment."""
    mark = now.isoformat()
    once = f"training:{kind}:{training.key}:{mark}"
    promise(
        "support.write_to_training",
        now=now, once=once, is_long=True, key=training.key, kind=kind, mark=mark,
    )  # fmt: skip


def _faults_of(row: Training, places: int | None) -> list[Gap]:
    gaps = []
    if row.ends_at <= row.starts_at:
        gaps.append(Gap("training.ends_before", "ends_at"))
    elif row.ends_at - row.starts_at > LONGEST:
        gaps.append(Gap("training.too_long", "ends_at"))
    taken = taken_of(row) if row.pk else 0
    # Who waited and came all the same may be more than there are places: that stands.
    if row.places is not None and row.places < taken and row.places != places:
        gaps.append(Gap("training.places_taken", "places", {"taken": taken}))
    strange = [
        name
        for name in ("topic", "source")
        if (one := getattr(row, name)) is not None and one.centre_id != row.centre_id
    ]
    return gaps + [Gap("training.not_ours", name) for name in strange]


def _tell_of_change(row: Training, before: Given, *, now: datetime) -> None:
    if now >= row.ends_at or all(getattr(row, name) == before[name] for name in TOLD):
        return
    tell_all(row, "changed", now=now)
    if row.starts_at != before["starts_at"]:
        _promise_reminder(row, now=now)


def _promise_reminder(row: Training, *, now: datetime) -> None:
    """Remind of it on the day before; where that hour has passed, letters have said all."""
    zone = ZoneInfo(row.centre.time_zone)
    eve = timezone.localtime(row.starts_at, zone).date() - timedelta(days=1)
    at = datetime.combine(eve, REMINDED_AT, zone)
    if at <= now:
        return
    mark = row.starts_at.astimezone(UTC).isoformat()
    once = f"training:reminder:{row.key}:{mark}"
    promise(
        "support.write_to_training",
        now=now, after=at - now, once=once, is_long=True, key=row.key, kind="reminder", mark=mark,
    )  # fmt: skip
