"""The ranking of a contest as it stands at this moment, and what is asked of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sinergia.applications.models import Submission
from sinergia.base.asking import ListFilter, one_of
from sinergia.calls.models import Contest
from sinergia.engine.rating import Selection, order, places_of
from sinergia.engine.text import fold
from sinergia.packs.rules.schema import Rules
from sinergia.review.models import Examination, Expert, Sheet

STATES = ("passes", "below", "unrated", "full", "short", "divergent", "ruled")
BY_LINE: Mapping[str, tuple[bool | None, ...]] = {
    "passes": (True,),
    "below": (False,),
    "unrated": (None,),
}
READ = (
    "pk",
    "code",
    "category",
    "preliminary",
    "final",
    "submission__number",
    "submission__asked_minor",
)


class Row(NamedTuple):
    """An application under review as the ranking reads it; key: its code."""

    pk: int
    key: str
    category: str
    preliminary: Decimal | None
    final: Decimal | None
    submitted: int
    asked_minor: int

    @property
    def rating(self) -> Decimal | None:
        """The one in force: the final one, where there is any."""
        return self.preliminary if self.final is None else self.final


class Line(NamedTuple):
    """A line of the ranking. passes: its category's line; none where it has no rating."""

    row: Row
    place: int
    passes: bool | None


@dataclass(frozen=True)
class RankingFilter(ListFilter):
    """What a reader asked to see. Values are text of an address; junk means nothing.

    q: words of the number, the code or the title; state: one of STATES; sheets: how many count.
    """

    q: str = ""
    category: str = ""
    direction: str = ""
    state: str = ""
    sheets: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "RankingFilter":
        """Read an address; unknown names and values that cannot be are dropped."""
        given = cls.texts_of(query)
        given["category"] = given["category"][:40]
        given["direction"] = given["direction"][:40]
        given["state"] = one_of(given["state"], STATES)
        is_number = given["sheets"].isascii() and given["sheets"].isdigit()
        given["sheets"] = given["sheets"][:3] if is_number else ""
        return cls(**given)


def ranked(contest: Contest) -> QuerySet[Examination]:
    """Applications that take part in the ranking: those that are admitted still."""
    return Examination.objects.filter(
        contest=contest, submission__stage=Submission.Stage.ADMITTED
    ).order_by("pk")


def rows_of(contest: Contest) -> list[Row]:
    """Every application of the ranking, in no order yet; one query."""
    return [Row(*told) for told in ranked(contest).values_list(*READ)]


def selection_of(contest: Contest, rules: Rules) -> Selection:
    """What the rules and the contest say about the line."""
    return Selection(
        budget_minor=contest.budget_minor,
        line=rules.selection.line,
        lines=rules.selection.lines,
        wins=rules.applicant.wins,
        ties=rules.selection.ties,
        seed=seed_of(contest) if "lot" in rules.selection.ties else "",
    )


def seed_of(contest: Contest) -> str:
    """Of a lot: the checksums of all applications, which nobody could choose; hex."""
    rows = ranked(contest).order_by("code")
    digests = rows.values_list("submission__frozen__digest", flat=True)
    return sha256("\n".join(digests).encode()).hexdigest()


def ranking_of(
    rows: Iterable[Row], selection: Selection, hidden: Collection[int] = ()
) -> list[Line]:
    """The ranking, best first, before the commission has said anything.

    hidden: primary keys of what whoever looks does not see; places are counted without these.
    """
    rows = [one for one in rows if one.pk not in hidden]
    ordered = order(rows, selection)
    places = places_of(one.rating for one in ordered)
    return [
        Line(one, place, passes(one, selection)) for one, place in zip(ordered, places, strict=True)
    ]


def passes(row: Row, selection: Selection) -> bool | None:
    """Whether a rating reaches the line of its category; none without a rating."""
    line = selection.line_of(row.category)
    return None if row.rating is None else line is None or row.rating >= line


def narrowed(
    lines: Sequence[Line], asked: RankingFilter, contest: Contest, rules: Rules
) -> list[Line]:
    """Lines that are asked for, each with the place that it has among all; a query for words."""
    found, kept = _asked(asked, rules), None
    if found:
        kept = set(ranked(contest).filter(found).values_list("pk", flat=True))
    wanted = BY_LINE.get(asked.state, (True, False, None))
    return [one for one in lines if one.passes in wanted and (kept is None or one.row.pk in kept)]


def _asked(asked: RankingFilter, rules: Rules) -> Q:
    """What the database knows of a filter."""
    found = Q()
    for word in fold(asked.q).split():
        named = Q(submission__title_folded__contains=word) | Q(code__contains=word.upper())
        found &= named | Q(submission__shown_number__contains=word)
    if asked.direction:
        found &= Q(submission__direction=asked.direction)
    if asked.category:
        found &= Q(category=asked.category)
    if asked.sheets:
        found &= Q(signed=int(asked.sheets))
    divergence = rules.review.further.divergence
    apart = Q(pk__in=[]) if divergence is None else Q(signed__gt=1, spread__gte=divergence)
    states = {
        "full": Q(signed__gte=F("due")),
        "short": Q(signed__lt=F("due")),
        "divergent": apart,
        "ruled": Q(final__isnull=False),
    }
    return found & states.get(asked.state, Q())


def examinations_by(rows: Iterable[Row]) -> dict[int, Examination]:
    """The same applications with all that a line of a page shows, by primary key."""
    whole = Examination.objects.select_related("submission__organisation")
    return {one.pk: one for one in whole.filter(pk__in=[one.pk for one in rows])}


def sheets_by_application(contest: Contest) -> dict[int, dict[int, Decimal]]:
    """Ratings of the sheets that count: {application: {expert: rating}} by primary keys."""
    told: dict[int, dict[int, Decimal]] = {}
    rows = Sheet.objects.filter(expert__contest=contest, stage=Sheet.Stage.SIGNED).order_by("pk")
    for examination, expert, rating in rows.values_list("examination", "expert", "rating"):
        if rating is not None:
            told.setdefault(examination, {})[expert] = rating
    return told


def experts_by_sheets(contest: Contest) -> list[Expert]:
    """Experts of whom any sheet counts, in the order of their codes."""
    counted = Sheet.objects.filter(expert=OuterRef("pk"), stage=Sheet.Stage.SIGNED)
    return list(Expert.objects.filter(Exists(counted), contest=contest).order_by("pk"))
