"""What an expert signs and confirms before anything of an application is shown."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.review.access import OPEN, has_signed
from sinergia.review.actions.experts import own_locked
from sinergia.review.actions.recusing import recuse
from sinergia.review.models import Expert, Sheet, Statement
from sinergia.review.queries.statements import statements_of, wording_of

Kind = Statement.Kind


@transaction.atomic
def sign_statement(
    expert: Expert,
    kind: str,
    *,
    version: int,
    language: str,
    actor: Person,
    now: datetime,
    ties: Mapping[UUID, str] | None = None,
    seen: Collection[UUID] | None = None,
) -> Statement:
    """Sign a statement in the words that were shown; twice is harmless.

    version: of those words. ties: with the statement of no conflict, keys of sheets that are
    handed back, each with its reason. seen: keys of those whose applicants were shown; none
    where the rules hide them all. Raises Refused where the words are others by now, where
    confidence is not signed before, and for a tie without a reason.
    """
    row = own_locked(expert, actor)
    signed = statements_of(row)
    if kind in signed:
        return signed[kind]
    if kind == Kind.NO_CONFLICT and Kind.CONFIDENCE not in signed:
        raise Refused([Gap("statement.confidence_first")])
    wording = wording_of(kind, row.contest, language)
    if wording.version != version:
        raise Refused([Gap("statement.changed")])
    handed_back = _hand_back(row, ties or {}, actor=actor, now=now)
    made = Statement.objects.create(
        expert=row, kind=kind, version=wording.version, words=wording.words, signed_at=now
    )
    if kind == Kind.NO_CONFLICT:
        _confirm(row, seen, now=now)
    codes: dict[str, str | int] = {"statement": kind, "version": version, "ties": handed_back}
    record("expert.signed", about=row, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def confirm_no_conflict(
    expert: Expert,
    seen: Collection[UUID],
    *,
    ties: Mapping[UUID, str],
    actor: Person,
    now: datetime,
) -> int:
    """Say of what was given after the signature that nothing ties one to it; twice is harmless.

    seen: keys of the sheets that were shown; ties: of those that are handed back, each with its
    reason. Gives how many may be read now. PermissionDenied before the statements are signed.
    """
    row = own_locked(expert, actor)
    if not has_signed(row):
        raise PermissionDenied
    handed_back = _hand_back(row, ties, actor=actor, now=now)
    confirmed = _confirm(row, seen, now=now)
    if handed_back or confirmed:
        codes: dict[str, str | int] = {"sheets": confirmed, "ties": handed_back}
        record("expert.confirmed", about=row, actor=actor, at=now, codes=codes)
    return confirmed


def _confirm(expert: Expert, seen: Collection[UUID] | None, *, now: datetime) -> int:
    rows = Sheet.objects.filter(expert=expert, stage__in=OPEN, confirmed_at=None)
    rows = rows if seen is None else rows.filter(key__in=list(seen))
    return rows.update(confirmed_at=now)


def _hand_back(expert: Expert, ties: Mapping[UUID, str], *, actor: Person, now: datetime) -> int:
    """Recuse from each tied application; all reasons that are missing are told at once."""
    sheets = list(
        Sheet.objects.filter(expert=expert, key__in=list(ties), stage__in=OPEN).order_by("pk")
    )
    gaps = [
        Gap("recusal.no_reason", f"why-{one.key}") for one in sheets if not ties[one.key].strip()
    ]
    if gaps:
        raise Refused(gaps)
    for one in sheets:
        recuse(one, ties[one.key], actor=actor, now=now)
    return len(sheets)
