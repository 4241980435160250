"""The reading of a draft: asked for, promised for a day, given with a summary, taken back."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.shown import date_shown
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.organisations.access import acts_for, is_served, may_serve
from sinergia.organisations.queries.roles import staff_serving
from sinergia.organisations.queries.teams import memberships_of
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.people.queries import account_by
from sinergia.projects.access import may_write
from sinergia.projects.actions.history import keep_picture
from sinergia.projects.actions.saving import locked
from sinergia.projects.actions.starting import share_project
from sinergia.projects.models import Project, Revision
from sinergia.support.models import Reading
from sinergia.support.queries.readings import OPEN, hindering, open_reading

LONGEST = 10_000  # characters of a summary
WORDS = 2_000  # of what to look at above all
FURTHEST = timedelta(days=366)
MORNING = time(9)  # when a reader is reminded


@dataclass(frozen=True)
class Asked:
    """What the organisation says of it. wished_on: by which day, if they know one."""

    words: str = ""
    wished_on: date | None = None


@transaction.atomic
def ask_reading(project: Project, asked: Asked, *, actor: Person, now: datetime) -> Reading:
    """Ask the centre to read a draft; it reads along from then on. What stands now is kept.

    While one is open it is returned. Raises Refused where no centre serves the region, where the
    wished day has passed, or the words are too long.
    """
    project = locked(project, actor)
    there = open_reading(project)
    if there is not None:
        return there
    words = clean(asked.words).strip()
    _check_asked(project, words, asked.wished_on, now)
    if not project.is_shared:
        project = share_project(project, is_shared=True, actor=actor, now=now)
    made = Reading.objects.create(
        project=project,
        revision=keep_picture(project, Revision.Why.NAMED, actor=actor, now=now),
        asked_by=actor.key,
        asked_at=now,
        words=words,
        wished_on=asked.wished_on,
        before=hindering(project, now=now),
    )
    record("project.reading_asked", about=made, actor=actor, at=now)
    for person in staff_serving(project.organisation).exclude(pk=actor.pk):
        _tell(person, "support.reading_asked", made, now=now)
    return made


@transaction.atomic
def promise_reading(reading: Reading, on: date, *, actor: Person, now: datetime) -> Reading:
    """Take a draft to be read by a day; a colleague's may be taken over, the day be moved.

    The same reader and day again changes nothing. Raises Refused for a day that has passed.
    """
    reading = _locked(reading, actor)
    if not may_serve(actor, reading.project.organisation):
        raise PermissionDenied
    if reading.stage not in OPEN:
        raise Refused([Gap("reading_over")])
    if (reading.promised_on, reading.reader_id) == (on, actor.pk):
        return reading
    _refuse_day(on, "promised_on", now)
    reading.stage, reading.reader, reading.promised_on = Reading.Stage.PROMISED, actor, on
    reading.save(update_fields=["stage", "reader", "promised_on"])
    record(
        "project.reading_promised", about=reading, actor=actor, at=now, codes={"on": on.isoformat()}
    )
    for person in _askers(reading):
        _tell(person, "support.reading_promised", reading, now=now, on=on)
    _promise_reminder(reading, on, now)
    return reading


@transaction.atomic
def give_reading(reading: Reading, summary: str, *, actor: Person, now: datetime) -> Reading:
    """Say what was read, in a summary; remarks stand beside the fields. Given once, it stays."""
    reading = _locked(reading, actor)
    if not may_serve(actor, reading.project.organisation):
        raise PermissionDenied
    if reading.stage == Reading.Stage.GIVEN:
        return reading
    if reading.stage not in OPEN:
        raise Refused([Gap("reading_over")])
    summary = clean(summary).strip()
    if not summary:
        raise Refused([Gap("summary_empty", "summary")])
    if len(summary) > LONGEST:
        raise Refused([Gap("summary_long", "summary", {"most": LONGEST})])
    reading.stage, reading.reader, reading.given_at = Reading.Stage.GIVEN, actor, now
    reading.summary, reading.after = summary, hindering(reading.project, now=now)
    reading.save(update_fields=["stage", "reader", "given_at", "summary", "after"])
    record("project.reading_given", about=reading, actor=actor, at=now)
    for person in _askers(reading):
        _tell(person, "support.reading_given", reading, now=now)
    return reading


@transaction.atomic
def take_back_reading(reading: Reading, *, actor: Person, now: datetime) -> Reading:
    """The organisation needs it no more; whoever promised it is told. Twice is harmless."""
    reading = _locked(reading, actor)
    if not acts_for(actor, reading.project.organisation):
        raise PermissionDenied
    if reading.stage == Reading.Stage.TAKEN_BACK:
        return reading
    if reading.stage not in OPEN:
        raise Refused([Gap("reading_over")])
    reading.stage = Reading.Stage.TAKEN_BACK
    reading.save(update_fields=["stage"])
    record("project.reading_taken_back", about=reading, actor=actor, at=now)
    if reading.reader is not None and may_write(reading.reader, reading.project):
        _tell(reading.reader, "support.reading_taken_back", reading, now=now)
    return reading


@transaction.atomic
def remind_reader(reading: Reading, on: date, *, now: datetime) -> None:
    """Remind whoever promised to read by this day, unless it is read or another day by now."""
    reading = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    is_due = reading.stage == Reading.Stage.PROMISED and reading.promised_on == on
    reader = reading.reader
    if not is_due or reader is None or not may_write(reader, reading.project):
        return
    _tell(reader, "support.reading_near", reading, now=now, on=on)
    record("project.reading_reminded", about=reading, actor=command_person(now), at=now)


def _locked(reading: Reading, actor: Person) -> Reading:
    locked(reading.project, actor)
    rows = Reading.objects.select_for_update(of=("self",))
    return rows.select_related("project__organisation", "reader").get(pk=reading.pk)


def _check_asked(project: Project, words: str, wished_on: date | None, now: datetime) -> None:
    gaps = []
    if not is_served(project.organisation.region_id):
        gaps.append(Gap("no_centre"))
    if len(words) > WORDS:
        gaps.append(Gap("words_long", "words", {"most": WORDS}))
    if gaps:
        raise Refused(gaps)
    if wished_on is not None:
        _refuse_day(wished_on, "wished_on", now)


def _refuse_day(on: date, path: str, now: datetime) -> None:
    today = timezone.localdate(now)
    if not today <= on <= today + FURTHEST:
        raise Refused([Gap("reading_day", path)])


def _askers(reading: Reading) -> list[Person]:
    """Whoever asked; where they are gone, the organisation's people."""
    asker = account_by(reading.asked_by)
    if asker is not None and may_write(asker, reading.project):
        return [asker]
    return [row.person for row in memberships_of(reading.project.organisation)]


def _promise_reminder(reading: Reading, on: date, now: datetime) -> None:
    """In the morning of the day before; of a day that is so near, in its own morning."""
    zone = timezone.get_current_timezone()
    mornings = (datetime.combine(one, MORNING, zone) for one in (on - timedelta(days=1), on))
    at = next((one for one in mornings if one > now), None)
    if at is not None:
        key, once = str(reading.key), f"support.remind_reading {reading.key} {on.isoformat()}"
        promise(
            "support.remind_reading", now=now, after=at - now, once=once, key=key, on=on.isoformat()
        )


def _tell(
    person: Person, code: str, reading: Reading, *, now: datetime, on: date | None = None
) -> None:
    project, day = reading.project, on or reading.wished_on
    tell(
        person,
        code,
        now=now,
        about=reading,
        url=reverse("readings:reading", args=[reading.key]),
        title=project.title,
        organisation=project.organisation.name,
        on=date_shown(day, person.language) if day is not None else "",
    )
