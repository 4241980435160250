"""A proposed assignment as it is looked at before it is accepted: its pairs, and its loads."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sinergia.engine.affinity import Parts
from sinergia.engine.text import fold
from sinergia.review.models import Assignment, Examination, Expert
from sinergia.review.queries.assigning import accepted_experts, kept_readings
from sinergia.review.queries.naming import codes_of
from sinergia.review.queries.proposals import proposal_of


@dataclass(frozen=True)
class Pair:
    """An expert who would read an application, and by what they are near. code: its own."""

    code: str
    title: str
    expert: Expert
    parts: Parts

    @property
    def key(self) -> str:
        """Which pair it is, in an address."""
        return f"{self.code}:{self.expert.code}"


@dataclass(frozen=True)
class Load:
    """What an expert would have. kept: applications that stay with them; new: what is added.

    affinity: of all that is new.
    """

    expert: Expert
    kept: int
    new: int
    affinity: int

    @property
    def together(self) -> int:
        """What they would have in all."""
        return self.kept + self.new

    @property
    def mean(self) -> int | None:
        """The mean affinity of what is new."""
        return self.affinity // self.new if self.new else None


def pairs_of(assignment: Assignment, words: str, unseen: Collection[str]) -> list[Pair]:
    """Pairs of a proposal that have all these words, by application; three queries.

    words: of the code or the title, of the expert's code or name. unseen: codes of applications
    that whoever looks does not see.
    """
    proposal, wanted = proposal_of(assignment), fold(words).split()
    rows = Examination.objects.filter(contest=assignment.contest_id).order_by()
    titles = dict(rows.values_list("code", "submission__title"))
    there = Expert.objects.filter(contest=assignment.contest_id)
    experts = {one.code: one for one in there.only("code", "name")}
    texts = {code: fold(f"{code} {title}") for code, title in titles.items()}
    names = {code: fold(f"{code} {one.name}") for code, one in experts.items()}
    found = []
    for one in proposal.readings:
        code, reader = proposal.applications[one.application], proposal.experts[one.expert]
        text = f"{texts[code]} {names[reader]}"
        if code not in unseen and all(word in text for word in wanted):
            found.append(Pair(code, titles[code], experts[reader], one.parts))
    return found


def loads_of(assignment: Assignment, unseen: Collection[int]) -> list[Load]:
    """What each expert who reads would have, in the order of their codes; four queries at most.

    unseen: applications (primary keys of examinations) that whoever looks does not see.
    """
    proposal, codes = proposal_of(assignment), codes_of(assignment.contest, unseen)
    kept = kept_readings(assignment, unseen)[0].by_expert
    new: Counter[str] = Counter()
    affinity: Counter[str] = Counter()
    for one in proposal.readings:
        if proposal.applications[one.application] in codes:
            continue
        code = proposal.experts[one.expert]
        new[code] += 1
        affinity[code] += one.parts.total
    return [
        Load(one, kept.get(one.pk, 0), new[one.code], affinity[one.code])
        for one in accepted_experts(assignment.contest)
    ]
