"""All figures of one region, for its page, its papers and the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinergia.applications.queries.filters import NONE, OUTCOMES, SIZES, ApplicationFilter
from sinergia.insights.region.queries.counting import (
    Name,
    People,
    Place,
    fund_named,
    funds_and_years,
    people,
    rows_with,
    summed,
    tallies,
    tallies_by_municipality,
    tallies_by_theme,
    winners_by_year,
)
from sinergia.insights.region.queries.figures import (
    MINOR,
    ORGANISATIONS,
    Block,
    Choices,
    Figure,
    Figures,
    FundName,
    Line,
    Step,
    Tally,
    Winners,
)
from sinergia.places.models import Region

FUNNEL = ("", "admitted", "decided", "won", "declined")  # keys of OUTCOMES; "": submitted
BESIDE = ("not_admitted", "withdrawn", "pending", "unknown")  # with these the way adds up


@dataclass(frozen=True)
class _Counted:
    """What the database gave for one currency."""

    ground: Mapping[Place, Tally]
    themes: Mapping[Name, Tally]
    municipalities: Mapping[Name, Tally]
    people: People
    winners: Mapping[int, tuple[int, int]]


def figures_of(region: Region, *, fund: str = "", year: str = "") -> Figures:
    """Count a region: one fund (its code) or all, one year (four digits, `none`) or all.

    Six queries; one more where the fund has no rows there. An unknown fund leaves `fund` None.
    """
    asked = ApplicationFilter(region=region.code, fund=fund, year=year)
    pairs = funds_and_years(region)
    funds = list(dict.fromkeys(name for name, _ in pairs))
    named = next((name for name in funds if name.code == fund), None)
    if fund and not named:
        named = fund_named(fund)
    counted = people(asked)
    awaiting = sum(one.awaiting for one in counted.values())
    return Figures(
        region=region,
        asked=asked,
        fund=named,
        awaiting=Figure(awaiting, asked.with_(awaiting="yes")),
        blocks=_blocks(asked, region, funds, counted) or [_zero_block(asked, named)],
        choices=Choices(funds, sorted({year for _, year in pairs}, reverse=True)),
    )


def _blocks(
    asked: ApplicationFilter,
    region: Region,
    funds: Sequence[FundName],
    organisations: Mapping[str, People],
) -> list[Block]:
    ground = tallies(asked)
    totals = summed(ground, "currency")
    currencies = sorted(totals, key=lambda one: (-totals[one].rows, one))
    themes, places = tallies_by_theme(asked, region), tallies_by_municipality(asked)
    winners = winners_by_year(asked)
    return [
        _block(
            asked.with_(currency=currency) if len(currencies) > 1 else asked,
            currency,
            funds,
            _Counted(
                {place: tally for place, tally in ground.items() if place.currency == currency},
                themes.get(currency, {}),
                places.get(currency, {}),
                organisations.get(currency, People()),
                winners.get(currency, {}),
            ),
        )
        for currency in currencies
    ]


def _zero_block(asked: ApplicationFilter, fund: FundName | None) -> Block:
    """Nothing, in the fund's currency where one is asked."""
    return _block(asked, fund.currency if fund else "", [], _Counted({}, {}, {}, People(), {}))


def _block(
    asked: ApplicationFilter, currency: str, funds: Sequence[FundName], counted: _Counted
) -> Block:
    ground, won = counted.ground, asked.with_(outcome="won")
    total = sum(ground.values(), Tally())
    return Block(
        currency=currency,
        submitted=Figure(total.rows, asked),
        organisations=Figure(counted.people.organisations, asked, ORGANISATIONS),
        won=Figure(total.won, won),
        awarded=Figure(total.awarded_minor, won, MINOR),
        declined=_step(asked, "declined", ground).figure,
        pending=_step(asked, "pending", ground).figure,
        unknown=_step(asked, "unknown", ground).figure,
        winners=Figure(counted.people.winners, won, ORGANISATIONS),
        new_winners=_new_winners(asked, counted),
        repeated_winners=_repeated_winners(asked, counted),
        funnel=[_step(asked, code, ground) for code in FUNNEL],
        beside=[_step(asked, code, ground) for code in BESIDE],
        by_year=_year_lines(asked, ground),
        by_theme=_named_lines(asked, "theme", counted.themes),
        by_municipality=_named_lines(asked, "municipality", counted.municipalities),
        by_size=_size_lines(asked, ground),
        by_fund=_fund_lines(asked, ground, funds),
        by_winners=[
            _winners(asked, year, *counts) for year, counts in sorted(counted.winners.items())
        ],
    )


