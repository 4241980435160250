"""The published result: one filter for the list, its numbers and its file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    F,
    Min,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, LPad

from sinergia.base.asking import ListFilter, one_of
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import public_contests
from sinergia.engine.text import fold
from sinergia.packs.rules import Rules
from sinergia.review.models import Archive, Award, Publication
from sinergia.review.queries.decision import awards_of

OUTCOMES: Mapping[str, Q] = {
    "won": Q(outcome="won") | Q(follow="promoted"),
    "unmoved": (Q(outcome="won") | Q(follow="promoted")) & ~Q(why="moved"),
    "reserve": Q(outcome="reserve", follow=""),
    "lost": Q(outcome="lost"),
    "below": Q(why="line"),
    "short": Q(why="budget"),
    "moved": Q(why="moved"),
    "declined": Q(follow="declined"),
}
STANDING = ("below", "short", "moved")  # outcomes that tell where one stands who did not win
LAST = 10**9  # above every place of a list
COMES_TO = OUTCOMES["won"] & ~Q(follow="declined")  # whose money is taken


@dataclass(frozen=True)
class ResultsFilter(ListFilter):
    """What a reader asked to see; junk means nothing. q: words of title, number, organisation."""

    q: str = ""
    outcome: str = ""
    category: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ResultsFilter":
        """Read an address; unknown names and values that cannot be are dropped."""
        given = cls.texts_of(query)
        given["outcome"] = one_of(given["outcome"], OUTCOMES)
        given["category"] = given["category"][:40]
        return cls(**given)

    def told_by(self, rules: Rules | None) -> "ResultsFilter":
        """The same without what the rules let nobody ask."""
        is_standing = is_hushed(rules) and self.outcome in STANDING
        return replace(self, outcome="") if is_standing else self


@dataclass(frozen=True)
class Totals:
    """Figures of a result; sums in minor units. taken: by winners who did not decline.

    below: of whom the line decided; short: whom the money did not reach. last: the smallest rating
    that won without being moved. reserve: who still waits there.
    """

    applications: int
    won: int
    reserve: int
    declined: int
    moved: int
    awarded_minor: int
    taken_minor: int
    below: int
    short: int
    last: Decimal | None


def publication_of(contest: Contest) -> Publication | None:
    """What is known of when the result is told; none before anybody prepared it."""
    found = Publication.objects.filter(contest=contest).first()
    if found is not None:
        found.contest = contest  # as it was read, with its call
    return found


def published_contests() -> QuerySet[Contest]:
    """Contests whose result everybody may see."""
    told = Publication.objects.filter(stage=Publication.Stage.PUBLISHED).values("contest")
    return public_contests().filter(pk__in=told)


def is_hushed(rules: Rules | None) -> bool:
    """Whether by these rules ratings are told of winners alone."""
    return rules is not None and rules.selection.scores == "winners"


def with_told_order(rows: QuerySet[Award]) -> QuerySet[Award]:
    """The same with what it is sorted by where ratings are told of winners alone.

    Who lost stands last; equals go by their numbers, for rows are kept in the order of ratings.
    """
    number = F("examination__submission__number")
    return rows.annotate(
        told_at=Case(
            When(outcome="lost", then=number + LAST),
            default=F("at"),
            output_field=BigIntegerField(),
        ),
        told_title=_then_number("examination__submission__title_folded"),
        told_owner=_then_number("examination__submission__organisation__name_folded"),
    )


def _then_number(column: str) -> Concat:
    number = Cast("examination__submission__number", CharField())
    return Concat(column, Value(" "), LPad(number, 12, Value("0")), output_field=CharField())


def told(row: Award, rules: Rules | None) -> Award:
    """An award as everybody may read it by these rules; it is not to be saved."""
    has_won = row.outcome == Award.Outcome.WON or row.follow == Award.Follow.PROMOTED
    if is_hushed(rules) and not has_won:
        row.at, row.place, row.rating, row.why, row.reason = 0, 0, None, "", ""
    return row


def results(contest: Contest, asked: ResultsFilter) -> QuerySet[Award]:
    """Awards that are asked for, in no order yet."""
    rows = awards_of(contest)
    if asked.outcome:
        rows = rows.filter(OUTCOMES[asked.outcome])
    if asked.category:
        rows = rows.filter(examination__category=asked.category)
    for word in fold(asked.q).split():
        named = Q(examination__submission__title_folded__contains=word)
        named |= Q(examination__submission__organisation__name_folded__contains=word)
        rows = rows.filter(named | Q(examination__submission__shown_number__contains=word))
    return rows


def shown(rows: QuerySet[Award]) -> QuerySet[Award]:
    """The same with all that a line shows."""
    names = ("submission__organisation", "submission__application")
    return rows.select_related(*(f"examination__{name}" for name in names))


def totals_of(contest: Contest) -> Totals:
    """Figures of a contest's result, in one query."""
    counted = awards_of(contest).aggregate(
        applications=Count("pk"),
        won=Count("pk", filter=OUTCOMES["won"]),
        reserve=Count("pk", filter=OUTCOMES["reserve"]),
        declined=Count("pk", filter=OUTCOMES["declined"]),
        moved=Count("pk", filter=OUTCOMES["moved"]),
        below=Count("pk", filter=OUTCOMES["below"]),
        short=Count("pk", filter=OUTCOMES["short"]),
        last=Min("rating", filter=OUTCOMES["unmoved"]),
        by_decision=Sum("awarded_minor", filter=Q(outcome="won"), default=0),
        taken_minor=Sum("awarded_minor", filter=COMES_TO, default=0),
    )
    return Totals(awarded_minor=counted.pop("by_decision"), **counted)


def public_totals(contest: Contest, rules: Rules | None) -> Totals:
    """The same as everybody may know them."""
    totals = totals_of(contest)
    return replace(totals, below=0, short=0, moved=0) if is_hushed(rules) else totals


def award_keyed(contest: Contest, key: UUID | str) -> Award | None:
    """One award of a contest."""
    return shown(awards_of(contest)).filter(key=key).first()


def archive_of(contest: Contest) -> Archive | None:
    """The last archive that was made of it; its content, megabytes, is read where it is asked."""
    rows = Archive.objects.filter(contest=contest).defer("content")
    return rows.order_by("-version").first()
