"""The ranking of a contest, cut by the rules, the money and what the commission adopted."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from sinergia.applications.models import Submission
from sinergia.calls.models import Contest
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
    hidden: primary keys of those that whoever looks does not see.
    """

    rows: Sequence[Ranked]
    selection: Selection
    is_over: bool = False
    by_outcome: Mapping[str, int] = field(default_factory=dict)
    found: Set[int] | None = None
    hidden: Set[int] = frozenset()

    @property
    def awarded_minor(self) -> int:
        """What all awards come to."""
        return self.rows[-1].placed.running_minor if self.rows else 0


class Line(NamedTuple):
    """A category: where its line is, how many there are, how many win."""

    category: str
    line: Decimal | None
    applications: int
    won: int


def proposals_of(contest: Contest) -> dict[int, Proposal]:
    """What was adopted about each application, by its primary key; the later word stands."""
    rows = Item.objects.filter(
        sitting__commission__contest=contest,
        decision=Item.Decision.ADOPTED,
        kind__in=(Item.Kind.MOVE, Item.Kind.LESS),
        examination__isnull=False,
    )
    told: dict[int, Proposal] = {}
    named = ("examination_id", "kind", "proposal", "reason")
    for pk, kind, said, reason in rows.order_by("decided_at", "pk").values_list(*named):
        before = told.get(pk, Proposal())
        if kind == Item.Kind.MOVE:
            told[pk] = replace(before, moved=said.get("moved", ""), reason=reason)
        else:
            offered, cuts = said.get("offered_minor"), said.get("cuts", [])
            told[pk] = replace(before, offered_minor=offered, cuts=cuts)
    return told


def ranking_of(
    contest: Contest, rules: Rules, words: str = "", hidden: QuerySet[Examination] | None = None
) -> Ranking:
    """Everybody who is admitted still, in their order, with what each would get; a few queries.

    words: of the title, the number or the organisation, by which some of them are asked for.
    hidden: what whoever looks does not see, though it counts.
    """
    selection, proposals = selection_of(contest, rules), proposals_of(contest)
    rated = Coalesce("final", "preliminary")
    shut = _told(Q(pk__in=hidden.order_by().values("pk"))) if hidden is not None else _told(Q())
    rows = ranked(contest).annotate(rated=rated, is_found=_has(words), is_shut=shut).values_list(
        "pk", "code", "category", "rated", "submission__organisation_id",
        "submission__number", "submission__asked_minor", "chosen__pk", "is_found", "is_shut",
    )  # fmt: skip
    told_of = list(rows)
    pks: dict[str, int] = {row[1]: row[0] for row in told_of}
    found = {row[0] for row in told_of if row[-2]}
    unseen = {row[0] for row in told_of if row[-1]}
    candidates = [_candidate(row[1:-2], proposals.get(row[0], NOTHING)) for row in told_of]
    try:
        placed, is_over = select(candidates, selection), False
    except ValueError:
        candidates = [one._replace(moved="") for one in candidates]
        placed, is_over = select(candidates, selection), True
    by_key = {one.key: one for one in candidates}
    told = [
        Ranked(pks[one.key], by_key[one.key], one, proposals.get(pks[one.key], NOTHING))
        for one in placed
    ]
    counted: Counter[str] = Counter(one.outcome for one in placed)
    by_outcome = {name: counted[name] for name in Award.Outcome.values}
    return Ranking(told, selection, is_over, by_outcome, found if words else None, unseen)


def _candidate(row: tuple[Any, ...], said: Proposal) -> Candidate:
    code, category, rating, owner, number, asked, chosen = row
    return Candidate(
        key=code,
        category=category,
        organisation=str(owner),
        rating=rating,
        asked_minor=asked,
        submitted=number,
        offered_minor=said.offered_minor,
        moved=said.moved,  # type: ignore[arg-type]  # its form and its action let no other
        is_chosen=chosen is not None,
    )


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


def examinations_shown(pks: Sequence[int]) -> dict[int, Examination]:
    """Applications of a page, with what a line of it shows."""
    rows = Examination.objects.filter(pk__in=pks).select_related("submission__organisation")
    return {one.pk: one for one in rows}


def sittings_open(contest: Contest) -> QuerySet[Sitting]:
    """Sittings that still take items."""
    rows = Sitting.objects.filter(commission__contest=contest)
    return rows.exclude(stage=Sitting.Stage.CLOSED).order_by("-begins_at", "-pk")


def lists_adopted(contest: Contest) -> QuerySet[Any]:
    """Items by which the list of winners was adopted, the latest first.

    is_written: whether the awards of that sitting are the ones that stand.
    """
    rows = Item.objects.filter(
        sitting__commission__contest=contest,
        kind=Item.Kind.LIST,
        decision=Item.Decision.ADOPTED,
    )
    written = Exists(Award.objects.filter(sitting=OuterRef("sitting")))
    rows = rows.select_related("sitting").annotate(is_written=written)
    return rows.order_by("-decided_at", "-pk")


def items_about(examination: Examination) -> QuerySet[Item]:
    """What was proposed about an application, the latest first."""
    kinds = (Item.Kind.MOVE, Item.Kind.LESS)
    rows = examination.items.filter(kind__in=kinds)
    return rows.select_related("sitting").order_by("-pk")


def awards_of(contest: Contest) -> QuerySet[Award]:
    """What was decided about everybody, in no order yet."""
    return Award.objects.filter(examination__contest=contest)


def is_decided(contest: Contest) -> bool:
    """Whether awards are written."""
    return awards_of(contest).exists()


def examination_behind(submission: Submission) -> Examination | None:
    """The review of what was handed in; none where there is none."""
    rows = Examination.objects.select_related("contest", "submission__project")
    return rows.filter(submission=submission).first()


def is_set(contest: Contest) -> bool:
    """Whether the result goes out at its moment, or is out: from then on it is not changed."""
    rows = Publication.objects.filter(contest=contest)
    return rows.exclude(stage=Publication.Stage.PREPARED).exists()


def is_told(contest: Contest) -> bool:
    """Whether the result is published."""
    return Publication.objects.filter(contest=contest, stage="published").exists()


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
    asked = Q()
    for word in fold(words).split():
        named = Q(submission__title_folded__contains=word)
        named |= Q(submission__organisation__name_folded__contains=word)
        asked &= named | Q(submission__shown_number__contains=word)
    return _told(asked)


def _told(asked: Q) -> Case | Value:
    """Whether it is so; what is not asked is not so."""
    no = Value(value=False)
    return Case(When(asked, then=Value(value=True)), default=no) if asked else no
