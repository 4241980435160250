"""A proposed assignment is accepted: readings are given, some at a time, and experts are told."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.base.errands.steps import in_small_steps
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.actions import tell
from sinergia.people.models import Person
from sinergia.review.access import IN_FORCE
from sinergia.review.actions.course import need_open
from sinergia.review.actions.locking import run_locked
from sinergia.review.models import Assignment, Examination, Expert, Sheet
from sinergia.review.queries.assigning import barred_pairs, is_movable
from sinergia.review.queries.decision import is_decided
from sinergia.review.queries.proposals import Proposal, proposal_of

STEP = 200  # readings in one transaction
AT_ONCE = 25  # experts told in one
TOLD = 10  # names in a sentence
Stage = Assignment.Stage


@dataclass(frozen=True)
class _Pair:
    """A reading that is to be given. code: of the application."""

    examination: int
    expert: int
    code: str
    affinity: int


@transaction.atomic
def accept(assignment: Assignment, *, actor: Person, now: datetime) -> Assignment:
    """Accept a proposal: the first readings are given at once, the rest by the worker.

    Accepted twice, or by two at once, it is accepted once. Raises Refused where experts have
    left, conflicts were raised or readings were given since it was proposed, for one that is not
    ready, and once the decision is made.
    """
    contest = run_locked(assignment.contest, actor)
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if row.stage == Stage.ACCEPTED:
        return row
    need_open(contest)
    if row.stage != Stage.READY:
        raise Refused([Gap("assignment.not_ready")])
    proposal = proposal_of(row)
    gaps = list(_gaps(row, contest, proposal))
    if gaps:
        raise Refused(gaps)
    row.stage, row.ended_at = Stage.ACCEPTED, now
    row.save(update_fields=["stage", "ended_at"])
    record("assignment.accepted", about=row, actor=actor, at=now, codes={"digest": row.digest})
    _take_away(row, contest, proposal, now=now)
    pairs = list(_pairs(contest, proposal))
    _give(row, contest, pairs[:STEP], actor=actor, now=now)
    if len(pairs) > STEP:
        promise("review.give_readings", now=now, is_long=True, key=row.key, actor=actor.key)
    else:
        promise("review.tell_experts", now=now, key=row.key)
    return row


def give_readings(assignment: Assignment, *, actor: Person, now: datetime) -> None:
    """Give the readings of an accepted assignment, some at a time, then have experts told.

    Whoever has left meanwhile, or has a conflict now, is passed over: the page shows what lacks.
    Broken off, it goes on where it stood; once the decision is made nobody is given anything.
    """
    if assignment.stage != Stage.ACCEPTED:
        return
    contest = Contest.objects.select_related("call").get(pk=assignment.contest_id)
    for some in in_small_steps(_pairs(contest, proposal_of(assignment)), STEP):
        with transaction.atomic():
            if is_decided(Contest.objects.select_for_update().get(pk=contest.pk)):
                return
            row = Assignment.objects.select_for_update().get(pk=assignment.pk)
            _give(row, contest, some, actor=actor, now=now)
    promise("review.tell_experts", now=now, once=f"told:{assignment.key}", key=assignment.key)


def _give(
    row: Assignment, contest: Contest, some: Sequence[_Pair], *, actor: Person, now: datetime
) -> None:
    """Make the sheets of some readings; those that are there stay. A part of a transaction."""
    missing = list(_missing(contest, some))
    if row.ended_at is None or not missing:
        return
    Sheet.objects.bulk_create(
        Sheet(
            examination_id=one.examination,
            expert_id=one.expert,
            affinity=one.affinity,
            given_at=row.ended_at,
        )
        for one in missing
    )
    codes: dict[str, str | int] = {"number": len(missing)}
    record("assignment.given", about=row, actor=actor, at=now, codes=codes)


def tell_some(assignment: Assignment, *, past: int, now: datetime) -> int:
    """Tell the next experts how many applications they got; give the last one's number, 0 at end.

    A part of the errand's transaction: each is told once. past: of whoever was told last.
    """
    contest = Contest.objects.select_related("call").get(pk=assignment.contest_id)
    if assignment.ended_at is None or is_decided(contest):
        return 0
    given = Sheet.objects.filter(
        examination__contest=contest, given_at=assignment.ended_at, stage__in=IN_FORCE
    )
    loads = Counter(given.values_list("expert", flat=True))
    rows = Expert.objects.filter(pk__in=loads, pk__gt=past, person__isnull=False).order_by("pk")
    experts = list(rows.select_related("person")[:AT_ONCE])
    for expert in experts:
        tell_given(expert, contest, loads[expert.pk], now=now)
    return experts[-1].pk if len(experts) == AT_ONCE else 0


def tell_given(expert: Expert, contest: Contest, number: int, *, now: datetime) -> None:
    """Tell an expert that they were given applications; no word says of whom they are."""
    _tell(expert, contest, "review.readings_given", number, now=now)


def _tell(expert: Expert, contest: Contest, code: str, number: int, *, now: datetime) -> None:
    if expert.person is not None:
        tell(
            expert.person, code, now=now, about=contest.call,
            url=reverse("review:desk", args=[expert.key]), number=str(number),
            contest=contest.call.name,
        )  # fmt: skip


def _gaps(row: Assignment, contest: Contest, proposal: Proposal) -> Iterator[Gap]:
    """What has changed since it was proposed."""
    there = set(
        Expert.objects.filter(contest=contest, stage=Expert.Stage.ACCEPTED).values_list(
            "code", flat=True
        )
    )
    wanted = {proposal.experts[one.expert] for one in proposal.readings}
    if gone := sorted(wanted - there):
        names = Expert.objects.filter(contest=contest, code__in=gone).order_by("name")
        yield _named("assignment.expert_left", list(names.values_list("name", flat=True)))
    pairs = list(_pairs(contest, proposal))
    banned = _banned(contest)
    if tied := sorted({one.code for one in pairs if (one.examination, one.expert) in banned}):
        yield _named("assignment.conflict_since", tied)
    if changed := sorted(_changed(row, contest, pairs)):
        yield _named("assignment.changed_since", changed)


def _changed(row: Assignment, contest: Contest, pairs: Sequence[_Pair]) -> set[str]:
    """Codes of applications that need fewer experts than they would get."""
    movable = is_movable(is_repair=row.is_repair)
    rows = Sheet.objects.filter(examination__contest=contest).exclude(movable)
    there = list(rows.values_list("examination", "expert", "stage"))
    kept = Counter(one for one, _expert, stage in there if stage in IN_FORCE)
    made = {(one, expert) for one, expert, _stage in there}
    wanted = Counter(one.examination for one in pairs)
    due = dict(Examination.objects.filter(contest=contest).values_list("pk", "due"))
    return {
        one.code
        for one in pairs
        if (one.examination, one.expert) in made
        or kept[one.examination] + wanted[one.examination] > due[one.examination]
    }


def _take_away(row: Assignment, contest: Contest, proposal: Proposal, *, now: datetime) -> None:
    """Readings that nobody has opened go where the proposal has them: those that it has not, go.

    Nothing is left of them: whoever never saw an application may be given it another time. Who
    loses some and gets no other instead is told.
    """
    chosen = {(one.examination, one.expert) for one in _pairs(contest, proposal)}
    rows = Sheet.objects.filter(is_movable(is_repair=row.is_repair), stage__in=IN_FORCE)
    rows = rows.filter(examination__contest=contest)
    movable = {(of, by): pk for pk, of, by in rows.values_list("pk", "examination", "expert")}
    gone = [pair for pair in movable if pair not in chosen]
    for start in range(0, len(gone), STEP):
        some = [movable[pair] for pair in gone[start : start + STEP]]
        Sheet.objects.filter(pk__in=some).delete()
    lost = Counter(expert for _of, expert in gone)
    served = {expert for of, expert in chosen if (of, expert) not in movable}
    losers = Expert.objects.filter(pk__in=lost.keys() - served).select_related("person")
    for expert in losers.order_by("pk"):
        _tell(expert, contest, "review.readings_taken", lost[expert.pk], now=now)


def _missing(contest: Contest, some: Sequence[_Pair]) -> Iterator[_Pair]:
    """Of some readings those that are not given yet and may be."""
    named = [one.examination for one in some]
    made = set(Sheet.objects.filter(examination__in=named).values_list("examination", "expert"))
    banned = _banned(contest)
    experts = Expert.objects.filter(contest=contest, stage=Expert.Stage.ACCEPTED)
    there = set(experts.values_list("pk", flat=True))
    for one in some:
        pair = (one.examination, one.expert)
        if one.expert in there and pair not in made and pair not in banned:
            yield one


def _pairs(contest: Contest, proposal: Proposal) -> Iterator[_Pair]:
    rows = Examination.objects.filter(contest=contest)
    applications = dict(rows.values_list("code", "pk"))
    experts = dict(Expert.objects.filter(contest=contest).values_list("code", "pk"))
    for one in proposal.readings:
        code = proposal.applications[one.application]
        expert = experts[proposal.experts[one.expert]]
        yield _Pair(applications[code], expert, code, one.parts.total)


def _banned(contest: Contest) -> set[tuple[int, int]]:
    return set(barred_pairs(contest))


def _named(code: str, names: Sequence[str]) -> Gap:
    more = "…" if len(names) > TOLD else ""
    values: Mapping[str, str | int] = {
        "number": len(names),
        "named": ", ".join(names[:TOLD]) + more,
    }
    return Gap(code, values=values)