def _step(asked: ApplicationFilter, code: str, ground: Mapping[Place, Tally]) -> Step:
    if not code:
        return Step("submitted", Figure(sum(ground.values(), Tally()).rows, asked))
    return Step(code, Figure(rows_with(ground, OUTCOMES[code]), asked.with_(outcome=code)))


def _line(asked: ApplicationFilter, part: str, name: Name, tally: Tally) -> Line:
    narrowed = asked.with_(**{part: name.code})
    won = narrowed.with_(outcome="won")
    return Line(
        code=name.code,
        name_ru=name.ru,
        name_en=name.en,
        submitted=Figure(tally.rows, narrowed),
        won=Figure(tally.won, won),
        awarded=Figure(tally.awarded_minor, won, MINOR),
    )


def _year_lines(asked: ApplicationFilter, ground: Mapping[Place, Tally]) -> list[Line]:
    """In their order; rows that do not say their year come last."""
    found = summed(ground, "year")
    years = sorted((year for year in found if year != "0"), key=int) + ["0"] * ("0" in found)
    codes = {year: NONE if year == "0" else year for year in years}
    return [_line(asked, "year", Name(codes[year], "", ""), found[year]) for year in years]


def _size_lines(asked: ApplicationFilter, ground: Mapping[Place, Tally]) -> list[Line]:
    found = summed(ground, "size")
    names = [Name(code, "", "") for code in SIZES if code in found]
    return [_line(asked, "size", name, found[name.code]) for name in names]


def _fund_lines(
    asked: ApplicationFilter, ground: Mapping[Place, Tally], funds: Sequence[FundName]
) -> list[Line]:
    found = summed(ground, "fund")
    named = {
        Name(fund.code, fund.name_ru, fund.name_en): found[fund.code]
        for fund in funds
        if fund.code in found
    }
    return _named_lines(asked, "fund", named)


def _named_lines(asked: ApplicationFilter, part: str, found: Mapping[Name, Tally]) -> list[Line]:
    """Most rows first; those that belong to none come last."""
    names = sorted(found, key=lambda name: (name.code == NONE, -found[name].rows, name.ru))
    return [_line(asked, part, name, found[name]) for name in names]


def _winners(asked: ApplicationFilter, year: int, all_: int, repeated: int) -> Winners:
    won = asked.with_(year=str(year), outcome="won")
    return Winners(
        year=year,
        all=Figure(all_, won, ORGANISATIONS),
        new=Figure(all_ - repeated, won.with_(winner="new"), ORGANISATIONS),
        repeated=Figure(repeated, won.with_(winner="repeated"), ORGANISATIONS),
    )


def _new_winners(asked: ApplicationFilter, counted: _Counted) -> Figure:
    """Those that won for the first time in the asked year; of all years, every winner did."""
    if not asked.year.isdecimal():
        return Figure(counted.people.winners, asked.with_(outcome="won"), ORGANISATIONS)
    all_, repeated = counted.winners.get(int(asked.year), (0, 0))
    return _winners(asked, int(asked.year), all_, repeated).new


def _repeated_winners(asked: ApplicationFilter, counted: _Counted) -> Figure:
    if not asked.year.isdecimal():
        several = asked.with_(outcome="won", winner="several")
        return Figure(counted.people.several, several, ORGANISATIONS)
    all_, repeated = counted.winners.get(int(asked.year), (0, 0))
    return _winners(asked, int(asked.year), all_, repeated).repeated
