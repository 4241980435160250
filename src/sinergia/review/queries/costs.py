"""What it costs to have one expert read an application and not another."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.affinity import Affinities, Parts
from sinergia.packs.rules import Rules
from sinergia.review.models import Conflict, Examination, Expert, Sheet
from sinergia.review.queries.assigning import (
    AGAINST,
    experts_with_load,
    knowledge_of,
    subjects_among,
)
from sinergia.review.queries.proposals import last_made, weights_of

COMPARED = 200  # applications by which words are weighed where nothing was proposed yet


@dataclass(frozen=True)
class Choice:
    """An expert who could read an application. lost: affinity less than the one who is replaced.

    over: applications more than they agreed to, with this one. is_free: nothing is against it;
    else `against` says what: a conflict, or that they have read it before.
    """

    expert: Expert
    load: int
    parts: Parts
    lost: int
    over: int
    against: str = ""

    @property
    def is_free(self) -> bool:
        """Whether they may be given it."""
        return not self.against


def choices_for(
    examination: Examination, unseen: Collection[int] = (), *, instead: Sheet | None = None
) -> list[Choice]:
    """Every expert who reads, the best for an application first; those who may not, last.

    unseen: applications (primary keys of examinations) that whoever looks does not see.
    """
    contest = examination.contest
    experts = list(experts_with_load(contest, unseen))
    rules = _rules(contest)
    told = _compared([examination], experts, contest, rules)
    against = _against(examination)
    found = []
    for at, one in enumerate(experts):
        parts, load = told.parts(0, at), int(getattr(one, "load", 0))
        lost = instead.affinity - parts.total if instead is not None else 0
        over = max(0, load + 1 - one.most)
        found.append(Choice(one, load, parts, lost, over, against.get(one.pk, "")))
    return sorted(
        found, key=lambda one: (not one.is_free, -one.parts.total, one.load, one.expert.pk)
    )


def affinity_of(examination: Examination, expert: Expert) -> int:
    """How near an application is to one expert."""
    contest = examination.contest
    return int(affinities_between([examination], [expert], contest, _rules(contest))[0, 0])


def affinities_between(
    examinations: Sequence[Examination],
    experts: Sequence[Expert],
    contest: Contest,
    rules: Rules,
) -> npt.NDArray[np.int64]:
    """How near some applications of a contest are to some experts, of a hundred; three queries."""
    return _compared(examinations, experts, contest, rules).table()


def _compared(
    examinations: Sequence[Examination], experts: Sequence[Expert], contest: Contest, rules: Rules
) -> Affinities:
    """Applications beside experts, by the weights of the last proposal where there is one."""
    known, made = [knowledge_of(one, rules) for one in experts], last_made(contest)
    some = subjects_among(examinations, contest, first=0 if made else COMPARED)
    subjects = [some[one.pk] for one in examinations]
    if made is not None:
        weights, number = weights_of(made)
        return Affinities(subjects, known, weights=weights, number=number)
    weighed = Affinities(list(some.values()), known)
    return Affinities(subjects, known, weights=weighed.weights, number=weighed.number)


def _against(examination: Examination) -> Mapping[int, str]:
    """Of each expert who may not read it, why: reads, was, stands, warning."""
    conflicts = Conflict.objects.filter(
        submission=examination.submission_id, stage__in=AGAINST
    ).values_list("expert", "stage")
    found = dict(conflicts)
    for expert, ended in examination.sheets.values_list("expert", "ended_at"):
        found[expert] = "was" if ended is not None else "reads"
    return found


def _rules(contest: Contest) -> Rules:
    kept = rules_of(contest)
    if kept is None:
        raise ValueError("a contest under review has rules")
    return kept.rules
