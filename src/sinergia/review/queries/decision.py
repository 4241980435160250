"""The ranking of a contest, cut by the rules, the money and what the commission adopted."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from sinergia.applications.models import Submission
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import day_of, rules_of
from sinergia.engine.granting.periods import after_workdays
from sinergia.engine.rating import Candidate, Placed, Selection, select
from sinergia.engine.text import fold
from sinergia.packs.rules import Rules
from sinergia.review.models import Award, Examination, Item, Publication, Sitting
from sinergia.review.queries.ranking import ranked, selection_of


@dataclass(frozen=True)
class Proposal:
    """What the commission adopted about an application. cuts: [{"line": id, "minor": by}]."""

    moved: str = ""
    reason: str = ""
    offered_minor: int | None = None
    cuts: Sequence[Mapping[str, object]] = ()


NOTHING = Proposal()
BY_RULES = "rules"  # of a move: what was adopted before counts no more
OF_LIST = (Item.Kind.LIST, Item.Kind.MOVE, Item.Kind.LESS)  # what the list of winners comes of


class Ranked(NamedTuple):
    """An application where it stands. examination: its primary key."""

    examination: int
    candidate: Candidate
    placed: Placed
    proposal: Proposal


@dataclass(frozen=True)
class Ranking:
    """is_over: what is moved up costs more than there is, so that no move is taken.

    found: primary keys of those that have the words which were asked for; none where none were.
    """

    rows: Sequence[Ranked]
    selection: Selection
    is_over: bool = False
    by_outcome: Mapping[str, int] = field(default_factory=dict)
    found: Set[int] | None = None

    @property
    def awarded_minor(self) -> int:
        """What all awards come to."""
        return sum(one.placed.awarded_minor for one in self.rows)


class Shown(NamedTuple):
    """Which application a line of a page is about. key: of its review, submission: its own."""

    key: UUID
    submission: UUID
    title: str
    number: str
    organisation: str


class Line(NamedTuple):
    """A category: where its line is, how many there are, how many win."""

    category: str
    line: Decimal | None
    applications: int
    won: int


@dataclass(frozen=True)
class Adopted:
    """What the commission adopted: proposals by application, and lists, the latest first.

    Each list has `is_written`: whether the awards that stand are of its sitting; and `told`: how
    far the publication of the result is, "" before it was begun.
    """

    proposals: Mapping[int, Proposal]
    lists: Sequence[Any]


def adopted_in(contest: Contest) -> Adopted:
    """Everything that counts for the decision; one query."""
    rows = Item.objects.filter(
        sitting__commission__contest=contest,
        decision=Item.Decision.ADOPTED,
        kind__in=OF_LIST,
    )
    written = Exists(Award.objects.filter(sitting=OuterRef("sitting")))
    stage = Publication.objects.filter(contest=contest).values("stage")
    rows = rows.select_related("sitting").annotate(
        is_written=written, told=Coalesce(Subquery(stage), Value(""))
    )
    items = list(rows.order_by("decided_at", "pk"))
    lists = [one for one in items if one.kind == Item.Kind.LIST]
    return Adopted(_proposals(items), lists[::-1])


def approve_by(contest: Contest, lists: Sequence[Item], rules: Rules) -> date | None:
    """The last day on which the list adopted last is approved; none where none was adopted."""
    adopted_on = day_of(lists[0].decided_at, contest) if lists else None
    if adopted_on is None:
        return None
    return after_workdays(adopted_on, rules.terms.approve_workdays)


def proposals_of(contest: Contest) -> Mapping[int, Proposal]:
    """What was adopted about each application, by its primary key; the later word stands."""
    return adopted_in(contest).proposals


def _proposals(items: Sequence[Item]) -> dict[int, Proposal]:
    told: dict[int, Proposal] = {}
    for one in items:
        pk, said = one.examination_id, one.proposal
        if pk is None or one.kind == Item.Kind.LIST:
            continue
        before = told.get(pk, NOTHING)
        if one.kind == Item.Kind.MOVE:
            moved = said.get("moved", "")
            is_back = moved == BY_RULES
            told[pk] = replace(
                before, moved="" if is_back else moved, reason="" if is_back else one.reason
            )
        else:
            offered, cuts = said.get("offered_minor"), said.get("cuts", [])
            told[pk] = replace(before, offered_minor=offered, cuts=cuts)
    return told


def ranking_of(
    contest: Contest, rules: Rules, proposals: Mapping[int, Proposal], words: str = ""
) -> Ranking:
    """Everybody who is admitted still, in their order, with what each would get; one query.

    proposals: what the commission adopted. words: of the title, the number or the organisation,
    by which some of them are asked for. With a lot among equals a query more.
    """
    selection = selection_of(contest, rules)
    named: tuple[str, ...] = (
        "pk", "code", "category", "rated", "submission__organisation_id",
        "submission__number", "submission__asked_minor", "chosen__pk",
    )  # fmt: skip
    rows = ranked(contest).annotate(rated=Coalesce("final", "preliminary")).order_by()
    if words:
        rows, named = rows.annotate(is_found=_has(words)), (*named, "is_found")
    told_of = list(rows.values_list(*named))
    found = {row[0] for row in told_of if row[-1]} if words else None
    pks: dict[str, int] = {row[1]: row[0] for row in told_of}
    candidates = [_candidate(row[1:8], proposals.get(row[0], NOTHING)) for row in told_of]
    try:
        placed, is_over = select(candidates, selection), False
    except ValueError:
        candidates = [one._replace(moved="") for one in candidates]
        placed, is_over = select(candidates, selection), True
    by_key = {one.key: one for one in candidates}
    told = [
        Ranked(pk := pks[one.key], by_key[one.key], one, proposals.get(pk, NOTHING))
        for one in placed
    ]
    return Ranking(told, selection, is_over, _outcomes(told), found)


def seen_in(ranking: Ranking, hidden: Set[int]) -> Ranking:
    """What whoever does not see some applications sees of it.

    No figure counts these, places and the reserve are counted without them, and no sum runs
    down: a gap in any of these would tell where they stand.
    """
    if not hidden:
        return ranking
    seen = [one for one in ranking.rows if one.examination not in hidden]
    places, reserves = (
        sorted(numbers)
        for numbers in (
            [one.placed.place for one in seen],
            [one.placed.reserve for one in seen if one.placed.reserve],
        )
    )
    rows = [
        one._replace(
            placed=one.placed._replace(
                at=at,
                place=bisect_left(places, one.placed.place) + 1,
                reserve=one.placed.reserve and bisect_left(reserves, one.placed.reserve) + 1,
                running_minor=0,
            )
        )
        for at, one in enumerate(seen, start=1)
    ]
    return replace(ranking, rows=rows, by_outcome=_outcomes(rows))


def reason_of(one: Ranked) -> str:
    """Why the commission moved an application, where that is what decided."""
    return one.proposal.reason if one.placed.why == "moved" else ""


def unwritten_of(contest: Contest, ranking: Ranking) -> int:
    """Of how many applications the decision as it is written says something else than now.

    Who is not in it, as one that was admitted since, counts, and who should be no more; two
    queries: of the cuts those that are there alone, for reading thousands of empty ones takes long.
    """
    columns, rows = ("examination_id", "rating", "outcome", "awarded_minor"), awards_of(contest)
    cut = dict(rows.exclude(cuts=[]).values_list("examination_id", "cuts"))
    there = {
        pk: (*told, cut.get(pk, []), reason)
        for pk, *told, reason in rows.values_list(*columns, "reason")
    }
    now = {
        one.examination: (
            one.candidate.rating, one.placed.outcome, one.placed.awarded_minor, cuts_of(one),
            reason_of(one),
        )
        for one in ranking.rows
    }  # fmt: skip
    return sum(there.get(pk) != now.get(pk) for pk in there.keys() | now.keys())


def unwritten_in(contest: Contest) -> int:
    """The same by the rules and by all that is adopted now."""
    kept = rules_of(contest)
    if kept is None:
        return 0
    return unwritten_of(contest, ranking_of(contest, kept.rules, proposals_of(contest)))


def cuts_of(one: Ranked) -> list[Mapping[str, object]]:
    """Lines of the budget that the commission cut; of who gets nothing, none."""
    return list(one.proposal.cuts) if one.placed.outcome != "lost" else []


def _outcomes(rows: Sequence[Ranked]) -> dict[str, int]:
    counted: Counter[str] = Counter(one.placed.outcome for one in rows)
    return {name: counted[name] for name in Award.Outcome.values}


def _candidate(row: tuple[Any, ...], said: Proposal) -> Candidate:
    code, category, rating, owner, number, asked, chosen = row
    moved: Any = said.moved  # its form and its action let nothing else in
    return Candidate(
        code, category, str(owner), rating, asked, number,
        said.offered_minor, moved, chosen is not None,
    )  # fmt: skip


def lines_of(ranking: Ranking) -> list[Line]:
    """Each category that has applications, in the order of codes."""
    told: dict[str, list[int]] = {}
    for one in ranking.rows:
        counts = told.setdefault(one.candidate.category, [0, 0])
        counts[0] += 1
        counts[1] += one.placed.outcome == "won"
    return [
        Line(category, ranking.selection.line_of(category), *told[category])
        for category in sorted(told)
    ]


def examinations_shown(pks: Sequence[int]) -> dict[int, Shown]:
    """What a line of a page shows of applications, by primary key."""
    names = ("key", *(f"submission__{one}" for one in ("key", "title", "shown_number")))
    rows = Examination.objects.filter(pk__in=pks).order_by()
    told = rows.values_list("pk", *names, "submission__organisation__name")
    return {pk: Shown(*row) for pk, *row in told}


def sittings_open(contest: Contest) -> QuerySet[Sitting]:
    """Sittings that still take items."""
    rows = Sitting.objects.filter(commission__contest=contest)
    return rows.exclude(stage=Sitting.Stage.CLOSED).order_by("-begins_at", "-pk")


def items_about(examination: Examination) -> QuerySet[Item]:
    """What was proposed about an application, the latest first."""
    kinds = (Item.Kind.MOVE, Item.Kind.LESS)
    rows = examination.items.filter(kind__in=kinds)
    return rows.select_related("sitting").order_by("-pk")


def awards_of(contest: Contest) -> QuerySet[Award]:
    """What was decided about everybody, in no order yet."""
    return Award.objects.filter(examination__contest=contest)


def written_awards() -> QuerySet[Award]:
    """Awards of a contest, as a part of a query of contests."""
    return Award.objects.filter(examination__contest=OuterRef("pk"))


def is_decided(contest: Contest) -> bool:
    """Whether awards are written."""
    return awards_of(contest).exists()


def examination_behind(submission: Submission) -> Examination | None:
    """The review of what was handed in; none where there is none."""
    rows = Examination.objects.select_related("contest", "submission__project")
    return rows.filter(submission=submission).first()


def is_session_open(contest: Contest) -> bool:
    """Whether a session by which awards are written lasts still: its minutes are not frozen."""
    return awards_of(contest).exclude(sitting__stage=Sitting.Stage.CLOSED).exists()


def is_set(contest: Contest) -> bool:
    """Whether the result goes out at its moment, or is out: from then on it is not changed."""
    rows = Publication.objects.filter(contest=contest)
    return rows.exclude(stage=Publication.Stage.PREPARED).exists()


def is_told(contest: Contest) -> bool:
    """Whether the result is published."""
    return Publication.objects.filter(contest=contest, stage="published").exists()


def choosing_ends(contest: Contest) -> datetime | None:
    """When the commission first sits over the list: till then applicants choose; none: not set."""
    rows = Item.objects.filter(sitting__commission__contest=contest, kind=Item.Kind.LIST)
    first: datetime | None = rows.aggregate(first=Min("sitting__begins_at"))["first"]
    return first


def is_choosing_over(contest: Contest, *, now: datetime) -> bool:
    """Whether applicants choose no more. The same before and after anything is decided there."""
    ends = choosing_ends(contest)
    return (ends is not None and ends <= now) or is_decided(contest)


def siblings_of(examination: Examination) -> QuerySet[Examination]:
    """Applications of the same organisation in the same contest, with whether it is chosen."""
    rows = Examination.objects.filter(
        contest=examination.contest_id,
        submission__organisation=examination.submission.organisation_id,
    )
    rows = rows.select_related("submission").annotate(is_chosen=F("chosen__pk"))
    return rows.order_by("pk")


def running_of(contest: Contest) -> dict[int, int]:
    """What the decision comes to down to each place of the list that won, by that place."""
    rows = awards_of(contest).filter(outcome=Award.Outcome.WON).order_by("at")
    running, told = 0, {}
    for at, minor in rows.values_list("at", "awarded_minor"):
        running += minor
        told[at] = running
    return told


def _has(words: str) -> Case | Value:
    """Whether title, number or organisation have all these words."""
    asked, no = Q(), Value(value=False)
    for word in fold(words).split():
        named = Q(submission__title_folded__contains=word)
        named |= Q(submission__organisation__name_folded__contains=word)
        asked &= named | Q(submission__shown_number__contains=word)
    return Case(When(asked, then=Value(value=True)), default=no) if asked else no
