"""One's own notes of a visit: kept as they come, once, in whatever order they come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.exchange import access
from sinergia.exchange.models import Session, SessionNote, Visit
from sinergia.people.models import Person

LONGEST = 5_000  # characters
MOST = 500  # of one person at one visit


@dataclass(frozen=True)
class Noted:
    """A note as the device sends it. key: made there; base: the version it changes, 0: none."""

    key: UUID
    text: str
    base: int = 0
    session: Session | None = None


class Stale(Exception):  # noqa: N818  # an answer to whoever wrote
    """Another device wrote in the note since. theirs: the row as it stands."""

    def __init__(self, theirs: SessionNote) -> None:
        super().__init__(str(theirs.key))
        self.theirs = theirs


@transaction.atomic
def save_note(visit: Visit, noted: Noted, *, actor: Person, now: datetime) -> SessionNote:
    """Keep a note; the same text sent again changes nothing, one put away does not come again.

    Raises Stale where another text stands there than the one that was changed, Refused for an
    empty or a very long one, and for another text of one that was put away.
    """
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if not access.may_read_inside(actor, visit):
        raise PermissionDenied
    text = clean(noted.text)
    row = SessionNote.objects.filter(key=noted.key).first()
    if row is not None and (row.person_id != actor.pk or row.visit_id != visit.pk):
        raise PermissionDenied
    if row is not None and row.text == text:
        return row
    if row is not None and row.removed_at is not None:
        raise Refused([Gap("note.put_away", "text")])
    if row is not None and row.version != noted.base:
        raise Stale(row)
    _refuse(visit, text, actor, is_new=row is None)
    if row is None:
        row = SessionNote(key=noted.key, visit=visit, person=actor, at=now, version=0)
        row.session = noted.session
    row.text, row.version, row.changed_at = text, row.version + 1, now
    row.save()
    return row


@transaction.atomic
def share_note(note: SessionNote, *, is_shared: bool, actor: Person, now: datetime) -> None:
    """Let the delegation read a note, or no longer."""
    row = _own(note, actor)
    if row.is_shared != is_shared:
        row.is_shared = is_shared
        row.save(update_fields=["is_shared"])
        if is_shared:
            record("note.shared", about=row, actor=actor, at=now)
        else:
            record("note.unshared", about=row, actor=actor, at=now)


@transaction.atomic
def remove_note(note: SessionNote, *, actor: Person, now: datetime) -> None:
    """Put a note away; it can be taken back."""
    row = _own(note, actor)
    if row.removed_at is None:
        row.removed_at = now
        row.save(update_fields=["removed_at"])


@transaction.atomic
def take_back_note(note: SessionNote, *, actor: Person) -> None:
    """Take a note back that was put away."""
    row = _own(note, actor)
    if row.removed_at is not None:
        row.removed_at = None
        row.save(update_fields=["removed_at"])


def _own(note: SessionNote, actor: Person) -> SessionNote:
    row = SessionNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if row.person_id != actor.pk or not actor.is_active:
        raise PermissionDenied
    return row


def _refuse(visit: Visit, text: str, actor: Person, *, is_new: bool) -> None:
    gaps = []
    if not text.strip():
        gaps.append(Gap("note.empty", "text"))
    if len(text) > LONGEST:
        gaps.append(Gap("note.too_long", "text", {"most": LONGEST}))
    if is_new and SessionNote.objects.filter(visit=visit, person=actor).count() >= MOST:
        gaps.append(Gap("note.too_many", "text", {"most": MOST}))
    if gaps:
        raise Refused(gaps)
