"""The agenda of a session: what is put to the vote, and what is taken off."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from sinergia.applications.access import has_interest
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.cutting import cut
from sinergia.engine.minutes import Cut, Proposal
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.packs.rules import Rules
from sinergia.people.models import Person
from sinergia.review.actions.locking import minutes_locked
from sinergia.review.actions.ruling import gaps_of_rating
from sinergia.review.actions.sittings import held_sitting
from sinergia.review.actions.stepping_aside import recuse_all_bound
from sinergia.review.models import Award, Examination, Item, Sheet, Sitting
from sinergia.review.queries.decision import BY_RULES, NOTHING, is_set, proposals_of
from sinergia.review.queries.decision import Proposal as Adopted
from sinergia.review.queries.sittings import lines_of, signed_sheets

Kind = Item.Kind
ABOUT_ONE = (Kind.MOVE, Kind.LESS, Kind.RATING, Kind.UNFOUNDED)  # application; with a reason
MOST = 300  # items of a session


@dataclass(frozen=True)
class ItemGiven:
    """An item as it was typed. left: minor units that are left of a line, by its id."""

    kind: str
    question: str
    reason: str = ""
    examination: Examination | None = None
    moved: str = ""
    final: str = ""
    sheet: str = ""
    left: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def put_item(sitting: Sitting, given: ItemGiven, *, actor: Person, now: datetime) -> Item:
    """Put an item on the agenda; who is of its organisation is recused at once.

    What was adopted about an application before can be taken back: a move by BY_RULES, a smaller
    sum by the whole one. Raises Refused: without an application or a reason where its kind needs
    one, for a sum that is cut below nought, above what was asked or to nothing, for a rating that
    the rules do not know, for a sheet that is not signed, of an own organisation, once the result
    is set.
    """
    contest = minutes_locked(sitting.commission.contest, actor)
    row, kept = held_sitting(sitting), rules_of(contest)
    gaps = [*_gaps(row, given), *_gaps_of_one(contest, given, kept.rules if kept else None, actor)]
    if gaps:
        raise Refused(gaps)
    last = row.items.order_by("-number").values_list("number", flat=True).first()
    item = Item.objects.create(
        sitting=row,
        number=(last or 0) + 1,
        kind=given.kind,
        examination=given.examination,
        question=given.question,
        reason=clean(given.reason).strip(),
        proposal=_proposal(contest, given).model_dump(mode="json", exclude_defaults=True),
    )
    recuse_all_bound(row, [item], now=now)
    codes: dict[str, str | int] = {"item": str(item.key), "kind": item.kind}
    record("sitting.item_put", about=contest.call, actor=actor, at=now, codes=codes)
    return item


@transaction.atomic
def remove_item(item: Item, *, actor: Person, now: datetime) -> None:
    """Take an item off the agenda. Raises Refused once anybody has voted, or it is decided."""
    contest = minutes_locked(item.sitting.commission.contest, actor)
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
    if given.kind in ABOUT_ONE and not given.reason.strip():
        yield Gap("item.no_reason", "reason")
    about = given.examination
    if given.kind in ABOUT_ONE and about is None:
        yield Gap("item.no_application")
    if about is not None and about.contest_id != sitting.commission.contest_id:
        yield Gap("item.no_application")


def _gaps_of_one(
    contest: Contest, given: ItemGiven, rules: Rules | None, actor: Person
) -> Iterator[Gap]:
    """What is against an item about one application."""
    about = given.examination
    if about is None:
        return
    if has_interest(actor, about.submission.organisation):
        yield Gap("decision.own")
    if is_set(contest):
        yield Gap("decision.published")
    if given.kind == Kind.MOVE:
        yield from _gaps_of_move(contest, about, given.moved)
    if given.kind == Kind.LESS and rules is not None and not rules.selection.may_award_less:
        yield Gap("cut.not_by_rules")
    if given.kind == Kind.RATING and rules is not None:
        yield from gaps_of_rating(Decimal(given.final), rules, "final")
    if given.kind == Kind.UNFOUNDED and _sheet(given) is None:
        yield Gap("item.no_sheet", "sheet")


def _gaps_of_move(contest: Contest, about: Examination, moved: str) -> Iterator[Gap]:
    if moved not in (BY_RULES, *Award.Outcome.values):
        yield Gap("item.nowhere", "moved")
    if moved == BY_RULES and not _adopted(contest, about).moved:
        yield Gap("item.not_moved", "moved")


def _adopted(contest: Contest, about: Examination) -> Adopted:
    """What counts of an application by what was adopted so far."""
    return proposals_of(contest).get(about.pk, NOTHING)


def _proposal(contest: Contest, given: ItemGiven) -> Proposal:
    """What is proposed, by the kind. Raises Refused for sums that cannot be cut so."""
    if given.kind == Kind.LESS and given.examination is not None:
        lines = {one.id: one for one in lines_of(given.examination)}
        asked = {one.id: one.minor for one in lines.values()}
        is_back = not given.left and bool(_adopted(contest, given.examination).cuts)
        done = cut(asked, given.left, whole_minor=sum(asked.values()) if is_back else None)
        cuts = [
            Cut(line=name, what=lines[name].what, minor=minor)
            for name, minor in sorted(done.cuts.items())
        ]
        return Proposal(offered_minor=done.sum_minor, cuts=tuple(cuts))
    if sheet := _sheet(given):
        return Proposal(sheet=given.sheet, expert=sheet.expert.code)
    if given.kind == Kind.RATING:
        return Proposal(final=given.final)
    return Proposal(moved=given.moved if given.kind == Kind.MOVE else "")


def _sheet(given: ItemGiven) -> Sheet | None:
    """The signed sheet that an item is about."""
    if given.kind != Kind.UNFOUNDED or given.examination is None:
        return None
    sheets = signed_sheets(given.examination)
    return next((one for one in sheets if str(one.key) == given.sheet), None)
