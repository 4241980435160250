"""The catalogue: what is published and stands there, what of it a reader asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sinergia.base.asking import LONGEST_WORDS, ListFilter, key_text, one_of, read_key
from sinergia.base.bulk import numbers_given
from sinergia.base.search.queries import rows_found
from sinergia.engine.text import fold
from sinergia.packs.practices import lists
from sinergia.places.models import Region, Theme
from sinergia.practices.models import Adoption, ForeignPractice, Practice, PracticeAudience

KIND = "practice"  # as the index of search names them
NONE = "none"  # rows that say nothing of it
OURS = "ours"  # practices of organisations of this site
FEW = 1_000  # rows that are looked up before they are sorted
MOST_COMPARED = 4
BANDS_IN = "RUB"  # the currency of the bands of costs
COUNTED = (Adoption.State.RUNNING, Adoption.State.PROVEN)  # what everybody may know of


@dataclass(frozen=True)
class PracticeFilter(ListFilter):
    """What a reader asks of the catalogue; junk means nothing.

    q: words in any case form; region: a code or `none`; theme: its folded name, the same of all
    regions, or `none`; audience: a code; evidence, maturity: a level or `none`; cost: a
    key of BANDS or `none`; hosting: `yes`; home: `ours`, or the key of the feed it came by.
    """

    q: str = ""
    theme: str = ""
    audience: str = ""
    evidence: str = ""
    maturity: str = ""
    cost: str = ""
    region: str = ""
    hosting: str = ""
    home: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "PracticeFilter":
        """Read an address; unknown names and values that cannot be are dropped."""
        given = cls.texts_of(query)
        for name, longest in (("q", LONGEST_WORDS), ("region", 10), ("audience", 40)):
            given[name] = given[name][:longest]
        given["theme"] = fold(given["theme"])[:150]
        for name in ("evidence", "maturity"):
            given[name] = one_of(given[name], (*"123456789", NONE))
        given["cost"] = one_of(given["cost"], (*bands(), NONE))
        given["hosting"] = "yes" if given["hosting"] == "yes" else ""
        given["home"] = key_text(given["home"], OURS)
        return cls(**given)


def published() -> QuerySet[Practice]:
    """Whatever the public may find: nothing else is ever counted, listed or taken away."""
    return Practice.objects.filter(standing())


def published_by(organisation: str) -> QuerySet[Practice]:
    """Those of an organisation, by its key; the oldest first."""
    return published().filter(organisation__key=organisation).order_by("pk")


def standing(at: str = "") -> Q:
    """What stands in the catalogue; `at`: the way to it from another table."""
    return Q(**{f"{at}stage": Practice.Stage.PUBLISHED, f"{at}removed_at": None})


def found(asked: PracticeFilter) -> QuerySet[Practice]:
    """The practices that `asked` names, in no order yet."""
    rows = published().filter(conditions(asked))
    words = rows_found(KIND, asked.q)
    return rows if words is None else rows.filter(pk__in=words)


def conditions(asked: PracticeFilter, *, at: str = "", without: Sequence[str] = ()) -> Q:
    """What a row must be, but for the facets `without`; `at`: the way to it from another table."""
    narrowed = Q()
    for name, narrow in _ROWS.items():
        value = getattr(asked, name)
        if value and name not in without:
            narrowed &= narrow(value, at)
    return narrowed


def listed(asked: PracticeFilter, total: int) -> QuerySet[Practice]:
    """The rows with all that a line of the list shows, in no order yet. total: how many there are.

    Few among many are looked up first: walking a whole index for them takes a database long.
    """
    rows = found(asked)
    if total <= FEW and asked.values:
        return shown(Practice.objects.filter(pk__in=numbers_given(_pks(rows))))
    return shown(rows)


def shown(rows: QuerySet[Practice]) -> QuerySet[Practice]:
    """The same with whose they are, for whom, and how often they were taken home."""
    taken = Adoption.objects.filter(practice=OuterRef("pk"), state__in=COUNTED).order_by()
    number = taken.values("practice").annotate(n=Count("pk")).values("n")
    return (
        rows.select_related("organisation", "region", "theme", "foreign__feed")
        .prefetch_related(Prefetch("audiences", PracticeAudience.objects.order_by("code")))
        .annotate(taken=Coalesce(Subquery(number), 0))
    )


def compared(keys: Sequence[str]) -> list[Practice]:
    """The first few of these that are in the catalogue, in their order, each once."""
    wanted = list(dict.fromkeys(key for text in keys if (key := read_key(text)) is not None))
    rows = {one.key: one for one in shown(published().filter(key__in=wanted[:20]))}
    return [rows[key] for key in wanted if key in rows][:MOST_COMPARED]


def _pks(rows: QuerySet[Practice]) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True))


def _of_theme(value: str, at: str) -> Q:
    if value == NONE:
        return Q(**{f"{at}theme__isnull": True})
    named = Theme.objects.filter(name_folded=value).order_by()
    return Q(**{f"{at}theme__in": named.values("pk")})


def _of_region(value: str, at: str) -> Q:
    if value == NONE:
        return Q(**{f"{at}region__isnull": True})
    return Q(**{f"{at}region__in": Region.objects.filter(code=value).values("pk")})


def _of_audience(value: str, at: str) -> Q:
    theirs = PracticeAudience.objects.filter(code=value).order_by()
    return Q(**{f"{at}pk__in": theirs.values("practice")})


def _of_level(column: str) -> Callable[[str, str], Q]:
    return lambda value, at: Q(**{f"{at}{column}": 0 if value == NONE else int(value)})


def _of_home(value: str, at: str) -> Q:
    if value == OURS:
        return Q(**{f"{at}organisation__isnull": False})
    theirs = ForeignPractice.objects.filter(feed__key=value).order_by()
    return Q(**{f"{at}pk__in": theirs.values("practice")})


@cache
def bands() -> Mapping[str, tuple[int, int | None]]:
    """Costs to begin by the codes of their bands: from the bound before to this one, inside."""
    told, lowest = {}, 0
    for band in lists().costs:
        told[band.code] = (lowest, band.most_minor)
        lowest = (band.most_minor or 0) + 1
    return told


def of_band(value: str, at: str = "") -> Q:
    """What costs so much to begin; `none`: not said, or in another currency than the bands are."""
    ours = Q(**{f"{at}currency": BANDS_IN})
    if value == NONE:
        dear = Q(**{f"{at}start_minor__gt": 0})  # nothing is nothing in any currency
        return Q(**{f"{at}start_minor__isnull": True}) | (dear & ~ours)
    lowest, highest = bands()[value]
    narrowed = Q(**{f"{at}start_minor__gte": lowest}) & (ours if highest != 0 else Q())
    return narrowed if highest is None else narrowed & Q(**{f"{at}start_minor__lte": highest})


_ROWS: dict[str, Callable[[str, str], Q]] = {
    "region": _of_region,
    "theme": _of_theme,
    "audience": _of_audience,
    "evidence": _of_level("evidence"),
    "maturity": _of_level("maturity"),
    "cost": of_band,
    "hosting": lambda _value, at: Q(**{f"{at}is_hosting": True}),
    "home": _of_home,
}
