"""Tell every application of every fund, oldest first: rows as the funds publish them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sinergia.web.demo.applicants import Applicants
from sinergia.web.demo.contests import Contest, contests_of
from sinergia.web.demo.rows import GrantRow, MunicipalityRow, OrganisationRow, RegionRow
from sinergia.web.demo.stock import Cast, Field, Fund, Signature
from sinergia.web.demo.sums import asked_for, awards, whole_cost, wished
from sinergia.web.demo.titles import Project, Titles

WON = "победитель конкурса"
DECLINED = "победитель конкурса, отказ от гранта"
LOST = "проект не получил поддержку"
NOT_ADMITTED = "заявка не допущена к конкурсу"
WITHDRAWN = "заявка отозвана"
PENDING = "на независимой экспертизе"
RESERVE = "в резервном списке"  # in no dictionary on purpose: a person must map it

_TODAY = date(2026, 6, 1)  # what ended before it has been assessed
_RESULTS = (
    "проект реализован успешно",
    "проект реализован",
    "проект реализован неудовлетворительно",
)
_VIOLATION = "отчёт представлен позже срока"
# Where a grant was declined after the decision, and where a reserve list stands: by fund, region,
# year and round.
_DECLINED_IN = {("FUND1", "XA-SVB", 2024, 2), ("XB-OWN", "XB-YAR", 2025, 1)}
_RESERVE_IN = {("XB-OWN", "XB-YAR", 2025, 1)}
# Rows that await a person: what is wrong with the identifiers, by region, in one year's contest.
_DOUBTS = {
    ("FUND2", "XA-SVB", 2025): ("none", "two"),
    ("FUND2", "XB-YAR", 2025): ("dash",),
}


@dataclass(slots=True)
class Aim:
    """An organisation with a project at a contest, and how it ended."""

    organisation: OrganisationRow
    project: Project
    year: int  # of the contest
    status: str = LOST
    award: int | None = None  # kopecks
    may_win: bool = True
    must_win: bool = False


Pasts = dict[tuple[str, str], list[Aim]]  # (ОГРН, fund) to what was aimed at it before


class Teller:
    """Remembers who applied with what, so that people come back as they do in life."""

    def __init__(
        self,
        *,
        seed: int,
        regions: Sequence[RegionRow],
        municipalities: Sequence[MunicipalityRow],
        organisations: Sequence[OrganisationRow],
        fields: dict[str, Field],
        funds: dict[str, Fund],
        cast: Cast,
    ) -> None:
        """funds: in the order they are told."""
        self._seed = seed
        self._names = {region.code: region.name_ru for region in regions}
        self._towns = {town.oktmo: town for town in municipalities}
        self._organisations = organisations
        self._fields, self._cast = fields, cast
        self._contests = {code: contests_of(fund) for code, fund in funds.items()}
        everything = [contest for found in self._contests.values() for contest in found]
        self._applicants = Applicants(organisations, fields, everything, seed=seed)
        self._titles = Titles(fields, [project.title for project in cast.signatures])
        self._past: Pasts = defaultdict(list)
        self._counts: Counter[tuple[str, str]] = Counter()

    def tell(self, fund: str) -> Iterator[GrantRow]:
        """Tell one fund's rows; those before it are thought through, for titles are shared."""
        for code, contests in self._contests.items():
            for contest in contests:
                rows = self._contest(contest)
                if code == fund:
                    yield from rows
            if code == fund:
                return

    def _contest(self, contest: Contest) -> list[GrantRow]:
        slot = (contest.fund.row.code, contest.region, contest.year, contest.round)
        chance = Random(f"{self._seed}:{slot}")  # noqa: S311
        aims = [self._signed(signature, contest, chance) for signature in self._signed_in(contest)]
        besides = [aim.organisation for aim in aims]
        aims += [
            self._aim(one, contest, chance)
            for one in self._applicants.come(contest, besides=besides, chance=chance)
        ]
        chance.shuffle(aims)
        self._decide(aims, contest, chance)
        if slot in _DECLINED_IN:
            next(aim for aim in aims if aim.status == WON and not aim.must_win).status = DECLINED
        rows = [self._row(aim, contest, chance) for aim in aims]
        if slot in _RESERVE_IN:
            rows = _with_reserve(rows, aims)
        return _doubted(rows, aims, contest, self._past)

    def _signed_in(self, contest: Contest) -> list[Signature]:
        """List the stories' projects of this contest; they come to a year's last one."""
        if contest.round != len(contest.fund.contests):
            return []
        key = (contest.fund.row.code, contest.year)
        return [
            signature
            for signature in self._cast.signatures
            if (signature.fund, signature.year) == key
            and self._leader(signature).region == contest.region
        ]

    def _leader(self, signature: Signature) -> OrganisationRow:
        brand = f"«{signature.brand}»"
        return next(one for one in self._organisations if one.short_name.endswith(brand))

    def _signed(self, signature: Signature, contest: Contest, chance: Random) -> Aim:
        leader = self._leader(signature)
        town = self._towns[leader.oktmo]
        project = self._titles.known(signature.title, town, year=contest.year, chance=chance)
        won = signature.is_won
        return Aim(leader, project, contest.year, may_win=won, must_win=won)

    def _aim(self, one: OrganisationRow, contest: Contest, chance: Random) -> Aim:
        """Let an organisation come with the project that lost, the next season, or a new one."""
        past = self._past[one.ogrn, contest.fund.row.code]
        year, region = contest.year, contest.region
        wish = chance.random()
        if past and wish < 0.4:
            last = past[-1]
            if last.award is None and self._titles.is_free(last.project.title, region, year):
                return Aim(one, self._titles.again(last.project, region, year), year)
            if last.award is not None and last.year < year:
                sequel = self._titles.sequel(last.project, region, year, chance)
                if sequel:
                    return Aim(one, sequel, year)
        town = self._towns[one.oktmo]
        project = self._titles.new(one.field, one.ogrn, town, year=year, chance=chance)
        return Aim(one, project, year)

    def _decide(self, aims: list[Aim], contest: Contest, chance: Random) -> None:
        """Let the strong win more often, each organisation once; the rest lose, or did not pass."""
        if not contest.is_decided:
            for aim in aims:
                aim.status = PENDING
            return
        winners = _winners(aims, contest, self._applicants.strength, chance)
        sums = awards(contest.awarded, contest.won, between=contest.fund.sums, chance=chance)
        for aim, award in zip(winners, sums, strict=True):
            aim.status, aim.award = WON, award
            self._titles.close(aim.project.title, contest.region)
        for aim in aims:
            if aim.award is None:
                aim.status = chance.choices([LOST, NOT_ADMITTED, WITHDRAWN], [91, 7, 2])[0]
            self._past[aim.organisation.ogrn, contest.fund.row.code].append(aim)

    def _row(self, aim: Aim, contest: Contest, chance: Random) -> GrantRow:
        one = aim.organisation
        asked = (
            wished(contest.fund.sums, chance) if aim.award is None else asked_for(aim.award, chance)
        )
        starts_on, ends_on = _term(contest.decided_on, asked, chance)
        result, violations = _assessed(aim, ends_on, chance)
        return GrantRow(
            number=_number(contest, self._counts, chance),
            contest=contest.name,
            organisation=one.name,
            ogrn=one.ogrn,
            inn=one.inn,
            region=self._names[one.region],
            title=aim.project.title,
            direction=_direction(aim, contest.fund, self._fields[one.field], self._cast),
            asked=_roubles(asked),
            cost=_roubles(whole_cost(asked, chance)),
            starts_on=starts_on,
            ends_on=ends_on,
            status=aim.status,
            decided_on=contest.decided_on if contest.is_decided else None,
            awarded=None if aim.award is None else _roubles(aim.award),
            result=result,
            violations=violations,
            municipality=self._towns[one.oktmo].name_ru,
            essence=aim.project.essence,
            fund=contest.fund.row.code,
            region_code=one.region,
            contest_year=contest.year,
            oktmo=one.oktmo,
        )


