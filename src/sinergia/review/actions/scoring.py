"""A sheet is opened, written, signed. Each save is journalled by its sheet's texts alone."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum

from sinergia.applications.actions.submitting import code_of_receipt
from sinergia.base.drafts.actions import Save, Saved, save_texts
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_in_force
from sinergia.engine.project import freeze
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.sheet import SCHEMA, Filled, Subject, plain, read_sheet
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.review.access import may_read
from sinergia.review.actions.rating import recount
from sinergia.review.models import Examination, Score, Sheet, SignedSheet
from sinergia.review.queries.reading import signature_of, subject_of
from sinergia.review.queries.sheets import CONTENT, is_decided_about

Stage = Sheet.Stage


@transaction.atomic
def open_sheet(sheet: Sheet, *, actor: Person, now: datetime) -> None:
    """Remember when its expert opened a sheet first."""
    if sheet.opened_at is not None:
        return
    held = _locked(sheet, actor)
    if held.opened_at is None:
        held.opened_at = now
        held.save(update_fields=["opened_at"])
        record("sheet.opened", about=held, actor=actor, at=now)


@transaction.atomic
def save_sheet(sheet: Sheet, saves: Sequence[Save], *, actor: Person, now: datetime) -> list[Saved]:
    """Save texts of one sheet; each for itself is written or in conflict.

    Raises Refused where a score is not on the scale, a sum is none or too large, a criterion is
    not scored here, the sheet is signed; then nothing is written.
    """
    held = _locked(sheet, actor)
    if held.stage == Stage.SIGNED:
        raise Refused([Gap("sheet.is_signed")])
    _refuse_decided(held)
    subject = subject_of(held)
    fields, typed = subject.fields, {str(one.path): one.text for one in saves}
    strangers = [path for path in typed if fields.parse(path) is None]
    gaps = [Gap("sheet.no_such_criterion", path) for path in strangers]
    gaps += read_sheet(typed, subject).faults
    if gaps:
        raise Refused(gaps)
    done = save_texts(held.texts, fields, saves, by=actor.key, now=now)
    if any(one.is_written for one in done) and held.stage == Stage.GIVEN:
        held.stage = Stage.DRAFT
        held.save(update_fields=["stage"])
    return done


@transaction.atomic
def sign_sheet(
    sheet: Sheet, *, actor: Person, now: datetime, seen: int | None = None
) -> SignedSheet:
    """Sign a sheet as it stands; pressed twice it is signed once.

    seen: `state_of` the texts that were shown before signing. Raises Refused with everything that
    is missing, or where the texts changed meanwhile.
    """
    Contest.objects.select_for_update().get(pk=sheet.examination.contest_id)
    examination = Examination.objects.select_for_update().get(pk=sheet.examination_id)
    held = _locked(sheet, actor)
    there = signature_of(held)
    if held.stage == Stage.SIGNED and there is not None:
        return there
    _refuse_decided(held)
    if seen is not None and seen != state_of(held):
        raise Refused([Gap("sheet.changed")])
    texts, subject = dict(held.texts.values_list("path", "value")), subject_of(held)
    filled = read_sheet(texts, subject)
    if gaps := [*filled.faults, *filled.missing]:
        raise Refused(gaps)
    version = there.version + 1 if there is not None else 1
    signed = _freeze(held, texts, subject, filled, version=version, now=now)
    _write(held, filled, now=now)
    _end_rulings(held, now=now)
    recount(examination, rules_in_force(held.expert.contest), now=now)
    codes: dict[str, str | int] = {"version": version, "digest": signed.digest}
    record("sheet.signed", about=held, actor=actor, at=now, codes=codes)
    return signed


def state_of(sheet: Sheet) -> int:
    """A number that grows with every save of a text."""
    total: int | None = sheet.texts.aggregate(total=Sum("version"))["total"]
    return total or 0


def _locked(sheet: Sheet, actor: Person) -> Sheet:
    """A sheet that this person may read, nobody else's until the transaction ends."""
    names = ("examination__submission__frozen__rules", "expert")
    rows = Sheet.objects.select_for_update(of=("self",)).select_related(*names).defer(CONTENT)
    held = rows.get(pk=sheet.pk)
    if not may_read(actor, held):
        raise PermissionDenied
    return held


def _refuse_decided(sheet: Sheet) -> None:
    if Sheet.objects.filter(is_decided_about(), pk=sheet.pk).exists():
        raise Refused([Gap("sheet.decided")])


def _freeze(
    sheet: Sheet,
    texts: Mapping[str, str],
    subject: Subject,
    filled: Filled,
    *,
    version: int,
    now: datetime,
) -> SignedSheet:
    """What is signed, to the byte: the texts, what they are about, the rating that they come to."""
    kept = {path: text for path, text in texts.items() if text and subject.fields.parse(path)}
    rating = "" if filled.rating is None else plain(filled.rating)
    kept |= {
        "about/application": sheet.examination.code,
        "about/category": subject.category,
        "about/expert": sheet.expert.code,
        "about/submission": sheet.examination.submission.frozen.digest,
        "about/rating": rating,
    }
    frozen = freeze(SCHEMA, kept, chance=secrets.token_bytes)
    return SignedSheet.objects.create(
        sheet=sheet,
        version=version,
        content=frozen.content,
        digest=frozen.digest,
        code=code_of_receipt(),
        signed_at=now,
    )


def _end_rulings(sheet: Sheet, *, now: datetime) -> None:
    """What was held for unfounded is not what is signed now: that is looked at anew."""
    if sheet.rulings.filter(ended_at=None).update(ended_at=now):
        row = sheet.examination
        codes: dict[str, str | int] = {"code": row.code}
        record("ruling.ended", about=row, actor=command_person(now), at=now, codes=codes)


def _write(sheet: Sheet, filled: Filled, *, now: datetime) -> None:
    sheet.scores.all().delete()
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion=code, score=score) for code, score in filled.scores.items()
    )
    sheet.stage, sheet.signed_at, sheet.rating = Stage.SIGNED, now, filled.rating
    sheet.opened_at = sheet.opened_at or now
    sheet.recommendation, sheet.proposed_minor = filled.recommendation, filled.proposed_minor
    names = ["stage", "signed_at", "rating", "opened_at", "recommendation", "proposed_minor"]
    sheet.save(update_fields=names)
