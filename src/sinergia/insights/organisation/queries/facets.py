"""How many organisations each choice of a filter would show, beside the other choices made."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from sinergia.applications.queries.filters import NONE
from sinergia.base.bulk import numbers_given
from sinergia.insights.organisation.queries.alike import ALIKE, Alike, alike_cells, alike_rows
from sinergia.insights.organisation.queries.filters import MET, OrganisationFilter, Reader
from sinergia.insights.organisation.queries.names import Names
from sinergia.insights.organisation.queries.rows import (
    ON_ROWS,
    cells,
    conditions,
    day_before,
    found,
    found_by_words,
    met_by,
    met_since,
    numbered,
    served,
    visible,
)
from sinergia.organisations.models import Organisation, OrganisationTheme

MOST_COUNTED = 2_000  # of what words find: facets are counted among the first so many
HAS_CODES = {"won": ("applications", "grants"), "applied": ("applications",), "none": ("none",)}
PLACES = ("region", "municipality", "theme")  # another region lets go of the two below it
LESS = "less "  # before the facets of those who were met
LONG_AGO = 13  # months: before all that MET asks for

Counted = QuerySet[Any, tuple[str, int | None, int]]  # a facet, a value of it, how many
Numbers = dict[str, Counter[int]]  # a facet: its values, 0 for none, and how many have them


@dataclass(frozen=True)
class Counts:
    """What the facets say. of: facet to the number of each choice, by its code in an address.

    total: of everything that is asked; ours: of it, what the reader's centre serves; among: the
    numbers are of so many rows that the words found first; 0: of all.
    """

    of: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    total: int = 0
    ours: int = 0
    among: int = 0


@dataclass(frozen=True)
class Scope:
    """Among which rows is counted.

    within: those that the words found, none where there are no words; near: of these, the ones in
    the chosen region, where one is: a database that knows both would rather walk the region.
    is_ours: only the regions of the reader's centre.
    """

    asked: OrganisationFilter
    reader: Reader
    within: RawSQL | QuerySet[Any, Any] | None = None
    near: RawSQL | None = None
    is_ours: bool = False

    def rows(self, *without: str) -> QuerySet[Organisation]:
        """The rows, whatever is chosen in the facets `without`."""
        return Organisation.objects.filter(self.linked(*without, at="")).order_by()

    def linked(self, *without: str, at: str = "organisation__") -> Q:
        """The same, asked of a table that has a key to organisations."""
        is_near = self.near is not None and "region" not in without
        known = (*without, "region") if is_near else without
        narrowed = conditions(self.asked, self.reader, at=at, without=known)
        if is_near:
            return narrowed & replace(self, within=self.near).bounds(at)
        return narrowed & self.bounds(at)

    def counted(self, facet: str, column: str, *without: str) -> Counted:
        """How many of the rows have each value of a column."""
        return _tally(self.rows(*without), facet, column)

    def by_region(self, facet: str, *without: str, ours: bool = False) -> Counted:
        """How many organisations each region has: from the cube, where it knows what is asked."""
        scope = replace(self, is_ours=self.is_ours or ours)
        if not scope.is_in_cube(*without):
            return scope.counted(facet, "region", *without)
        cubed = cells(self.asked, self.reader, without=without).filter(scope.bounds())
        return cubed.values_list(Value(facet, CharField()), "region").annotate(n=numbered())

    def is_in_cube(self, *without: str) -> bool:
        """Whether the cube knows of everything that is asked but for the facets `without`."""
        asked = (getattr(self.asked, name) for name in ON_ROWS if name not in without)
        return self.within is None and not any(asked)

    def alike(self) -> Counter[Alike]:
        """How many organisations are alike in all facets of ALIKE, whatever is chosen in them."""
        if self.is_in_cube():
            cubed = cells(self.asked, self.reader, without=ALIKE).filter(self.bounds())
            return alike_cells(cubed, self.reader)
        return alike_rows(self.rows(*ALIKE), self.reader)

    def bounds(self, at: str = "") -> Q:
        """The same among the words' rows and the centre's regions alone."""
        bounds = served(self.reader, at) if self.is_ours else Q()
        return bounds if self.within is None else bounds & Q(**{f"{at}pk__in": self.within})


def counts_of(asked: OrganisationFilter, reader: Reader, names: Names) -> Counts:
    """Count every facet beside the choices of the others: two queries, three with words.

    Those who were not met are too many to be counted in time: all less those who were, three.
    """
    scope, among = scope_of(asked, reader)
    if asked.met and reader.centre_id and scope.within is None:
        scope = replace(scope, asked=asked.with_(met=""), is_ours=True)
        met = replace(scope, within=met_since(asked.met, reader).values("organisation"))
        parts = [*_places(scope), *_meetings(scope), *_places(met, LESS)]
        alike, numbers = scope.alike(), _numbers(parts)
        alike.subtract(met.alike())
        for facet in [*numbers]:
            numbers[facet].subtract(numbers.get(LESS + facet, {}))
    else:
        totals = _totals(asked, reader) if among else []
        alike = scope.alike()
        numbers = _numbers([*_places(scope), *_meetings(scope), *totals])
    of, chosen = _beside(alike, asked, names.codes("form"))
    if "no_theme" in numbers:
        numbers["theme"][0] = numbers["no_theme"].total()
    for facet in PLACES:
        codes = names.codes(facet)
        of[facet] = Counter({codes[pk]: n for pk, n in numbers[facet].items() if pk in codes})
    if reader.centre_id:
        of["met"] = _not_met(numbers["met"], numbers["served"].total())
    total = numbers["total"].total() if among else chosen
    if asked.met:  # asked of the centre's own regions alone
        return Counts(of, total, total, among)
    return Counts(of, total, numbers["ours" if among else "served"].total(), among)


def scope_of(asked: OrganisationFilter, reader: Reader) -> tuple[Scope, int]:
    """Among what is counted, and how many rows that is where it is not all that were found."""
    if not (asked.q or asked.work or asked.filed.values):
        return Scope(asked, reader), 0
    # By a sum, not by the number itself: by that PostgreSQL walks the register from its beginning
    # until it has met so many of the rows, which may all stand at its end.
    rows = found_by_words(asked).filter(visible(reader)).order_by(F("pk") + 0)
    pairs = list(rows.values_list("pk", "region__code")[: MOST_COUNTED + 1])
    among = MOST_COUNTED if len(pairs) > MOST_COUNTED else 0
    pks = numbers_given(pk for pk, _region in pairs[:MOST_COUNTED])
    wanted = None if asked.region == NONE else asked.region
    near = numbers_given(pk for pk, region in pairs[:MOST_COUNTED] if region == wanted)
    return Scope(asked, reader, pks, near if asked.region else None), among


def _beside(
    alike: Mapping[Alike, int], asked: OrganisationFilter, forms: Mapping[int, str]
) -> tuple[dict[str, Counter[str]], int]:
    """What each choice of ALIKE shows beside what is chosen in the others; and all that fits."""
    of: dict[str, Counter[str]] = {facet: Counter() for facet in ALIKE}
    chosen = [getattr(asked, facet) for facet in ALIKE]
    total = 0
    for one, number in alike.items():
        plain = {"status": (one.status,), "kind": (one.kind,), "age": (one.age,)}
        codes = plain | {"form": (forms.get(one.form, ""),), "has": HAS_CODES[one.has]}
        wrong = [
            facet
            for facet, wanted in zip(ALIKE, chosen, strict=True)
            if wanted and wanted not in codes[facet]
        ]
        total += 0 if wrong else number
        if len(wrong) < 2:  # two that do not fit leave nothing, whichever is chosen anew
            for facet in wrong or ALIKE:
                for code in codes[facet]:
                    of[facet][code] += number
    return of, total


def _numbers(parts: Sequence[Counted]) -> Numbers:
    """Everything that is counted so, in one query."""
    numbers: Numbers = defaultdict(Counter)
    for facet, value, number in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
        numbers[facet][value or 0] += number
    return numbers


def _places(scope: Scope, mark: str = "") -> list[Counted]:
    """Regions; of the chosen one, its municipalities and themes. mark: before each facet's name."""
    parts = [scope.by_region(f"{mark}region", *PLACES)]
    if scope.asked.region in ("", NONE):
        return parts
    links = OrganisationTheme.objects.filter(scope.linked("theme"))
    theirs = OrganisationTheme.objects.filter(organisation=OuterRef("pk"))
    without = scope.rows("theme").filter(~Exists(theirs))
    return [
        *parts,
        scope.counted(f"{mark}municipality", "municipality", "municipality"),
        _tally(links, f"{mark}theme", "theme"),
        _tally(without, f"{mark}no_theme", "region"),
    ]


