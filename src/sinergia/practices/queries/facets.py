"""How many practices each choice of a filter would show, beside the other choices made."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils.translation import get_language

from sinergia.base.bulk import numbers_given
from sinergia.base.journal.queries import Change, last_change
from sinergia.base.search.queries import rows_found
from sinergia.places.models import Region, Theme
from sinergia.practices.models import ForeignPractice, Practice, PracticeAudience
from sinergia.practices.queries.catalogue import (
    KIND,
    NONE,
    OURS,
    PracticeFilter,
    bands,
    conditions,
    found,
    of_band,
    published,
    standing,
)

MOST_COUNTED = 2_000  # of what words find: facets are counted among the first so many
ALIKE = ("evidence", "maturity", "hosting", "cost")  # few values each: counted in one pass
Alike = tuple[str, ...]
Home = tuple[str, str, int]  # key of a feed, what its home calls itself, how many came


@dataclass(frozen=True)
class Counts:
    """What the facets say. of: facet to the number of each choice, by its code in an address.

    total: of everything that is asked; among: the numbers are of so many rows that the words found
    first; 0: of all. names: of regions by code, of themes by folded name, of homes by their feeds'
    keys; no homes where nothing came by a feed.
    """

    of: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    total: int = 0
    among: int = 0


@dataclass(frozen=True)
class Scope:
    """Among which rows is counted. within: those that words found; none where there are none."""

    asked: PracticeFilter
    within: RawSQL | None = None

    def rows(self, *without: str) -> QuerySet[Practice]:
        """The rows, whatever is chosen in the facets `without`."""
        return Practice.objects.filter(self.narrowed("", without)).order_by()

    def audiences(self) -> QuerySet[PracticeAudience]:
        """For whom the rows are, whatever is chosen of that."""
        if self.within is None and not self.asked.with_(q="", audience="").values:
            at_once = published().order_by().values("pk")
            return PracticeAudience.objects.filter(practice__in=at_once).order_by()
        narrowed = self.narrowed("practice__", ("audience",))
        return PracticeAudience.objects.filter(narrowed).order_by()

    def narrowed(self, at: str, without: Sequence[str]) -> Q:
        """What a row must be, whatever is chosen in the facets `without`."""
        narrowed = standing(at) & conditions(self.asked, at=at, without=without)
        return narrowed if self.within is None else narrowed & Q(**{f"{at}pk__in": self.within})


def kept_counts_of(asked: PracticeFilter) -> Counts:
    """`counts_of`; of the whole catalogue, which is asked for most, once between two changes."""
    change = None if asked.values else last_change()
    return counts_of(asked) if change is None else _whole(get_language() or "", change)


@lru_cache(maxsize=8)
def _whole(language: str, change: Change) -> Counts:
    return counts_of(PracticeFilter())


def counts_of(asked: PracticeFilter) -> Counts:
    """Count every facet beside the choices of the others.

    Four queries, five with words; one more where a home is chosen.
    """
    scope, among = _scope_of(asked)
    of, total = _beside(_alike(scope), asked)
    numbers = _numbers(scope)
    of["audience"], homes = _audiences_and_homes(scope)
    regions, themes = _named(numbers)
    of["region"], of["theme"] = Counter(), Counter()
    names: dict[str, dict[str, str]] = {"region": {}, "theme": {}, "home": {}}
    of["home"], names["home"] = _homes(scope, homes, total)
    for facet, known in (("region", regions), ("theme", themes)):
        for pk, number in numbers[facet].items():
            code, name = known.get(pk, (NONE, ""))
            of[facet][code] += number
            names[facet].setdefault(code, name)
    if among:
        total = found(asked).count()
    return Counts(of, names, total, among)


def _scope_of(asked: PracticeFilter) -> tuple[Scope, int]:
    """Among what is counted, and how many rows that is where it is not all that were found."""
    words = rows_found(KIND, asked.q)
    if words is None:
        return Scope(asked), 0
    pks = published().filter(pk__in=words).order_by("pk").values_list("pk", flat=True)
    first = list(pks[: MOST_COUNTED + 1])
    among = MOST_COUNTED if len(first) > MOST_COUNTED else 0
    return Scope(asked, numbers_given(first[:MOST_COUNTED])), among


def _alike(scope: Scope) -> dict[Alike, int]:
    """How many practices are alike in all facets of ALIKE, whatever is chosen in them."""
    costs = [When(of_band(band), then=Value(band)) for band in bands()]
    rows = scope.rows(*ALIKE).annotate(
        band=Case(*costs, default=Value(NONE), output_field=CharField())
    )
    told = rows.values_list("evidence", "maturity", "is_hosting", "band").annotate(n=Count("pk"))
    return {
        (str(evidence or NONE), str(maturity or NONE), "yes" if hosts else "", band): number
        for evidence, maturity, hosts, band, number in told
    }


def _beside(alike: Mapping[Alike, int], asked: PracticeFilter) -> tuple[dict[str, Any], int]:
    """What each choice of ALIKE shows beside what is chosen in the others; and all that fits."""
    of: dict[str, Counter[str]] = {facet: Counter() for facet in ALIKE}
    chosen = [getattr(asked, facet) for facet in ALIKE]
    total = 0
    for codes, number in alike.items():
        wrong = [
            facet
            for facet, wanted, code in zip(ALIKE, chosen, codes, strict=True)
            if wanted and wanted != code
        ]
        total += 0 if wrong else number
        if len(wrong) < 2:  # two that do not fit leave nothing, whichever is chosen anew
            for facet in wrong or ALIKE:
                of[facet][codes[ALIKE.index(facet)]] += number
    return of, total


def _numbers(scope: Scope) -> dict[str, Counter[int]]:
    """How many practices each region and each theme has, in one query; 0: none.

    Where neither is chosen, both are counted in one pass.
    """
    numbers: dict[str, Counter[int]] = {"region": Counter(), "theme": Counter()}
    if not (scope.asked.region or scope.asked.theme):
        told = scope.rows().values_list("region", "theme").annotate(n=Count("pk"))
        for region, theme, number in told:
            numbers["region"][region or 0] += number
            numbers["theme"][theme or 0] += number
        return numbers
    regions, themes = (
        scope.rows(facet).values_list(_text(facet), facet).annotate(n=Count("pk"))
        for facet in ("region", "theme")
    )
    for facet, value, number in regions.union(themes, all=True):
        numbers[facet][value or 0] += number
    return numbers


def _named(numbers: Mapping[str, Counter[int]]) -> tuple[dict[int, Any], dict[int, Any]]:
    """Regions and themes by number: the code of an address and the name; one query."""
    is_english = get_language() == "en"
    regions = Region.objects.filter(pk__in=numbers_given(numbers["region"])).order_by()
    themes = Theme.objects.filter(pk__in=numbers_given(numbers["theme"])).order_by()
    columns = ("pk", "name_ru", "name_en")
    told = regions.values_list(_text("region"), F("code"), *columns).union(
        themes.values_list(_text("theme"), F("name_folded"), *columns), all=True
    )
    known: dict[str, dict[int, tuple[str, str]]] = {"region": {}, "theme": {}}
    for facet, code, pk, name_ru, name_en in told:
        known[facet][pk] = (code, (name_en or name_ru) if is_english else name_ru)
    return known["region"], known["theme"]


def _audiences_and_homes(scope: Scope) -> tuple[Counter[str], list[Home]]:
    """How many practices are for whom, and how many came by which feed; one query."""
    for_whom = scope.audiences().values_list(_text("audience"), F("code"), _text(""), _text(""))
    rows = ForeignPractice.objects.filter(scope.narrowed("practice__", ("home",))).order_by()
    key = Cast("feed__key", CharField())
    by_feed = rows.values_list(_text("home"), key, "feed__name", "feed__address")
    both = for_whom.annotate(n=Count("pk")).union(by_feed.annotate(n=Count("pk")), all=True)
    audiences: Counter[str] = Counter()
    homes = []
    for facet, code, name, address, number in both:
        if facet == "audience":
            audiences[code] = number
        else:
            homes.append((str(UUID(code)), name or address, number))
    return audiences, homes


def _homes(scope: Scope, homes: Sequence[Home], total: int) -> tuple[Counter[str], dict[str, str]]:
    """How many came by each feed, and how their homes call themselves. total: of what is asked."""
    of = Counter({key: number for key, _name, number in homes})
    if homes or scope.asked.home:
        is_chosen = bool(scope.asked.home)
        ours = scope.rows("home").filter(organisation__isnull=False) if is_chosen else None
        of[OURS] = ours.count() if ours is not None else total - sum(of.values())
    return of, {key: name for key, name, _number in homes}


def _text(value: str) -> Value:
    return Value(value, CharField())
