"""A grant is closed with its account and evaluation, opened anew, made a practice of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Greatest

from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap
from sinergia.engine.text import clean, clean_line
from sinergia.grants.access import may_keep
from sinergia.grants.actions.locking import locked, need_stage, need_to_decide, refuse
from sinergia.grants.actions.papers import digest_of, keep_paper
from sinergia.grants.actions.telling import Said, tell_staff, tell_team
from sinergia.grants.models import Closing, Grant, GrantPaper, Result
from sinergia.grants.queries.changes import OPEN, WRITTEN
from sinergia.grants.queries.closing import (
    account_of_grant,
    gaps_of_closing,
    reached_of,
    results_of,
)
from sinergia.grants.queries.following import noted_of, noted_under_way
from sinergia.grants.queries.grants import grants_rules, today_of
from sinergia.people.models import Person
from sinergia.practices.actions.adopting import grow_practice
from sinergia.practices.actions.starting import Begun, begin_practice
from sinergia.practices.models import Practice
from sinergia.practices.queries.practices import practice_by

UNDER_WAY, CLOSED, ENDED = Grant.Stage.UNDER_WAY, Grant.Stage.CLOSED, Grant.Stage.ENDED


@dataclass(frozen=True)
class Evaluated:
    """How a grant was done. grade: a code of the rules, "" where they have none."""

    grade: str
    words: str = ""


@transaction.atomic
def close_grant(grant: Grant, evaluated: Evaluated, *, actor: Person, now: datetime) -> Grant:
    """Close a grant: the account is frozen, results are written down as reports tell of them.

    Pressed twice it is closed once. Raises Refused with everything that does not come out.
    """
    row = locked(grant)
    need_to_decide(actor, row)
    if row.stage == CLOSED:
        return row
    account = account_of_grant(row)
    refuse([*gaps_of_closing(row, account), *_of_grade(row, evaluated.grade)])
    row.stage, row.grade, row.closed_on = CLOSED, evaluated.grade, today_of(row, now)
    row.save(update_fields=["stage", "grade", "closed_on"])
    Closing.objects.create(
        grant=row,
        spent_minor=account.taken_minor,
        returned_minor=account.returned_minor,
        unpaid_minor=account.unpaid_minor,
        words=clean(evaluated.words).strip(),
        by=actor.key,
        at=now,
    )
    _write_results(row, now=now)
    row.changes.filter(stage__in=WRITTEN).update(stage="taken_back")
    _end_standing(row, row.closed_on)
    record("grant.closed", about=row, actor=actor, at=now, codes={"grade": row.grade})
    tell_team(row, "grants.closed", _grade_said(row), now=now)
    return row


@transaction.atomic
def end_grant(grant: Grant, why: str, on: date, *, actor: Person, now: datetime) -> Grant:
    """End a grant before its time: nothing is paid or reported any more, money may come back.

    on: the last day on which it held. Twice is harmless. Raises Refused without a reason, and for
    a day before the signing or still to come.
    """
    row = locked(grant)
    need_to_decide(actor, row)
    if row.stage == ENDED:
        return row
    need_stage(row, UNDER_WAY, "closing.not_under_way")
    why = clean(why).strip()
    refuse(_of_end(row, why, on, now))
    row.stage, row.closed_on = ENDED, on
    row.save(update_fields=["stage", "closed_on"])
    row.changes.filter(stage__in=OPEN).update(stage="taken_back")
    _end_standing(row, on)
    record("grant.ended", about=row, actor=actor, at=now, detail={"why": why})
    tell_team(row, "grants.ended", lambda _language: {"why": why}, now=now)
    return row


@transaction.atomic
def reopen_grant(grant: Grant, why: str, *, actor: Person, now: datetime) -> Grant:
    """Open a grant again that was closed or ended by mistake; what was written of it stays.

    Twice is harmless. Raises Refused without a reason.
    """
    row = locked(grant)
    need_to_decide(actor, row)
    if row.stage == UNDER_WAY:
        return row
    refuse([] if row.stage in (CLOSED, ENDED) else [Gap("closing.not_closed")])
    why = clean(why).strip()
    refuse([] if why else [Gap("closing.no_reason", "why")])
    row.stage, row.grade, row.closed_on = UNDER_WAY, "", None
    row.save(update_fields=["stage", "grade", "closed_on"])
    Closing.objects.filter(grant=row).delete()
    noted_under_way(row).update(until=None)
    record("grant.reopened", about=row, actor=actor, at=now, detail={"why": why})
    tell_team(row, "grants.reopened", lambda _language: {"why": why}, now=now)
    return row


@transaction.atomic
def keep_letter(
    grant: Grant,
    upload: Upload,
    fields: Mapping[str, str],
    *,
    number: str,
    on: date | None,
    actor: Person,
    now: datetime,
) -> GrantPaper:
    """Keep the letter on the closing as it was made, with what was typed into its places."""
    row = locked(grant)
    need_to_decide(actor, row)
    need_stage(row, CLOSED, "closing.not_closed")
    made = keep_paper(
        row, GrantPaper.Kind.LETTER, upload, fields,
        number=number, on=on, actor=actor, now=now,
    )  # fmt: skip
    record("grant.letter_made", about=row, actor=actor, at=now, codes=digest_of(made))
    return made


@transaction.atomic
def keep_account(
    grant: Grant,
    upload: Upload,
    fields: Mapping[str, str],
    *,
    number: str,
    on: date | None,
    actor: Person,
    now: datetime,
) -> GrantPaper:
    """Keep the final account on paper as it was made, to be signed by both."""
    row = locked(grant)
    need_to_decide(actor, row)
    need_stage(row, CLOSED, "closing.not_closed")
    made = keep_paper(
        row, GrantPaper.Kind.ACCOUNT, upload, fields,
        number=number, on=on, actor=actor, now=now,
    )  # fmt: skip
    record("grant.account_made", about=row, actor=actor, at=now, codes=digest_of(made))
    return made


@transaction.atomic
def make_practice_of(
    grant: Grant, texts: Mapping[str, str], *, actor: Person, now: datetime
) -> Practice:
    """Begin a practice with the facts of a closed grant; pressed twice it is begun once.

    texts: by the practice's paths. Where the project did a practice that was taken home, the new
    one grew from that. Raises Refused as beginning a practice does.
    """
    row = locked(grant)
    if not may_keep(actor, row):
        raise PermissionDenied
    need_stage(row, CLOSED, "closing.not_closed")
    key = uuid5(NAMESPACE_URL, f"practice of grant {row.key}")
    is_told = practice_by(str(key)) is not None
    title = texts.get("title", "") or row.application.title
    given = Begun(title, key, texts=texts, source=f"grant:{row.key}")
    made = begin_practice(row.organisation, given, actor=actor, now=now)
    if is_told:
        return made
    results_of(row).filter(practice=None).update(practice=made)
    if row.project is not None and row.project.adoption is not None:
        grow_practice(made, row.project.adoption, actor=actor, now=now)
    record("grant.practised", about=row, actor=actor, at=now, codes={"practice": str(made.key)})
    tell_staff(row, "grants.practised", now=now)
    return made


def _write_results(grant: Grant, *, now: datetime) -> None:
    """Results anew; one of which a practice was made keeps it."""
    told = reached_of(grant)
    grant.results.exclude(row__in=[one.row for one in told]).filter(practice=None).delete()
    for one in told:
        Result.objects.update_or_create(
            grant=grant,
            row=one.row,
            defaults={
                "what": clean_line(one.what)[:500],
                "promised": one.promised[:40],
                "reached": one.reached[:40],
                "proof": one.proof,
                "at": now,
            },
        )


def _of_grade(grant: Grant, grade: str) -> list[Gap]:
    """The evaluation is one of the rules' grades; where they have none, none is given."""
    known = {one.code for one in grants_rules(grant).grades}
    if grade in known or (not known and not grade):
        return []
    return [Gap("closing.no_grade", "grade")]


def _of_end(grant: Grant, why: str, on: date, now: datetime) -> list[Gap]:
    told = [] if why else [Gap("ending.no_reason", "why")]
    if on > today_of(grant, now) or (grant.signed_on is not None and on < grant.signed_on):
        told.append(Gap("ending.bad_day", "on"))
    return told


def _end_standing(grant: Grant, on: date) -> None:
    """The register knows that nothing is under way any more, and no report of it is late."""
    noted_of(grant).filter(until=None).update(until=Greatest("since", on))


def _grade_said(grant: Grant) -> Said:
    named = {one.code: one.name for one in grants_rules(grant).grades}

    def said(language: str) -> dict[str, str]:
        return {"grade": named[grant.grade].told(language) if grant.grade in named else ""}

    return said