def _meetings(scope: Scope) -> list[Counted]:
    """How many of its own regions the reader's centre has met, by how long ago; and all of them."""
    reader = scope.reader
    if not reader.centre_id:
        return []
    spans = [
        When(met_on__gt=day_before(reader.today, months), then=Value(months))
        for months in MET.values()
        if months is not None
    ]
    met = met_by(reader).filter(scope.linked("met"), served(reader, "organisation__"))
    ago = met.annotate(ago=Case(*spans, default=Value(LONG_AGO)))
    return [_tally(ago, "met", "ago"), scope.by_region("served", "met", ours=True)]


def _totals(asked: OrganisationFilter, reader: Reader) -> list[Counted]:
    """All that words find, and what of it the reader's centre serves."""
    rows = found(asked, reader)
    ours = [_tally(rows.filter(served(reader)), "ours", "region")] if reader.centre_id else []
    return [_tally(rows, "total", "region"), *ours]


def _tally(rows: QuerySet[Any], facet: str, column: str) -> Counted:
    counted = rows.select_related(None).order_by().values_list(Value(facet, CharField()), column)
    tallied: Counted = counted.annotate(n=Count("pk"))
    return tallied


def _not_met(met: Mapping[int, int], everybody: int) -> Counter[str]:
    """Of everybody, those who were not met for so long."""
    told = {
        code: everybody - sum(n for ago, n in met.items() if months is None or ago <= months)
        for code, months in MET.items()
    }
    return Counter(told)
