"""«Инициативы Ярогорья — 2025» as it was decided: its rules, applications, ratings, moments.

Who won, who was put on the reserve list and who declined is what the fund's list says; ratings
are thought up so that the rules come to the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random

from sinergia.packs.rules import Rules, shipped
from sinergia.packs.rules.values import Named
from sinergia.web.demo import stock
from sinergia.web.demo.applying import Aimed, Applying, application_of
from sinergia.web.demo.budgets import budget_to
from sinergia.web.demo.grants import DECLINED, LOST, NOT_ADMITTED, RESERVE, WITHDRAWN, WON
from sinergia.web.demo.rows import GrantRow
from sinergia.web.demo.story import Demo
from sinergia.web.demo.titles import Project

FUND, YEAR, BUDGET_MINOR = "XB-OWN", 2025, 20_000_000_00
OPENED, CLOSED = "2025-03-03T09:00", "2025-04-11T18:00"  # moments in the zone of the centre
ADMITTED, BEGUN = "2025-04-21T12:00", "2025-04-25T11:00"
INVITED, GIVEN = "2025-04-14T10:00", "2025-05-05T10:00"
FIRST, DAYS_OF_READING = "2025-05-06T09:00", 31
SESSIONS = ("2025-06-18T11:00", "2025-06-30T11:00")
PUBLISHED, REVISED = "2025-07-02T10:00", "2025-07-09T12:00"
DECLINED_AT, PROMOTED_AT = "2025-07-14T15:00", "2025-07-16T11:00"
BEGINS = date(2025, 7, 1)
DAYS = {"results_on": date(2025, 7, 4), "project_from": BEGINS, "project_to": date(2027, 3, 31)}
LINE, CROSSES, BEFORE = Decimal("62.5"), Decimal("63.10"), Decimal("62.35")
NEXT, LOSER = Decimal("62.80"), Decimal("62.20")  # of the reserve list; first below the line
BEST, STEP_WON = Decimal("92.60"), Decimal("1.4")
BELOW, STEP_LOST = Decimal("61.00"), Decimal("0.9")
TINY = Decimal("0.05")
UNFOUNDED, IGNORED, WINNERS = 3, 10, 3  # of whom nothing counts: sheets; winners among them
KNOWN = "Завтра у реки"  # who recomputes
LONGEST = 330  # days on which events of applications are told


@dataclass(frozen=True, slots=True)
class Decided:
    """One application with what became of it. rating: final, none where it was not admitted.

    ignored: what the sheet that does not count came to; is_unfounded: and it was no assessment.
    """

    row: GrantRow
    number: int
    applying: Applying
    rating: Decimal | None = None
    ignored: Decimal | None = None
    is_unfounded: bool = False
    apart: Decimal = Decimal(0)  # points from the rating to each of two sheets

    @property
    def pair(self) -> tuple[Decimal, Decimal]:
        """What its two sheets come to; the ignored one first."""
        rating = self.rating or Decimal(0)
        if self.ignored is not None:
            return self.ignored, rating
        return rating + self.apart, rating - self.apart


def rules_of_2025() -> Rules:
    """The region's rules as they were then: tenths are scored, nobody more is called."""
    rules = shipped()["regional"]
    names = stock.funds()[FUND].directions
    codes = ("social", "family", "education", "culture", "nature", "health", "community")
    named = dict(zip(codes, names, strict=True))
    directions = [
        one.model_copy(update={"name": Named(ru=named[one.code], en=one.name.en)})
        for one in rules.directions
    ]
    scale = rules.scoring.scale.model_copy(update={"step": Decimal("0.1")})
    further = rules.review.further.model_copy(update={"near_line": None})
    review = {"further": further, "are_comments_shown": True}
    return rules.model_copy(
        update={
            "directions": tuple(directions),
            "timetable": rules.timetable.model_copy(update={"most_months": 18}),
            "scoring": rules.scoring.model_copy(update={"scale": scale}),
            "review": rules.review.model_copy(update=review),
            "selection": rules.selection.model_copy(update={"line": LINE}),
        }
    )


def decided(demo: Demo, leaders: Mapping[str, str]) -> list[Decided]:
    """Every application in the order of its number. leaders: names by ОГРН, where known."""
    rows = [row for row in demo.grants_of(FUND) if row.contest_year == YEAR]
    told = [_applied(demo, at, row, leaders) for at, row in enumerate(rows, start=1)]
    return _with_ignored(_rated(told, demo.seed), demo.seed)


