"""The agenda of a session: what is put to the vote, and what is taken off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.minutes import Cut, Proposal
from sinergia.engine.project import Line
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.review.actions.commission import held_contest
from sinergia.review.actions.sittings import held_sitting
from sinergia.review.actions.stepping_aside import recuse_all_bound
from sinergia.review.models import Examination, Item, Sitting
from sinergia.review.queries.sittings import lines_of, signed_sheets

Kind = Item.Kind
REASONED = (Kind.MOVE, Kind.RATING, Kind.UNFOUNDED)
ABOUT_ONE = (Kind.MOVE, Kind.LESS, Kind.RATING, Kind.UNFOUNDED)  # application
MOST = 300  # items of a session


@dataclass(frozen=True)
class ItemGiven:
    """An item as it was typed. cuts: minor units by the id of a line."""

    kind: str
    question: str
    reason: str = ""
    examination: Examination | None = None
    moved: str = ""
    final: str = ""
    sheet: str = ""
    cuts: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def put_item(sitting: Sitting, given: ItemGiven, *, actor: Person, now: datetime) -> Item:
    """Put an item on the agenda; who is of its organisation is recused at once.

    Raises Refused: without an application or a reason where its kind needs one, for a sum that
    is cut below what is asked of a line or to nothing, for a sheet that is not signed.
    """
    contest = held_contest(sitting.commission.contest, actor)
    row = held_sitting(sitting)
    lines = lines_of(given.examination) if given.kind == Kind.LESS and given.examination else []
    gaps = [*_gaps(row, given), *_gaps_of_cuts(given, lines)]
    if gaps:
        raise Refused(gaps)
    proposal = _proposal(given, lines).model_dump(mode="json", exclude_defaults=True)
    item = place_item(row, given, proposal, now=now)
    codes: dict[str, str | int] = {"item": str(item.key), "kind": item.kind}
    record("sitting.item_put", about=contest.call, actor=actor, at=now, codes=codes)
    return item


def place_item(
    sitting: Sitting, given: ItemGiven, proposal: Mapping[str, object], *, now: datetime
) -> Item:
    """Write an item at the end of the agenda; who is bound to its organisation is recused at once.

    Part of an action that holds the sitting and has checked what is given.
    """
    last = sitting.items.order_by("-number").values_list("number", flat=True).first()
    item = Item.objects.create(
        sitting=sitting,
        number=(last or 0) + 1,
        kind=given.kind,
        examination=given.examination,
        question=given.question,
        reason=given.reason,
        proposal=dict(proposal),
    )
    recuse_all_bound(sitting, [item], now=now)
    return item


@transaction.atomic
def remove_item(item: Item, *, actor: Person, now: datetime) -> None:
    """Take an item off the agenda. Raises Refused once anybody has voted, or it is decided."""
    contest = held_contest(item.sitting.commission.contest, actor)
    held_sitting(item.sitting)
    row = Item.objects.select_for_update().filter(pk=item.pk).first()
    if row is None:
        return
    if row.decision != Item.Decision.OPEN or row.votes.exists():
        raise Refused([Gap("item.has_votes")])
    codes: dict[str, str | int] = {"item": str(row.key), "kind": row.kind}
    row.delete()
    record("sitting.item_removed", about=contest.call, actor=actor, at=now, codes=codes)


def _gaps(sitting: Sitting, given: ItemGiven) -> Iterator[Gap]:
    if sitting.items.count() >= MOST:
        yield Gap("item.too_many", "question", {"most": MOST})
    if given.kind in REASONED and not given.reason.strip():
        yield Gap("item.no_reason", "reason")
    about = given.examination
    if given.kind in ABOUT_ONE and about is None:
        yield Gap("item.no_application")
    if about is not None and about.contest_id != sitting.commission.contest_id:
        yield Gap("item.no_application")
    sheets = signed_sheets(about) if given.kind == Kind.UNFOUNDED and about is not None else None
    if sheets is not None and given.sheet not in {str(one.key) for one in sheets}:
        yield Gap("item.no_sheet", "sheet")


def _gaps_of_cuts(given: ItemGiven, lines: Sequence[Line]) -> Iterator[Gap]:
    if given.kind != Kind.LESS or given.examination is None:
        return
    asked = {one.id: one.asked_minor for one in lines}
    for line, minor in given.cuts.items():
        if minor < 0 or minor > asked.get(line, 0):
            yield Gap("item.cut_too_deep", f"cut_{line}")
    total = sum(given.cuts.values())
    if total <= 0:
        yield Gap("item.nothing_cut")
    elif total >= given.examination.submission.asked_minor:
        yield Gap("item.nothing_left")


def _proposal(given: ItemGiven, lines: Sequence[Line]) -> Proposal:
    about = given.examination
    if given.kind == Kind.LESS and about is not None:
        cuts = [Cut(line=one.id, what=one.what, minor=given.cuts.get(one.id, 0)) for one in lines]
        offered = about.submission.asked_minor - sum(one.minor for one in cuts)
        return Proposal(offered_minor=offered, cuts=tuple(one for one in cuts if one.minor))
    if given.kind == Kind.UNFOUNDED and about is not None:
        sheet = next(one for one in signed_sheets(about) if str(one.key) == given.sheet)
        return Proposal(sheet=given.sheet, expert=sheet.expert.code)
    if given.kind == Kind.RATING:
        return Proposal(final=given.final)
    return Proposal(moved=given.moved if given.kind == Kind.MOVE else "")
