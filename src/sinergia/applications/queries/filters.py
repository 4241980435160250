"""One filter for every list, count, sum and link over applications: a number is what it opens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.applications.models import Application, Doubt
from sinergia.applications.queries.grown import grew_from_exchange
from sinergia.base.asking import ListFilter, key_text, one_of
from sinergia.base.search.queries import rows_found
from sinergia.calls.models import DirectionTheme, Fund, Outcome

NONE = "none"  # rows that say nothing of it

# Upper bounds of the asked sum, in whole units of the currency, the bound itself inside.
SIZES = {"s1": 500_000, "s2": 1_000_000, "s3": 3_000_000, "s4": 10_000_000, "s5": None}

# What an official calls "won": decided in favour, whether or not the grant was taken.
OUTCOMES: dict[str, list[str]] = {
    "won": [Outcome.WON, Outcome.DECLINED],
    "decided": [Outcome.WON, Outcome.DECLINED, Outcome.LOST],
    "admitted": [
        Outcome.WON, Outcome.DECLINED, Outcome.LOST, Outcome.PENDING, Outcome.UNKNOWN,
    ],
    "declined": [Outcome.DECLINED],
    "lost": [Outcome.LOST],
    "pending": [Outcome.PENDING],
    "not_admitted": [Outcome.NOT_ADMITTED],
    "withdrawn": [Outcome.WITHDRAWN],
    "unknown": [Outcome.UNKNOWN],
}  # fmt: skip

# Wins of organisations that had none before that year, that had one, that have more than one.
WINNERS = ("new", "repeated", "several")


@dataclass(frozen=True)
class ApplicationFilter(ListFilter):
    """What a reader asked to see. Every value is text from an address; junk means nothing.

    region: a code or `none`; fund: a code; call, direction, theme, municipality, organisation:
    keys, or `none`; year: four digits or `none`; size: a key of SIZES; outcome: a key of
    OUTCOMES; winner: a key of WINNERS; currency: its ISO code; awaiting: `yes`; grown: `yes`,
    what began with a practice or a visit; q: words in any case form.
    """

    q: str = ""
    region: str = ""
    municipality: str = ""
    fund: str = ""
    call: str = ""
    year: str = ""
    direction: str = ""
    theme: str = ""
    size: str = ""
    outcome: str = ""
    winner: str = ""
    currency: str = ""
    organisation: str = ""
    awaiting: str = ""
    grown: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str], prefix: str = "") -> "ApplicationFilter":
        """Read an address; unknown names and values that cannot be are dropped.

        prefix: before each name, where the address belongs to a list of something else.
        """
        given = cls.texts_of(query, prefix)
        for name in ("municipality", "call", "direction", "theme", "organisation"):
            given[name] = key_text(given[name], NONE)
        if not (given["year"] == NONE or (given["year"].isdecimal() and len(given["year"]) == 4)):
            given["year"] = ""
        given["size"] = one_of(given["size"], SIZES)
        given["outcome"] = one_of(given["outcome"], OUTCOMES)
        given["winner"] = one_of(given["winner"], WINNERS)
        for name in ("awaiting", "grown"):
            given[name] = "yes" if given[name] == "yes" else ""
        for name, longest in (("region", 10), ("fund", 40), ("currency", 3)):
            given[name] = given[name][:longest]
        return cls(**given)

    def to_query(self, prefix: str = "", **more: str) -> str:
        """Write an address's query without what is empty; `more` overrides or adds."""
        given = {prefix + name: value for name, value in self.values.items()} | more
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return self == ApplicationFilter()


def applications(asked: ApplicationFilter) -> QuerySet[Application]:
    """The rows that `asked` names, in no order yet; public: it takes no person."""
    rows = Application.objects.all()
    for name, narrow in _NARROWERS.items():
        value = getattr(asked, name)
        if value:
            rows = rows.filter(narrow(value))
    if asked.theme:
        rows = rows.filter(_of_theme(asked.theme, asked.region))
    if asked.winner:
        rows = rows.filter(_of_winner(asked.winner, asked.fund))
    found = rows_found("application", asked.q)
    return rows if found is None else rows.filter(pk__in=found)


def other_wins(fund: str = "") -> QuerySet[Application]:
    """Wins of the outer row's organisation beside it, of one fund where it is named."""
    others = Application.objects.filter(
        organisation=OuterRef("organisation"), outcome__in=OUTCOMES["won"]
    ).exclude(pk=OuterRef("pk"))
    # Beside `organisation`, a plain condition on the fund makes SQLite walk all of the fund's rows.
    of_fund = Exists(Fund.objects.filter(pk=OuterRef("fund"), code=fund))
    return others.filter(of_fund) if fund else others


def earlier_wins(fund: str = "") -> QuerySet[Application]:
    """Those of them in a year before the outer row's."""
    return other_wins(fund).filter(contest_year__gt=0, contest_year__lt=OuterRef("contest_year"))


def _by_key(column: str) -> Callable[[str], Q]:
    """Narrow by the key of a related row, or to rows without one."""

    def narrow(value: str) -> Q:
        if value == NONE:
            return Q(**{f"{column}__isnull": True})
        return Q(**{f"{column}__key": value})

    return narrow


def _of_region(value: str) -> Q:
    return Q(region__isnull=True) if value == NONE else Q(region__code=value)


def _of_year(value: str) -> Q:
    return Q(contest_year=0 if value == NONE else int(value))


def _of_size(value: str) -> Q:
    """Bounds are whole units; two decimals for every currency that is loaded so far."""
    bounds = list(SIZES.values())
    place = list(SIZES).index(value)
    lower, upper = (bounds[place - 1] if place else None), bounds[place]
    narrowed = Q() if lower is None else Q(asked_minor__gt=lower * 100)
    return narrowed if upper is None else narrowed & Q(asked_minor__lte=upper * 100)


def _of_outcome(value: str) -> Q:
    return Q(outcome__in=OUTCOMES[value])


def awaits_a_person() -> Q:
    """Whether something about the row is still to be decided."""
    return Q(pk__in=Doubt.objects.filter(settled_at__isnull=True).values("application"))


def _of_winner(winner: str, fund: str) -> Q:
    """Narrow to wins whose organisation is known, by what else it has won."""
    won = Q(outcome__in=OUTCOMES["won"], organisation__isnull=False)
    if winner == "several":
        return won & Q(Exists(other_wins(fund)))
    had_won = Q(Exists(earlier_wins(fund)))
    return won & Q(contest_year__gt=0) & (had_won if winner == "repeated" else ~had_won)


def _of_theme(theme: str, region: str) -> Q:
    """A theme counts the rows filed in its own region whose direction is mapped to it there."""
    mapped = DirectionTheme.objects.filter(
        direction=OuterRef("direction"), region=OuterRef("region")
    )
    if theme == NONE:
        return ~Q(Exists(mapped))
    return Q(Exists(mapped.filter(theme__key=theme)))


_NARROWERS: dict[str, Callable[[str], Q]] = {
    "region": _of_region,
    "municipality": _by_key("municipality"),
    "fund": lambda value: Q(fund__code=value),
    "call": _by_key("call"),
    "year": _of_year,
    "direction": _by_key("direction"),
    "size": _of_size,
    "outcome": _of_outcome,
    "currency": lambda value: Q(currency=value),
    "organisation": _by_key("organisation"),
    "awaiting": lambda value: awaits_a_person(),
    "grown": lambda value: grew_from_exchange(),
}