def is_admitted(one: Decided) -> bool:
    """Whether experts read it."""
    return one.row.status not in (NOT_ADMITTED, WITHDRAWN)


def crossing(told: Sequence[Decided]) -> Decided:
    """The one that passes the line once what is unfounded is ignored: the last winner."""
    return next(one for one in told if one.rating == CROSSES)


def _applied(demo: Demo, number: int, row: GrantRow, leaders: Mapping[str, str]) -> Decided:
    by = Random(f"{demo.seed}:decided:{number}")  # noqa: S311  # nothing is kept secret by it
    one = next(one for one in demo.organisations if one.ogrn == row.ogrn)
    town = next(town for town in demo.municipalities if town.oktmo == row.oktmo)
    codes = {two.name.ru: two.code for two in rules_of_2025().directions}
    words = stock.applying()
    leader = f"{by.choice(words['surnames'])} {by.choice(words['initials'])}"
    aimed = Aimed(
        number,
        one,
        town,
        codes[row.direction],
        Project(row.title, row.essence),
        leaders.get(row.ogrn, leader),
    )
    asked, cost = int(row.asked * 100), int(row.cost * 100)
    made = application_of(aimed, chance=by, budget=budget_to(asked, cost - asked, chance=by))
    return Decided(row, number, made)


def told_of(one: Decided) -> dict[str, object]:
    """As drafts are told: days from the first on which projects may begin."""
    begins, ends = (one.row.starts_on - BEGINS).days, (one.row.ends_on - BEGINS).days
    rows = [
        (field, row, _moved(cells, begins, ends) if "starts" in cells else cells)
        for field, row, cells in one.applying.rows
    ]
    return {"texts": one.applying.texts, "rows": rows, "begins": begins, "ends": ends}


def _moved(cells: Mapping[str, object], begins: int, ends: int) -> dict[str, object]:
    """Within the days of the project."""
    days = {
        name: begins + int(str(cells[name])) * (ends - begins) // LONGEST
        for name in ("starts", "ends")
    }
    return {**cells, **days}


def _rated(told: Sequence[Decided], seed: int) -> list[Decided]:
    chance = Random(f"{seed}:ratings")  # noqa: S311  # the same
    won = [one for one in told if one.row.status in (WON, DECLINED)]
    whole = [one for one in won if one.row.status == WON and one.row.asked == one.row.awarded]
    last = min(whole, key=lambda one: one.row.asked)
    winners = chance.sample([one for one in won if one is not last], len(won) - 1)
    lost = [one for one in told if one.row.status == LOST]
    known = next((one for one in lost if KNOWN in one.row.organisation), lost[0])
    losers = chance.sample([one for one in lost if one is not known], len(lost) - 1)
    ratings = {last.number: CROSSES, known.number: LOSER}
    ratings |= {one.number: NEXT for one in told if one.row.status == RESERVE}
    for at, one in enumerate(winners):
        ratings[one.number] = BEST - at * STEP_WON - chance.randint(0, 10) * TINY
    for at, one in enumerate(losers):
        ratings[one.number] = BELOW - at * STEP_LOST - chance.randint(0, 6) * TINY
    return [
        replace(one, rating=ratings.get(one.number), apart=chance.randint(4, 90) * TINY)
        for one in told
    ]


def _with_ignored(told: Sequence[Decided], seed: int) -> list[Decided]:
    """Ten of which one sheet does not count; three of them are unfounded."""
    chance = Random(f"{seed}:ignored")  # noqa: S311  # the same
    last = crossing(told)
    won = [one for one in told if one.row.status in (WON, DECLINED) and one is not last]
    lost = [one for one in told if one.row.status == LOST and KNOWN not in one.row.organisation]
    read = [*chance.sample(won, WINNERS), *chance.sample(lost, IGNORED - 1 - WINNERS)]
    unfounded = {last.number, read[0].number, read[-1].number}
    ignored = {last.number: CROSSES - 2 * (CROSSES - BEFORE)}
    for one in read:
        moved = chance.choice((-4, -3, -2, 2, 3, 4)) * TINY
        ignored[one.number] = (one.rating or Decimal(0)) + 2 * moved
    return [
        replace(one, ignored=ignored.get(one.number), is_unfounded=one.number in unfounded)
        for one in told
    ]
