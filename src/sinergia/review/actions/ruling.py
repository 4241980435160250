"""What the council says against a rating: another one, a sheet unfounded, an expert excluded."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.packs.rules.schema import Rules
from sinergia.people.models import Person
from sinergia.review.access import IN_FORCE, OPEN
from sinergia.review.actions.apart import need_apart
from sinergia.review.actions.course import need_open
from sinergia.review.actions.locking import run_locked
from sinergia.review.actions.rating import recount_all
from sinergia.review.models import Examination, Exclusion, Expert, Item, Ruling, Sheet
from sinergia.review.queries.decision import is_set
from sinergia.review.queries.moving import ignored_by, moved_without, unfounded_of

Stage = Sheet.Stage


@dataclass(frozen=True)
class _Ground:
    """Why something is ruled, by whom and when. item: by which the commission adopted it."""

    why: str
    actor: Person
    now: datetime
    item: Item | None = None

    @property
    def kept(self) -> dict[str, Any]:
        """The same by the fields of a ruling."""
        return {"why": self.why, "by": self.actor.key, "at": self.now, "item": self.item}


@transaction.atomic
def rule_rating(
    examination: Examination,
    rating: Decimal,
    rules: Rules,
    *,
    why: str,
    actor: Person,
    now: datetime,
) -> Ruling:
    """Set the final rating of an application, kept apart from the preliminary one.

    Raises Refused without a reason, and for a rating that the rules do not know.
    """
    row = _locked(examination, actor)
    last = _rating_rulings(row).first()
    said = clean(why).strip()
    if last is not None and (last.after, last.why) == (rating, said):
        return last
    gaps = [*gaps_of_rating(rating, rules, "rating")]
    gaps += [] if said else [Gap("ruling.no_reason", "why")]
    if gaps:
        raise Refused(gaps)
    return _rate(row, rating, _Ground(said, actor, now))


@transaction.atomic
def hold_unfounded(sheet: Sheet, *, why: str, actor: Person, now: datetime) -> Ruling:
    """Hold a signed sheet for unfounded. It counts until its expert is excluded by the rules.

    Raises Refused without a reason, and where it is not signed.
    """
    row = _locked(sheet.examination, actor)
    locked = Sheet.objects.select_for_update().get(pk=sheet.pk)
    held = Ruling.objects.filter(sheet=locked, ended_at=None).first()
    if held is not None:
        return held
    said = clean(why).strip()
    gaps = [] if locked.stage == Stage.SIGNED else [Gap("course.not_signed")]
    gaps += [] if said else [Gap("ruling.no_reason", "why")]
    if gaps:
        raise Refused(gaps)
    return _hold(row, locked, _Ground(said, actor, now))


def enact(item: Item, *, actor: Person, now: datetime) -> Ruling | None:
    """Do at once what an adopted item says of a rating or of an assessment.

    A part of the transaction that decides it. None where it says nothing of either, and where
    that can be no more: the result is set to go out, the sheet counts no more.
    """
    is_said = item.kind in (Item.Kind.RATING, Item.Kind.UNFOUNDED)
    if item.decision != Item.Decision.ADOPTED or item.examination is None or not is_said:
        return None
    row = Examination.objects.select_for_update().get(pk=item.examination.pk)
    if is_set(row.contest):
        return None
    ground = _Ground(item.reason, actor, now, item)
    if item.kind == Item.Kind.RATING:
        return _rate(row, Decimal(item.proposal["final"]), ground)
    sheets = Sheet.objects.select_for_update().filter(examination=row, stage=Stage.SIGNED)
    sheet = sheets.filter(key=item.proposal["sheet"]).first()
    if sheet is None:
        return None
    held = Ruling.objects.filter(sheet=sheet, ended_at=None).first()
    return held or _hold(row, sheet, ground)


def gaps_of_rating(rating: Decimal, rules: Rules, path: str) -> Iterator[Gap]:
    """What is against a final rating that the rules do not know."""
    scoring = rules.scoring
    if not 0 <= rating <= scoring.most or rating != round(rating, scoring.decimals):
        yield Gap("ruling.rating", path, {"most": f"{scoring.most:f}"})


@transaction.atomic
def take_back(ruling: Ruling, *, actor: Person, now: datetime) -> None:
    """Take a ruling back; of ratings the one before it stands again. Twice is harmless.

    Raises Refused for a sheet of an expert who is excluded: that is taken back first.
    """
    row = _locked(ruling.examination, actor)
    held = Ruling.objects.select_for_update(of=("self",)).select_related("sheet")
    ruling = held.get(pk=ruling.pk)
    if ruling.ended_at is not None:
        return
    if ruling.sheet is not None and ruling.sheet.expert.stage == Expert.Stage.EXCLUDED:
        raise Refused([Gap("ruling.excluded")])
    ruling.ended_at = now
    ruling.save(update_fields=["ended_at"])
    _settle(row)
    record("ruling.taken_back", about=row, actor=actor, at=now, codes={"code": row.code})


@transaction.atomic
def exclude_expert(
    expert: Expert, rules: Rules, *, why: str, actor: Person, now: datetime
) -> Exclusion:
    """Ignore every sheet of an expert whose assessments were unfounded as often as the rules say.

    All that they read is counted anew. Raises Refused where the rules do not say so.
    """
    contest = run_locked(expert.contest, actor)
    need_open(contest)
    row = Expert.objects.select_for_update(of=("self",)).get(pk=expert.pk)
    standing = Exclusion.objects.filter(expert=row, ended_at=None).first()
    if standing is not None:
        return standing
    _need_grounds(row, rules, why)
    told = moved_without(row, rules)
    sheets = list(_in_force(row))
    made = Exclusion.objects.create(
        expert=row,
        why=clean(why).strip(),
        stages={str(one.key): one.stage for one in sheets},
        stage_before=row.stage,
        moved=[asdict(one) for one in told.read],
        by=actor.key,
        at=now,
    )
    for one in sheets:
        one.stage, one.ended_at = Stage.SET_ASIDE, now
    Sheet.objects.bulk_update(sheets, ["stage", "ended_at"])
    row.stage, row.reason = Expert.Stage.EXCLUDED, row.reason or made.why
    row.save(update_fields=["stage", "reason"])
    _recount(sheets, rules, now=now)
    record("expert.excluded", about=row, actor=actor, at=now, codes={"sheets": len(sheets)})
    _tell(row, "review.excluded", now=now)
    return made


@transaction.atomic
def readmit_expert(exclusion: Exclusion, rules: Rules, *, actor: Person, now: datetime) -> None:
    """Take an exclusion back: its sheets count again as they did. Twice is harmless.

    Who had left, or is forgotten since, is an expert no more, and nothing is given back to them to
    be written. What a conflict stands against stays set aside.
    """
    contest = run_locked(exclusion.expert.contest, actor)
    need_open(contest)
    rows = Exclusion.objects.select_for_update(of=("self",)).select_related("expert__contest__call")
    made = rows.get(pk=exclusion.pk)
    if made.ended_at is not None:
        return
    expert, sheets = made.expert, ignored_by(made)
    has_left = expert.person is None or made.stage_before == Expert.Stage.LEFT
    for one in sheets:
        one.stage, one.ended_at = made.stages[str(one.key)], None
        if has_left and one.stage in OPEN:
            one.stage, one.ended_at = Stage.RECUSED, now
    Sheet.objects.bulk_update(sheets, ["stage", "ended_at"])
    made.ended_at = now
    made.save(update_fields=["ended_at"])
    expert.stage = Expert.Stage.LEFT if has_left else Expert.Stage.ACCEPTED
    expert.reason = expert.reason if has_left else ""
    expert.save(update_fields=["stage", "reason"])
    _recount(sheets, rules, now=now)
    codes: dict[str, str | int] = {"sheets": len(sheets)}
    record("expert.readmitted", about=expert, actor=actor, at=now, codes=codes)
    _tell(expert, "review.readmitted", now=now)


def _rate(row: Examination, rating: Decimal, ground: _Ground) -> Ruling:
    """Set a final rating under the lock of its application."""
    before = row.preliminary if row.final is None else row.final
    made = Ruling.objects.create(examination=row, before=before, after=rating, **ground.kept)
    _settle(row)
    codes: dict[str, str | int] = {"code": row.code, "rating": f"{rating:f}"}
    record("rating.ruled", about=row, actor=ground.actor, at=ground.now, codes=codes)
    return made


def _hold(row: Examination, sheet: Sheet, ground: _Ground) -> Ruling:
    """Hold a signed sheet for unfounded under its lock."""
    made = Ruling.objects.create(examination=row, sheet=sheet, before=sheet.rating, **ground.kept)
    codes: dict[str, str | int] = {"code": row.code}
    record("sheet.unfounded", about=sheet, actor=ground.actor, at=ground.now, codes=codes)
    return made


def _need_grounds(expert: Expert, rules: Rules, why: str) -> None:
    """Raise Refused where the rules name no number, it is not reached, or nobody says why."""
    most, held = rules.review.unfounded_most, unfounded_of(expert)
    gaps = []
    if most is None:
        gaps.append(Gap("ruling.no_rule"))
    elif held < most:
        gaps.append(Gap("ruling.too_few", "", {"held": held, "most": most}))
    if not clean(why).strip():
        gaps.append(Gap("ruling.no_reason", "why"))
    if gaps:
        raise Refused(gaps)


def _in_force(expert: Expert) -> QuerySet[Sheet]:
    """The sheets of an expert that are written or signed, under the locks of their applications."""
    theirs = Sheet.objects.filter(expert=expert, stage__in=IN_FORCE)
    held = Examination.objects.select_for_update().filter(pk__in=theirs.values("examination"))
    list(held.order_by("pk").values_list("pk"))
    return theirs.select_for_update().order_by("pk")


def _recount(sheets: Sequence[Sheet], rules: Rules, *, now: datetime) -> None:
    """Count anew what some sheets are of."""
    rows = Examination.objects.select_for_update()
    touched = rows.filter(pk__in=[one.examination_id for one in sheets]).order_by("pk")
    recount_all(list(touched), rules, now=now)


def _locked(examination: Examination, actor: Person) -> Examination:
    """An application under its lock, for who runs the review and has no interest in it."""
    need_open(run_locked(examination.contest, actor))
    rows = Examination.objects.select_for_update(of=("self",))
    row = rows.select_related("submission__organisation", "submission__contest").get(
        pk=examination.pk
    )
    need_apart(actor, row.submission)
    return row


def _rating_rulings(examination: Examination) -> QuerySet[Ruling]:
    """Final ratings that were not taken back, the latest first."""
    rows = Ruling.objects.filter(examination=examination, sheet=None, ended_at=None)
    return rows.order_by("-pk")


def _settle(examination: Examination) -> None:
    """Let the latest final rating that stands be the one of the application."""
    last = _rating_rulings(examination).first()
    examination.final = None if last is None else last.after
    examination.save(update_fields=["final"])


def _tell(expert: Expert, code: str, *, now: datetime) -> None:
    if expert.person is not None:
        contest = expert.contest.call.name
        tell(expert.person, code, now=now, about=expert, contest=contest)