def _winners(
    aims: list[Aim], contest: Contest, strength: Mapping[str, float], chance: Random
) -> list[Aim]:
    winners = [aim for aim in aims if aim.must_win]
    able = [aim for aim in aims if aim.may_win and not aim.must_win]
    # Weighted choice without return: the least exponential waiting times (Efraimidis, 2006).
    able.sort(key=lambda aim: chance.expovariate(strength[aim.organisation.ogrn] ** 0.6))
    seen = {aim.organisation.ogrn for aim in winners}
    for aim in able:
        if len(winners) == contest.won:
            break
        if aim.organisation.ogrn not in seen:
            seen.add(aim.organisation.ogrn)
            winners.append(aim)
    return winners


def _with_reserve(rows: list[GrantRow], aims: Sequence[Aim]) -> list[GrantRow]:
    """Put one on the reserve list for whom the grant that was declined suffices."""
    given = next((row.awarded for row in rows if row.status == DECLINED), None) or Decimal(0)
    able = [at for at, aim in enumerate(aims) if aim.status == LOST and aim.may_win]
    first = min(able, key=lambda at: (rows[at].asked > given, at))
    return [replace(row, status=RESERVE) if at == first else row for at, row in enumerate(rows)]


def _number(contest: Contest, counts: Counter[tuple[str, str]], chance: Random) -> str:
    """Count on: a national fund's numbers run over all regions, with gaps for the others."""
    fund = contest.fund
    key = (fund.row.code, contest.name)
    counts[key] += 1 if fund.row.region else chance.randint(1, 9)
    return fund.number.format(
        short=f"{contest.year % 100:02d}",
        year=contest.year,
        round=contest.round,
        count=counts[key],
    )


