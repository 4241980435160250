"""The diary of a project: what happened on a day, pictures that a second person lets be shown."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.files.actions import confirm_publication, keep_upload, withdraw_publication
from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, clean_line
from sinergia.grants.access import may_keep, may_run
from sinergia.grants.actions.locking import locked, refuse
from sinergia.grants.actions.queueing import locked_role, row_of
from sinergia.grants.models import DiaryEntry, DiaryPicture, Grant, Joiner, Role
from sinergia.grants.queries.grants import today_of
from sinergia.people.models import Person

LONGEST = 4000  # characters of an entry
MOST_PICTURES = 12  # of one entry


@transaction.atomic
def write_entry(
    grant: Grant,
    on: date,
    text: str,
    *,
    entry: DiaryEntry | None = None,
    actor: Person,
    now: datetime,
) -> DiaryEntry:
    """Write what happened on a day, or write it anew. entry: which one; none: a new one."""
    row, text = _kept(grant, actor), clean(text).strip()
    gaps = [] if text else [Gap("diary.no_text", "text")]
    gaps += [Gap("diary.too_long", "text", {"longest": LONGEST})] if len(text) > LONGEST else []
    refuse(gaps + ([Gap("day.tomorrow", "on")] if on > today_of(row, now) else []))
    if entry is None:
        made = DiaryEntry.objects.create(grant=row, on=on, text=text, by=actor.key, at=now)
        record("diary.written", about=made, actor=actor, at=now)
        return made
    found = _entry(row, entry)
    if (found.on, found.text) != (on, text):
        found.on, found.text = on, text
        found.save(update_fields=["on", "text"])
        record("diary.changed", about=found, actor=actor, at=now)
    return found


@transaction.atomic
def publish_entry(entry: DiaryEntry, *, is_open: bool, actor: Person, now: datetime) -> DiaryEntry:
    """Show an entry to everybody, or to the project's people alone again. Twice is harmless."""
    found = _entry(_kept(entry.grant, actor), entry)
    if (found.published_at is not None) != is_open:
        found.published_at = now if is_open else None
        found.save(update_fields=["published_at"])
        if is_open:
            record("diary.published", about=found, actor=actor, at=now)
        else:
            record("diary.taken_back", about=found, actor=actor, at=now)
    return found


@transaction.atomic
def shelve_entry(entry: DiaryEntry, *, is_away: bool, actor: Person, now: datetime) -> DiaryEntry:
    """Take an entry out with its pictures, or put it back. Twice is harmless."""
    found = _entry(_kept(entry.grant, actor), entry)
    if (found.removed_at is not None) != is_away:
        found.removed_at = now if is_away else None
        found.save(update_fields=["removed_at"])
        if is_away:
            record("diary.removed", about=found, actor=actor, at=now)
        else:
            record("diary.put_back", about=found, actor=actor, at=now)
    return found


@transaction.atomic
def add_picture(
    entry: DiaryEntry, upload: Upload, caption: str, consent: str, *, actor: Person, now: datetime
) -> DiaryPicture:
    """Add a picture; it is closed. One upload is one picture. consent: who agreed, in words."""
    found = _entry(_kept(entry.grant, actor), entry)
    there = DiaryPicture.objects.filter(file=upload.file_id).first()
    if upload.file_id is not None and there is not None:
        return there
    if found.pictures.filter(removed_at=None).count() >= MOST_PICTURES:
        raise Refused([Gap("picture.too_many", "file", {"most": MOST_PICTURES})])
    file = keep_upload(upload, actor=actor, now=now, gone=Gap("picture.gone", "file"))
    made = DiaryPicture.objects.create(
        entry=found,
        file=file,
        caption=clean_line(caption)[:300],
        consent=clean_line(consent)[:300],
        by=actor.key,
    )
    record("diary.picture_added", about=made, actor=actor, at=now, codes={"digest": file.digest})
    return made


@transaction.atomic
def agree_picture(
    picture: DiaryPicture,
    consent: str,
    people: Sequence[Joiner],
    *,
    actor: Person,
    now: datetime,
) -> DiaryPicture:
    """Let a picture be shown: a second person has looked, and says who agreed.

    people: of those who joined, who can be recognised. Raises Refused where nobody is said to have
    agreed, where one of these has not, for whoever added it, and where it was taken out meanwhile.
    """
    people = _as_they_say(people)
    row = _picture(picture, actor)
    consent = clean_line(consent)[:300]
    gaps = [] if consent else [Gap("picture.no_consent", "consent")]
    gaps += [Gap("picture.same_person")] if row.by == actor.key else []
    gaps += [Gap("picture.taken_out")] if row.removed_at is not None else []
    if any(one.shown_at is None for one in people):
        gaps.append(Gap("picture.not_agreed", "people"))
    refuse(gaps)
    if any(one.role.grant_id != row.entry.grant_id for one in people):
        raise PermissionDenied
    row.people.set(people)
    if row.agreed_at is None:
        row.consent, row.agreed_by, row.agreed_at = consent, actor.key, now
        row.save(update_fields=["consent", "agreed_by", "agreed_at"])
        confirm_publication(row.file, actor=actor, now=now)
        record("diary.picture_agreed", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def hide_picture(picture: DiaryPicture, *, actor: Person, now: datetime) -> DiaryPicture:
    """Close a picture again. Twice is harmless."""
    row = _picture(picture, actor)
    if row.agreed_at is not None:
        _close(row, actor=actor, now=now)
    return row


@transaction.atomic
def shelve_picture(
    picture: DiaryPicture, *, is_away: bool, actor: Person, now: datetime
) -> DiaryPicture:
    """Take a picture out, or put it back, closed as it is."""
    row = _picture(picture, actor)
    if (row.removed_at is not None) == is_away:
        return row
    if row.agreed_at is not None:
        _close(row, actor=actor, now=now)
    row.removed_at = now if is_away else None
    row.save(update_fields=["removed_at"])
    if is_away:
        record("diary.picture_removed", about=row, actor=actor, at=now)
    else:
        record("diary.picture_put_back", about=row, actor=actor, at=now)
    return row


def _as_they_say(people: Sequence[Joiner]) -> list[Joiner]:
    """What these say now, under the locks of their roles: who refuses meanwhile waits, or is seen.

    Before the picture's own lock: whoever refuses takes the two in this order.
    """
    for number in sorted({one.role_id for one in people}):
        locked_role(Role(pk=number))
    return [row_of(one) for one in people]


def _close(row: DiaryPicture, *, actor: Person, now: datetime) -> None:
    withdraw_publication(row.file, actor=actor, now=now)
    row.agreed_by, row.agreed_at = None, None
    row.save(update_fields=["agreed_by", "agreed_at"])
    record("diary.picture_closed", about=row, actor=actor, at=now)


def _kept(grant: Grant, actor: Person) -> Grant:
    row = locked(grant)
    if not may_keep(actor, row):
        raise PermissionDenied
    return row


def _entry(grant: Grant, entry: DiaryEntry) -> DiaryEntry:
    found = DiaryEntry.objects.select_related("grant").get(pk=entry.pk)
    if found.grant_id != grant.pk:
        raise PermissionDenied
    return found


def _picture(picture: DiaryPicture, actor: Person) -> DiaryPicture:
    """A picture under its lock, for its organisation's people and for who runs the grant."""
    rows = DiaryPicture.objects.select_for_update(of=("self",))
    row = rows.select_related("file", "entry__grant__organisation", "entry__grant__centre").get(
        pk=picture.pk
    )
    if not (may_keep(actor, row.entry.grant) or may_run(actor, row.entry.grant)):
        raise PermissionDenied
    return row
