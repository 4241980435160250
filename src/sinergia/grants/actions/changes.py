"""A change of the plan: begun, written, sent, taken back; answered by the operator."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from sinergia.base.drafts.actions import (
    Save,
    Saved,
    Way,
    save_texts,
    saves_that_empty,
    saves_that_move,
)
from sinergia.base.journal.actions import record
from sinergia.engine.granting.changes import PLAN, changeable, texts_to_change
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.grants.access import may_keep
from sinergia.grants.actions.locking import locked, need_stage, need_to_decide, refuse
from sinergia.grants.actions.replanning import put_in_force
from sinergia.grants.actions.telling import Said, tell_staff, tell_team
from sinergia.grants.models import Change, ChangeText, Grant
from sinergia.grants.queries.changes import WRITTEN, open_change, weighed
from sinergia.grants.queries.grants import latest_plan, thawed_plan
from sinergia.people.models import Person

UNDER_WAY = Grant.Stage.UNDER_WAY
Stage, Kind = Change.Stage, Change.Kind
VERDICTS = {"accept": Stage.ACCEPTED, "return": Stage.RETURNED, "refuse": Stage.REFUSED}
TOLD = {
    Stage.ACCEPTED: "grants.change_accepted",
    Stage.RETURNED: "grants.change_returned",
    Stage.REFUSED: "grants.change_refused",
}


@transaction.atomic
def begin_change(grant: Grant, *, actor: Person, now: datetime) -> Change:
    """Begin a request with the texts of the plan in force; one at a time, the open one is given.

    Raises Refused where the grant is not under way.
    """
    row = locked(grant)
    if not may_keep(actor, row):
        raise PermissionDenied
    need_stage(row, UNDER_WAY, "change.not_under_way")
    there = open_change(row)
    if there is not None:
        return there
    base = latest_plan(row)
    last = row.changes.aggregate(last=Max("number"))["last"] or 0
    made = Change.objects.create(
        grant=row, number=last + 1, base=base, begun_by=actor.key, begun_at=now
    )
    texts = texts_to_change(thawed_plan(base, row), row.currency)
    ChangeText.objects.bulk_create(
        ChangeText(change=made, path=path, value=text, version=1, by=actor.key, at=now)
        for path, text in texts.items()
    )
    record("change.begun", about=row, actor=actor, at=now, codes=_codes(made))
    return made


@transaction.atomic
def save_change(
    change: Change, saves: Sequence[Save], *, actor: Person, now: datetime
) -> list[Saved]:
    """Save texts of a request; each for itself is written or in conflict.

    Raises Refused where it is not being written any more, or a text is none that may change.
    """
    _grant, row = _written(change, actor)
    if any(changeable(str(one.path)) is None for one in saves):
        raise Refused([Gap("change.fixed")])
    return save_texts(row.texts, PLAN, saves, by=actor.key, now=now)


@transaction.atomic
def take_out_row(change: Change, field: str, name: str, *, actor: Person, now: datetime) -> None:
    """Take a row out of what is asked; the plan in force keeps it."""
    _grant, row = _written(change, actor)
    saves = saves_that_empty(row.texts, PLAN, field, name)
    if saves:
        save_change(row, saves, actor=actor, now=now)


@transaction.atomic
def move_row(
    change: Change, field: str, name: str, way: Way, *, actor: Person, now: datetime
) -> list[str]:
    """Put a row one place up or down; give the order in which the rows stand then."""
    _grant, row = _written(change, actor)
    rows, saves = saves_that_move(row.texts, PLAN, field, name, way)
    if saves:
        save_change(row, saves, actor=actor, now=now)
    return rows


@transaction.atomic
def send_change(change: Change, why: str, *, actor: Person, now: datetime) -> Change:
    """Send a request with its reasons: a small one is in force at once, a larger one waits.

    Pressed twice it is sent once. Raises Refused with everything that is against it.
    """
    grant, row = _locked(change)
    if not may_keep(actor, grant):
        raise PermissionDenied
    if row.stage in (Stage.SENT, Stage.ACCEPTED):
        return row
    _need_written(grant, row)
    told = weighed(row, grant, now)
    why = clean(why).strip()
    refuse([*told.gaps, *([] if why else [Gap("change.no_reason", "why")])])
    row.why, row.kind, row.sent_at, row.words = why, told.kind, now, ""
    row.settled_by, row.settled_at = None, None
    if row.kind == Kind.NOTICE:
        row.stage, row.settled_at = Stage.ACCEPTED, now
        row.made = put_in_force(grant, told.proposed.plan, now=now)
        row.save()
        record("change.noticed", about=grant, actor=actor, at=now, codes=_codes(row))
        tell_staff(grant, "grants.change_noticed", _numbered(row), now=now, url=_here(grant, row))
        tell_team(grant, "grants.change_accepted", _numbered(row), now=now, url=_here(grant, row))
        return row
    row.stage = Stage.SENT
    row.save()
    record("change.sent", about=grant, actor=actor, at=now, codes=_codes(row))
    tell_staff(grant, "grants.change_sent", _numbered(row), now=now, url=_here(grant, row))
    return row


@transaction.atomic
def take_back_change(change: Change, *, actor: Person, now: datetime) -> Change:
    """Take a request back, sent or not; twice is harmless.

    Raises Refused where it was answered meanwhile.
    """
    grant, row = _locked(change)
    if not may_keep(actor, grant):
        raise PermissionDenied
    if row.stage == Stage.TAKEN_BACK:
        return row
    if row.stage not in (*WRITTEN, Stage.SENT):
        raise Refused([Gap("change.answered")])
    was_sent = row.stage == Stage.SENT
    row.stage = Stage.TAKEN_BACK
    row.save(update_fields=["stage"])
    record("change.taken_back", about=grant, actor=actor, at=now, codes=_codes(row))
    if was_sent:
        tell_staff(
            grant, "grants.change_taken_back", _numbered(row), now=now, url=_here(grant, row)
        )
    return row


@transaction.atomic
def answer_change(
    change: Change,
    verdict: str,
    words: str = "",
    *,
    seen: datetime | None = None,
    actor: Person,
    now: datetime,
) -> Change:
    """Accept a request, return it to be mended, or refuse it. verdict: a key of VERDICTS.

    seen: when what they have read was sent; none: `change` is what they have read. The same answer
    of one person twice is one. Raises Refused where somebody answered meanwhile, it was taken back
    or sent anew, where words are missing, and where spending since then stands against it.
    """
    grant, row = _locked(change)
    need_to_decide(actor, grant)
    wanted, words = VERDICTS[verdict], clean(words).strip()
    if row.stage == wanted and row.settled_by == actor.key:
        return row
    if row.stage != Stage.SENT:
        raise Refused([Gap("change.meanwhile", values={"stage": row.stage})])
    refuse([] if row.sent_at == (seen or change.sent_at) else [Gap("change.newer")])
    need_stage(grant, UNDER_WAY, "change.not_under_way")
    refuse([] if words or verdict == "accept" else [Gap("change.no_words", "words")])
    if verdict == "accept":
        told = weighed(row, grant, now)
        refuse(told.gaps)
        row.made = put_in_force(grant, told.proposed.plan, now=now)
    row.stage, row.words, row.settled_by, row.settled_at = wanted, words, actor.key, now
    row.save()
    if verdict == "accept":
        record("change.accepted", about=grant, actor=actor, at=now, codes=_codes(row))
    elif verdict == "return":
        record("change.returned", about=grant, actor=actor, at=now, codes=_codes(row))
    else:
        record("change.refused", about=grant, actor=actor, at=now, codes=_codes(row))
    tell_team(grant, TOLD[wanted], _numbered(row, words), now=now, url=_here(grant, row))
    return row


def _locked(change: Change) -> tuple[Grant, Change]:
    """A request with its grant, nobody else until the transaction ends."""
    grant = locked(change.grant)
    rows = Change.objects.select_for_update(of=("self",)).select_related("base", "made")
    return grant, rows.get(pk=change.pk)


def _written(change: Change, actor: Person) -> tuple[Grant, Change]:
    """The same of one in which its organisation writes."""
    grant, row = _locked(change)
    if not may_keep(actor, grant):
        raise PermissionDenied
    _need_written(grant, row)
    return grant, row


def _need_written(grant: Grant, row: Change) -> None:
    need_stage(grant, UNDER_WAY, "change.not_under_way")
    refuse([] if row.stage in WRITTEN else [Gap("change.not_written")])


def _codes(row: Change) -> dict[str, str | int]:
    told: dict[str, str | int] = {"number": row.number, "change": str(row.key)}
    if row.made is not None:
        told["version"] = row.made.version
    return told


def _here(grant: Grant, row: Change) -> str:
    """Where a request is looked at."""
    return reverse("grants:change", args=[grant.key, row.key])


def _numbered(row: Change, words: str = "") -> Said:
    return lambda _language: {"number": str(row.number), "words": words}