def _direction(aim: Aim, fund: Fund, field: Field, cast: Cast) -> str:
    if fund.row.code == "FUND1":
        return fund.directions[field.direction - 1]
    if fund.row.code == "FUND2":
        text = f"{aim.project.title} {aim.project.essence}".casefold()
        return fund.directions[4 if "фестивал" in text else field.culture - 1]
    return fund.directions[cast.of_national[field.direction - 1] - 1]


def _doubted(
    rows: list[GrantRow], aims: list[Aim], contest: Contest, pasts: Pasts
) -> list[GrantRow]:
    """Spoil the identifiers of two or three rows whose organisations applied before."""
    doubts = list(_DOUBTS.get((contest.fund.row.code, contest.region, contest.year), ()))
    result = []
    for row, aim in zip(rows, aims, strict=True):
        past = pasts[aim.organisation.ogrn, contest.fund.row.code]
        if doubts and row.status == LOST and len(past) > 1:
            result.append(_spoiled(row, doubts.pop(), others=aims))
        else:
            result.append(row)
    return result


def _spoiled(row: GrantRow, doubt: str, *, others: Sequence[Aim]) -> GrantRow:
    """Lose a row's identifiers, or mix them with somebody else's."""
    if doubt == "two":
        other = next(aim.organisation for aim in others if aim.organisation.ogrn != row.ogrn)
        return replace(row, inn=other.inn)
    blank = "—" if doubt == "dash" else ""
    return replace(row, ogrn=blank, inn=blank)


def _term(decided_on: date, asked: int, chance: Random) -> tuple[date, date]:
    """Begin a month or two after the decision; larger sums take longer, 18 months at most."""
    start = _month(decided_on, chance.randint(1, 3))
    longest = 12 if asked < 100_000_000 else 18
    return start, _month(start, chance.randint(longest // 3, longest)) - timedelta(days=1)


def _month(day: date, later: int) -> date:
    """Give the first day of the month so many months later."""
    count = day.month - 1 + later
    return date(day.year + count // 12, count % 12 + 1, 1)


def _assessed(aim: Aim, ends_on: date, chance: Random) -> tuple[str | None, str | None]:
    """Assess what was won and has ended."""
    if aim.status != WON or ends_on >= _TODAY:
        return None, None
    result = chance.choices(_RESULTS, [80, 17, 3])[0]
    return result, _VIOLATION if chance.random() < 0.04 else None


def _roubles(kopecks: int) -> Decimal:
    return (Decimal(kopecks) / 100).quantize(Decimal("0.01"))
