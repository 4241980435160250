"""How many rows each step has, by contest; kept until something changes, as all figures are."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, QuerySet, TextField, Value

from sinergia.base.journal.queries import Change, last_change
from sinergia.calls.models import Contest
from sinergia.insights.funnel.queries.steps import KINDS, STEPS, own
from sinergia.places.models import Region


@dataclass(frozen=True)
class ContestCounts:
    """One contest: how many rows of the region each step has.

    is_decided: whether everybody may see its result; before that nothing after "admitted" is told.
    """

    key: UUID
    name: str
    year: int
    is_decided: bool
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Funnel:
    """The way of a region: its contests, the last first."""

    contests: Sequence[ContestCounts]

    def narrowed(self, *, year: str = "", call: str = "") -> "Funnel":
        """Those of one year, or one of them; "" for all."""
        found = [one for one in self.contests if year in ("", str(one.year))]
        return Funnel([one for one in found if call in ("", str(one.key))])

    @property
    def counts(self) -> Mapping[str, int]:
        """All contests together."""
        return _added(self.contests)

    @property
    def by_year(self) -> list[tuple[int, Mapping[str, int]]]:
        """Each year's contests together, the last first."""
        years = sorted({one.year for one in self.contests}, reverse=True)
        return [(year, _added(self.narrowed(year=str(year)).contests)) for year in years]

    @property
    def is_decided(self) -> bool:
        """Whether the result of any of them is known."""
        return any(one.is_decided for one in self.contests)


def funnel_of(region: Region) -> Funnel:
    """Count a region's way: one query for all kinds of rows, one for their contests."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    kinds = [_of_kind(region, name) for name in KINDS]
    for name, call, *numbers in kinds[0].union(*kinds[1:], all=True):
        codes = [step.code for step in STEPS if step.kind == name]
        found[call].update(dict(zip(codes, numbers, strict=False)))
    contests = Contest.objects.filter(call__in=list(found)).select_related("call")
    told = contests.order_by("-call__contest_year", "-pk")
    return Funnel([_contest(one, found[one.call_id]) for one in told])


def _of_kind(region: Region, name: str) -> QuerySet[Any, Any]:
    """The kind, the contest's call, a number for each step of the kind; noughts fill it up."""
    kind, steps = KINDS[name], [step for step in STEPS if step.kind == name]
    rows = own(kind).filter(**{f"{kind.way}region": region}).order_by()
    counted: dict[str, Any] = {
        f"n{place}": Count("pk", filter=step.where or None) for place, step in enumerate(steps)
    }
    for place in range(len(steps), _WIDEST):
        counted[f"n{place}"] = Value(0, IntegerField())
    told: QuerySet[Any, Any] = rows.values(
        said=Value(name, TextField()), of=F(f"{kind.way}call")
    ).annotate(**counted)
    numbers = (f"n{place}" for place in range(_WIDEST))
    listed: QuerySet[Any, Any] = told.values_list("said", "of", *numbers)
    return listed


_WIDEST = max(Counter(step.kind for step in STEPS).values())


def kept_funnel(region: Region, change: Change | None = None) -> Funnel:
    """`funnel_of`, counted again only after a change. change: the last one, where it is known."""
    last = change or last_change()
    return funnel_of(region) if last is None else _kept(region, last)


@lru_cache(maxsize=128)
def _kept(region: Region, change: Change) -> Funnel:
    return funnel_of(region)


def _contest(contest: Contest, counts: Mapping[str, int]) -> ContestCounts:
    call = contest.call
    is_told = contest.results_at is not None
    named = {step.code: counts.get(step.code, 0) for step in STEPS}
    return ContestCounts(call.key, call.name, call.contest_year, is_told, named)


def _added(contests: Sequence[ContestCounts]) -> Mapping[str, int]:
    return {step.code: sum(one.counts[step.code] for one in contests) for step in STEPS}
