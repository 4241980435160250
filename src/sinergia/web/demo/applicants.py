"""Who applies to which contest: everyone once at least, the strong often, two times at most."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate
from random import Random

from sinergia.web.demo.contests import Contest
from sinergia.web.demo.rows import OrganisationRow
from sinergia.web.demo.stock import Field

_AT_MOST = 2  # applications of one organisation to one contest
_DEBUTS = 0.62  # at most so much of a contest goes to those who must apply somewhere
_AGE = 2  # years between registration and a contest that takes anybody
_STRONGEST = 7.0  # against the weakest
_RETURN = 2.5  # how much likelier those come who came before
Slot = tuple[str, str, int, int]  # fund, region, year, round


class Applicants:
    """Deals organisations to contests."""

    def __init__(
        self,
        organisations: Sequence[OrganisationRow],
        fields: dict[str, Field],
        contests: Sequence[Contest],
        *,
        seed: int,
    ) -> None:
        """contests: all of them, of every fund: each organisation gets its first among them."""
        self._fields = fields
        self._seed = seed
        self._by_region: dict[str, list[OrganisationRow]] = defaultdict(list)
        for organisation in organisations:
            self._by_region[organisation.region].append(organisation)
        chance = Random(f"{seed}:strength")  # noqa: S311
        self.strength = {
            one.ogrn: min(chance.paretovariate(1.25), _STRONGEST) for one in organisations
        }
        self._debuts: dict[Slot, list[OrganisationRow]] = defaultdict(list)
        self._came: dict[str, set[str]] = defaultdict(set)
        self._plan(organisations, contests)

    def come(
        self, contest: Contest, *, besides: Sequence[OrganisationRow], chance: Random
    ) -> list[OrganisationRow]:
        """List who applies to a contest; `besides` them, those whose places are taken already."""
        fund = contest.fund.row.code
        chosen = self._debuts[_slot(contest)][: max(0, contest.submitted - len(besides))]
        times = Counter(one.ogrn for one in [*besides, *chosen])
        pool = [one for one in self._by_region[contest.region] if self._may(one, contest)]
        came = self._came[fund]
        weights = [self.strength[one.ogrn] * (_RETURN if one.ogrn in came else 1.0) for one in pool]
        heights = list(accumulate(weights))
        while len(chosen) + len(besides) < contest.submitted:
            one = pool[bisect(heights, chance.random() * heights[-1])]
            if times[one.ogrn] < _AT_MOST:
                times[one.ogrn] += 1
                chosen.append(one)
        came.update(times)
        return chosen

    def _plan(self, organisations: Sequence[OrganisationRow], contests: Sequence[Contest]) -> None:
        """Find everyone a contest to be in."""
        planned: Counter[Slot] = Counter()
        chance = Random(f"{self._seed}:debuts")  # noqa: S311
        for one in chance.sample(organisations, len(organisations)):
            fitting = [
                contest
                for contest in contests
                if contest.region == one.region and self._may(one, contest)
            ]
            roomy = [
                contest
                for contest in fitting
                if planned[_slot(contest)] < int(contest.submitted * _DEBUTS)
            ]
            # Where that is spent, the contest with most places left: nobody may stay out.
            largest = max(fitting, key=lambda found: found.submitted - planned[_slot(found)])
            slot = _slot(chance.choice(roomy or [largest]))
            planned[slot] += 1
            self._debuts[slot].append(one)

    def _may(self, one: OrganisationRow, contest: Contest) -> bool:
        if one.registered_on.year + _AGE > contest.year:
            return False
        return contest.fund.row.code != "FUND2" or self._fields[one.field].culture > 0


def _slot(contest: Contest) -> Slot:
    return (contest.fund.row.code, contest.region, contest.year, contest.round)
