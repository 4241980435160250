"""The agreement: made, signed, declined before that; and a centre's own form of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.files.actions import keep_upload
from sinergia.base.files.models import StoredFile, Upload
from sinergia.base.files.reading.kinds import KINDS
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, clean_line
from sinergia.grants.access import may_decline, may_keep
from sinergia.grants.actions.locking import (
    locked,
    need_stage,
    need_to_enter,
    refuse,
)
from sinergia.grants.actions.papers import digest_of, keep_paper
from sinergia.grants.actions.telling import tell_staff, tell_team
from sinergia.grants.models import AgreementTemplate, Grant, GrantPaper
from sinergia.grants.queries.grants import (
    agreement_of,
    conditions_of,
    is_made_before,
    latest_plan,
    today_of,
)
from sinergia.organisations.models import Standing
from sinergia.people.models import Person
from sinergia.review.access import may_run as may_run_contest
from sinergia.review.actions.declining import decline_award
from sinergia.review.queries.following import is_held, win_key

PREPARING, UNDER_WAY = Grant.Stage.PREPARING, Grant.Stage.UNDER_WAY


@dataclass(frozen=True)
class Agreed:
    """What stands under an agreement: its number, its day, the scan or the signature."""

    number: str
    on: date
    file: Upload | None = None


@transaction.atomic
def keep_agreement(
    grant: Grant,
    upload: Upload,
    fields: Mapping[str, str],
    *,
    number: str,
    on: date | None,
    actor: Person,
    now: datetime,
) -> GrantPaper:
    """Keep an agreement as it was made, with what was typed into its places."""
    row = locked(grant)
    need_to_enter(actor, row)
    need_stage(row, PREPARING, "grant.not_preparing")
    made = keep_paper(
        row, GrantPaper.Kind.AGREEMENT, upload, fields,
        number=number, on=on, plan=latest_plan(row), actor=actor, now=now,
    )  # fmt: skip
    record("grant.agreement_made", about=row, actor=actor, at=now, codes=digest_of(made))
    return made


@transaction.atomic
def sign_grant(grant: Grant, agreed: Agreed, *, actor: Person, now: datetime) -> Grant:
    """Note that the agreement is signed: then the grant is under way, and floors below know it.

    Pressed twice it is signed once. Raises Refused with everything that is missing.
    """
    row = locked(grant)
    need_to_enter(actor, row)
    if row.stage == UNDER_WAY:
        return row
    need_stage(row, PREPARING, "grant.not_preparing")
    refuse(_missing(row, agreed, now))
    row.stage, row.number, row.signed_on = UNDER_WAY, clean_line(agreed.number)[:80], agreed.on
    row.save(update_fields=["stage", "number", "signed_on"])
    digest = _keep_signed(row, agreed, actor=actor, now=now)
    _note_standing(row, agreed.on)
    codes: dict[str, str | int] = {"on": agreed.on.isoformat(), "digest": digest}
    record("grant.signed", about=row, actor=actor, at=now, codes=codes)
    tell_team(row, "grants.signed", now=now)
    return row


@transaction.atomic
def decline_grant(grant: Grant, why: str, *, actor: Person, now: datetime) -> Grant:
    """Give a grant back before it is signed; of a contest here its award is declined with it.

    Then the reserve may move up. Twice is harmless. Raises Refused without a reason.
    """
    row = locked(grant)
    if not may_decline(actor, row):
        raise PermissionDenied
    if row.stage == Grant.Stage.DECLINED:
        return row
    need_stage(row, PREPARING, "grant.not_preparing")
    why = clean(why).strip()
    refuse([] if why else [Gap("award.no_reason", "why")])
    if row.award is not None:
        decline_award(row.award, why, actor=actor, now=now)
    return _declined(row, why, actor=actor, now=now)


@transaction.atomic
def follow_award(grant: Grant, *, actor: Person, now: datetime) -> Grant:
    """Close what is prepared of an award that was declined on its own page; go on if it stands."""
    row = locked(grant)
    if row.award is None:
        return row
    if row.stage == PREPARING and not is_held(row.award):
        return _declined(row, row.award.followed_why, actor=actor, now=now)
    if row.stage == Grant.Stage.DECLINED and is_held(row.award):
        row.stage = PREPARING
        row.save(update_fields=["stage"])
        record("grant.resumed", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def keep_template(
    contest: Contest, upload: Upload | None, *, actor: Person, now: datetime
) -> AgreementTemplate | None:
    """Take a centre's own form of the agreement; none: back to the form that comes with the site.

    Whether its places are known, whoever sends it has looked. Raises Refused for another kind.
    """
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if not may_run_contest(actor, held):
        raise PermissionDenied
    former = AgreementTemplate.objects.filter(contest=held).select_related("file").first()
    if upload is not None and former is not None and former.file_id == upload.file_id:
        return former
    if upload is not None and (upload.file is None or upload.file.kind != KINDS["docx"].media):
        raise Refused([Gap("template.not_docx", "file")])
    if former is not None:
        former.delete()
    if upload is None:
        if former is not None:
            record("grant.template_removed", about=held.call, actor=actor, at=now)
        return None
    file = keep_upload(upload, actor=actor, now=now)
    made = AgreementTemplate.objects.create(contest=held, file=file, by=actor.key, at=now)
    record(
        "grant.template_kept", about=held.call, actor=actor, at=now, codes={"digest": file.digest}
    )
    return made


def _missing(row: Grant, agreed: Agreed, now: datetime) -> list[Gap]:
    told = [] if clean_line(agreed.number) else [Gap("signing.no_number", "number")]
    if agreed.on > today_of(row, now):
        told.append(Gap("signing.tomorrow", "on"))
    made, is_signature = agreement_of(row), agreed.file is not None and _is_signature(agreed.file)
    if is_signature and is_made_before(made):
        told.append(Gap("signing.agreement_old", "file"))
    if row.award is None:
        return told
    if not is_held(row.award):
        return [Gap("grant.declined_since")]
    told += [
        Gap("signing.condition", values={"text": one.text})
        for one in conditions_of(row)
        if one.met_at is None
    ]
    if agreed.file is None:
        told.append(Gap("signing.no_file", "file"))
    elif is_signature and made is None:
        told.append(Gap("signing.of_nothing", "file"))
    return told


def _is_signature(upload: Upload) -> bool:
    return upload.file is not None and upload.file.is_signature


def _keep_signed(row: Grant, agreed: Agreed, *, actor: Person, now: datetime) -> str:
    """Put the scan or the signature to the agreement it is of; give its digest."""
    if agreed.file is None:
        return ""
    file: StoredFile = keep_upload(agreed.file, actor=actor, now=now)
    paper = agreement_of(row)
    if paper is None or is_made_before(paper):
        paper = GrantPaper(
            grant=row,
            kind=GrantPaper.Kind.AGREEMENT,
            plan=latest_plan(row),
            made_at=now,
            made_by=actor.key,
        )
    paper.number, paper.on, paper.signed_at = row.number, agreed.on, now
    if file.is_signature:
        paper.signature = file
    else:
        paper.signed = file
    paper.save()
    return file.digest


def _note_standing(row: Grant, agreed_on: date) -> None:
    Standing.objects.get_or_create(
        organisation=row.organisation,
        code=Standing.Code.GRANT_UNDER_WAY,
        key=row.key if row.award is None else win_key(row.award),
        until=None,
        defaults={"since": agreed_on},
    )


def _declined(row: Grant, why: str, *, actor: Person, now: datetime) -> Grant:
    row.stage = Grant.Stage.DECLINED
    row.save(update_fields=["stage"])
    record("grant.declined", about=row, actor=actor, at=now, detail={"why": why})
    reserve = "yes" if row.award_id is not None else ""
    tell_staff(row, "grants.declined", lambda _language: {"reserve": reserve}, now=now)
    if row.award_id is None and not may_keep(actor, row):  # else its award has told them
        tell_team(row, "grants.declined_for_you", lambda _language: {"why": why}, now=now)
    return row
