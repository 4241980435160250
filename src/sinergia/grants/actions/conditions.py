"""What must be there before a grant is signed: met by a note or a file, added, taken away."""

from datetime import datetime

from django.db import transaction

from sinergia.base.files.actions import keep_upload
from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap
from sinergia.engine.text import clean_line
from sinergia.grants.actions.locking import locked, need_stage, need_to_decide, refuse
from sinergia.grants.actions.telling import Said, tell_team
from sinergia.grants.models import Condition, Grant
from sinergia.people.models import Person

PREPARING = Grant.Stage.PREPARING
MOST = 30  # conditions of one grant


@transaction.atomic
def meet_condition(
    condition: Condition, note: str, upload: Upload | None, *, actor: Person, now: datetime
) -> Condition:
    """Say that it is there, and by what it is seen; met already, it stays as it is."""
    grant, row = _locked(condition, actor)
    if row.met_at is not None:
        return row
    need_stage(grant, PREPARING, "grant.not_preparing")
    note = clean_line(note)[:500]
    refuse([] if note or upload is not None else [Gap("condition.no_ground", "note")])
    if upload is not None:
        row.file = keep_upload(upload, actor=actor, now=now)
    row.note, row.met_at, row.met_by = note, now, actor.key
    row.save(update_fields=["note", "file", "met_at", "met_by"])
    record("grant.condition_met", about=grant, actor=actor, at=now, codes=_codes(row))
    return row


@transaction.atomic
def reopen_condition(condition: Condition, *, actor: Person, now: datetime) -> Condition:
    """Take back that it is there; its note and file stay to be looked at."""
    grant, row = _locked(condition, actor)
    if row.met_at is None:
        return row
    need_stage(grant, PREPARING, "grant.not_preparing")
    row.met_at, row.met_by = None, None
    row.save(update_fields=["met_at", "met_by"])
    record("grant.condition_reopened", about=grant, actor=actor, at=now, codes=_codes(row))
    tell_team(grant, "grants.condition_asked", _text_said(row), now=now)
    return row


@transaction.atomic
def add_condition(grant: Grant, text: str, *, actor: Person, now: datetime) -> Condition:
    """Ask for something beside what the rules ask; the same words twice are one."""
    row = locked(grant)
    need_to_decide(actor, row)
    text = clean_line(text)[:500]
    there = row.conditions.filter(text=text).first()
    if there is not None:
        return there
    need_stage(row, PREPARING, "grant.not_preparing")
    refuse([] if text else [Gap("condition.no_text", "text")])
    refuse([Gap("condition.too_many", "text")] if row.conditions.count() >= MOST else [])
    made = Condition.objects.create(grant=row, text=text)
    record("grant.condition_added", about=row, actor=actor, at=now, codes={"key": str(made.key)})
    tell_team(row, "grants.condition_asked", _text_said(made), now=now)
    return made


@transaction.atomic
def drop_condition(condition: Condition, *, actor: Person, now: datetime) -> None:
    """Take away what was asked beside the rules; what they ask stays. Twice is harmless."""
    grant = locked(condition.grant)
    need_to_decide(actor, grant)
    row = Condition.objects.select_for_update().filter(pk=condition.pk).first()
    if row is None:
        return
    need_stage(grant, PREPARING, "grant.not_preparing")
    refuse([Gap("condition.of_rules")] if row.code else [])
    codes: dict[str, str | int] = {"key": str(row.key)}
    record("grant.condition_dropped", about=grant, actor=actor, at=now, codes=codes)
    row.delete()


def _locked(condition: Condition, actor: Person) -> tuple[Grant, Condition]:
    grant = locked(condition.grant)
    need_to_decide(actor, grant)
    return grant, Condition.objects.select_for_update().get(pk=condition.pk)


def _text_said(row: Condition) -> Said:
    return lambda _language: {"text": row.text}


def _codes(row: Condition) -> dict[str, str | int]:
    return {"condition": row.code or str(row.key)}
