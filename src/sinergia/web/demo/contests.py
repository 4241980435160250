"""When each fund held a contest in a region, how many applied, won, and what was given."""

from dataclasses import dataclass, replace
from datetime import date

from sinergia.web.demo.stock import Fund, Season

LARGE_APPLICATIONS = 50_000
_FIRST_ROUND = 0.54  # the share of a year's applications that come to its first contest


@dataclass(frozen=True, slots=True)
class Contest:
    """One contest of a fund as one region took part in it."""

    fund: Fund
    region: str
    year: int
    round: int  # from 1
    name: str
    decided_on: date
    is_decided: bool
    submitted: int
    won: int
    awarded: int  # kopecks


def contests_of(fund: Fund) -> list[Contest]:
    """List a fund's contests, oldest first; in each, its regions in their order."""
    found = [
        contest
        for region, seasons in fund.seasons.items()
        for season in seasons
        for contest in _rounds(fund, region, season)
    ]
    return sorted(found, key=lambda contest: (contest.year, contest.round))


def enlarged(funds: dict[str, Fund]) -> dict[str, Fund]:
    """Let more people apply, until there are 50,000 applications in all.

    The stories' figures stay: the national fund, and «Инициативы Ярогорья — 2025».
    """
    grown = {code: fund for code, fund in funds.items() if code != "FUND1"}
    now = sum(season.submitted for fund in grown.values() for season in _growing(fund))
    kept = sum(
        season.submitted
        for fund in funds.values()
        for seasons in fund.seasons.values()
        for season in seasons
    )
    wanted = LARGE_APPLICATIONS - (kept - now)
    result = dict(funds)
    given = 0
    for code, fund in grown.items():
        seasons: dict[str, tuple[Season, ...]] = {}
        for region, years in fund.seasons.items():
            seasons[region] = tuple(_grown(code, season, wanted / now) for season in years)
        result[code] = replace(fund, seasons=seasons)
        given += sum(season.submitted for season in _growing(result[code]))
    return _with_rest(result, wanted - given)


def _is_growing(code: str, season: Season) -> bool:
    return (code, season.year) != ("XB-OWN", 2025)


def _growing(fund: Fund) -> list[Season]:
    return [
        season
        for seasons in fund.seasons.values()
        for season in seasons
        if _is_growing(fund.row.code, season)
    ]


def _grown(code: str, season: Season, times: float) -> Season:
    if not _is_growing(code, season):
        return season
    return Season(
        season.year,
        int(season.submitted * times),
        int(season.won * times),
        int(season.awarded * times) // 10_000 * 10_000,
    )


def _with_rest(funds: dict[str, Fund], rest: int) -> dict[str, Fund]:
    """Add what rounding left to the first year of region A's own contest."""
    own = funds["XA-OWN"]
    first, *others = own.seasons["XA-SVB"]
    first = replace(first, submitted=first.submitted + rest)
    return funds | {"XA-OWN": replace(own, seasons={"XA-SVB": (first, *others)})}


def _rounds(fund: Fund, region: str, season: Season) -> list[Contest]:
    """Part a year between its contests; the last one takes what is left."""
    if len(fund.contests) == 1:
        return [_contest(fund, region, season, 1)]
    won = round(season.won * _FIRST_ROUND)
    first = Season(
        season.year,
        round(season.submitted * _FIRST_ROUND),
        won,
        season.awarded * won // max(season.won, 1) // 100_000 * 100_000,
    )
    second = Season(
        season.year,
        season.submitted - first.submitted,
        season.won - first.won,
        season.awarded - first.awarded,
    )
    return [_contest(fund, region, first, 1), _contest(fund, region, second, 2)]


def _contest(fund: Fund, region: str, season: Season, number: int) -> Contest:
    return Contest(
        fund=fund,
        region=region,
        year=season.year,
        round=number,
        name=fund.contests[number - 1].format(year=season.year),
        decided_on=date.fromisoformat(f"{season.year}-{fund.decided[number - 1]}"),
        is_decided=season.year <= 2025,
        submitted=season.submitted,
        won=season.won,
        awarded=season.awarded,
    )
