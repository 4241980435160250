"""What a centre notes for itself about an organisation, and when it met it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.base.search.actions import Findable, Searched, forget_rows, index_rows
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.access import may_lead, may_serve, works_at
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.models import Acquaintance, Centre, Note, Organisation
from sinergia.people.models import Person

KIND = "note"
JUST_NOW = timedelta(minutes=10)  # so long a page is sent again by mistake


@transaction.atomic
def write_note(
    centre: Centre,
    organisation: Organisation,
    text: str,
    *,
    met_on: date | None,
    actor: Person,
    now: datetime,
) -> Note:
    """Note something about an organisation the centre serves; `met_on`: they met on that day.

    Pressing twice is harmless: the same words of one author within minutes are one note.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not (works_at(actor, centre) and may_serve(actor, organisation)):
        raise PermissionDenied
    same = Note.objects.filter(centre=centre, organisation=organisation, text=text, author=actor)
    there = same.filter(made_at__gt=now - JUST_NOW).first()
    if there is not None:
        return there
    note = Note.objects.create(
        centre=centre, organisation=organisation, text=text, author=actor, made_at=now
    )
    if met_on is not None:
        note_meeting(centre, organisation, met_on)
    index_rows(KIND, _findables([note]))
    record("note.written", about=note, actor=actor, at=now)
    return note


@transaction.atomic
def change_note(
    note: Note,
    text: str,
    *,
    actor: Person,
    now: datetime,
    seen: Mapping[str, object] | None = None,
) -> Note:
    """Write a note anew; its author may, and the head of the centre.

    seen: what stood there when the form was opened; what others wrote since stays.
    """
    note = _locked(note, actor)
    note.text, note.changed_at = str(touched(note, {"text": text}, seen)["text"]), now
    note.save(update_fields=["text", "changed_at"])
    index_rows(KIND, _findables([note]))
    record("note.changed", about=note, actor=actor, at=now)
    return note


@transaction.atomic
def remove_note(note: Note, *, actor: Person, now: datetime) -> None:
    """Take a note away for good; twice is harmless."""
    found = _standing(note, actor)
    if found is None:
        return
    record("note.removed", about=found, actor=actor, at=now)
    forget_rows(KIND, [found.pk])
    found.delete()


def searched_notes() -> Searched:
    """All that is found of what centres noted, to check the index by."""
    return Searched(KIND, Note.objects.all(), _findables)


@transaction.atomic
def mend_meeting(note: Note, met_on: date | None, *, actor: Person, now: datetime) -> None:
    """Say beside a note which day was the last one they met; none where they never did."""
    note = _locked(note, actor)
    rows = Acquaintance.objects.filter(centre=note.centre, organisation=note.organisation_id)
    if met_on is None:
        rows.delete()
    else:
        rows.update_or_create(
            centre=note.centre, organisation_id=note.organisation_id, defaults={"met_on": met_on}
        )
    record("note.meeting_mended", about=note, actor=actor, at=now)


def note_meeting(centre: Centre, organisation: Organisation, met_on: date) -> None:
    """Keep the last day a centre met an organisation; an older day is no news."""
    row, is_new = Acquaintance.objects.select_for_update().get_or_create(
        centre=centre, organisation=organisation, defaults={"met_on": met_on}
    )
    if not is_new and row.met_on < met_on:
        row.met_on = met_on
        row.save(update_fields=["met_on"])


def _findables(notes: Sequence[Note]) -> list[Findable]:
    """By what is written there; whom it is about says the organisation's own row."""
    return [Findable(note.pk, "", note.text) for note in notes]


def _standing(note: Note, actor: Person) -> Note | None:
    """The note, locked; none where a colleague has removed it meanwhile."""
    is_author = note.author_id == actor.pk and works_at(actor, note.centre)
    if not (is_author or _heads(actor, note.centre)):
        raise PermissionDenied
    rows = Note.objects.select_for_update(of=("self",)).select_related("centre")
    return rows.filter(pk=note.pk).first()


def _locked(note: Note, actor: Person) -> Note:
    found = _standing(note, actor)
    if found is None:
        raise Refused([Gap("row_gone")])
    return found


def _heads(actor: Person, centre: Centre) -> bool:
    return works_at(actor, centre) and may_lead(actor, centre)
