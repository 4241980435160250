"""The list of winners that is put to the vote: as it comes out now, then as it was decided on."""

from collections.abc import Sequence

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.engine.minutes import AwardLine, Proposal
from sinergia.people.models import Person
from sinergia.review.models import Award, Item, Sitting
from sinergia.review.queries.commission import hidden_examinations
from sinergia.review.queries.decision import (
    Ranking,
    awards_of,
    examinations_shown,
    proposals_of,
    ranking_of,
    reason_of,
)

Lines = Sequence[AwardLine]


def proposed_list(contest: Contest) -> Lines:
    """Winners and reserve as ratings, money and what was adopted come out now."""
    kept = rules_of(contest)
    if kept is None:
        return ()
    return _listed(ranking_of(contest, kept.rules, proposals_of(contest)))


def differing_from(item: Item, ranking: Ranking) -> int:
    """Of how many winners and reserves a ranking says something else than was voted on.

    An item of an older session does not hold its list: nothing is held against it.
    """
    if "awards" not in item.proposal:
        return 0
    voted, now = (
        {one.examination: (place, one.outcome, one.awarded_minor) for place, one in enumerate(rows)}
        for rows in (list_decided_on(item), _listed(ranking))
    )
    return sum(voted.get(key) != now.get(key) for key in voted.keys() | now.keys())


def _listed(ranking: Ranking) -> Lines:
    rows = [one for one in ranking.rows if one.placed.outcome != "lost"]
    shown = examinations_shown([one.examination for one in rows])
    return tuple(
        AwardLine(
            examination=str(told.key),
            at=one.placed.at,
            number=told.number,
            title=told.title,
            organisation=told.organisation,
            outcome=one.placed.outcome,
            rating="" if one.candidate.rating is None else f"{one.candidate.rating}",
            asked_minor=one.candidate.asked_minor,
            awarded_minor=one.placed.awarded_minor,
            reason=reason_of(one),
        )
        for one in rows
        if (told := shown.get(one.examination)) is not None
    )


def list_decided_on(item: Item) -> Lines:
    """What was voted on. Items of older sessions do not hold it: their sitting's awards tell it."""
    if "awards" in item.proposal:
        return Proposal.model_validate(item.proposal).awards
    return _awarded(item.sitting)


def lists_seen(items: Sequence[Item], reader: Person, contest: Contest) -> dict[int, Lines]:
    """The list of each item that puts one to the vote, by primary key.

    Left out is what is hidden from the reader.
    """
    lists = [one for one in items if one.kind == Item.Kind.LIST]
    if not lists:
        return {}
    is_open = any(not one.decision for one in lists)
    now = proposed_list(contest) if is_open else ()
    keys = hidden_examinations(reader, contest).values_list("key", flat=True)
    hidden = {str(key) for key in keys}
    whole = {one.pk: list_decided_on(one) if one.decision else now for one in lists}
    return {
        pk: [line for line in lines if line.examination not in hidden]
        for pk, lines in whole.items()
    }


def _awarded(sitting: Sitting) -> Lines:
    """Winners and reserve as they were written by the minutes of a session."""
    rows = awards_of(sitting.commission.contest).filter(sitting=sitting)
    rows = rows.exclude(outcome=Award.Outcome.LOST).order_by("at")
    return tuple(
        AwardLine(
            examination=str(one.examination.key),
            at=one.at,
            number=one.examination.submission.shown_number,
            title=one.examination.submission.title,
            organisation=one.examination.submission.organisation.name,
            outcome=one.outcome,
            rating="" if one.rating is None else f"{one.rating}",
            asked_minor=one.examination.submission.asked_minor,
            awarded_minor=one.awarded_minor,
            reason=one.reason,
        )
        for one in rows.select_related("examination__submission__organisation")
    )
