"""What was registered and decided in a contest, as its minutes state it: decisions in effect."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from sinergia.applications.models import Confirmation, Decision, Submission
from sinergia.applications.queries.confirming import held_by
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import KeptRules, rules_of
from sinergia.packs.rules.frozen import thawed
from sinergia.packs.rules.schema import Refusal
from sinergia.people.queries import name_of

Kind, Stage = Decision.Kind, Submission.Stage


@dataclass(frozen=True)
class Line:
    """A submission and the decision about it. who: no name where the account is erased.

    ground: of a refusal, as its own rules word it.
    """

    submission: Submission
    decision: Decision
    who: str
    confirmed: Sequence[Confirmation]
    ground: Refusal | None


@dataclass(frozen=True)
class Minutes:
    """Lines by decision, each in the order of the journal or of the numbers.

    open: in force and neither admitted nor refused yet. deciders: names, in their order.
    """

    contest: Contest
    rules: KeptRules | None
    registered: Sequence[Line]
    admitted: Sequence[Line]
    refused: Sequence[Line]
    returned: Sequence[Line]
    withdrawn: Sequence[Submission]
    open: Sequence[Submission]
    deciders: Sequence[str]


def minutes_of(contest: Contest) -> Minutes:
    """Read a contest whole; five queries. What nobody was told of yet is not decided."""
    rows = Submission.objects.filter(contest=contest).select_related("organisation")
    grounds = _grounds_of(contest)
    submissions = {one.pk: one for one in rows.order_by("number", "version")}
    decided = Decision.objects.filter(submission__contest=contest, taken_back_at=None)
    decided = decided.exclude(done_at=None).annotate(
        who=name_of("by"), rules_row=F("submission__frozen__rules")
    )
    held = held_by(submissions.values())
    lines = [
        Line(
            submissions[one.submission_id],
            one,
            getattr(one, "who", ""),
            held.get(one.submission_id, ()),
            grounds.get((getattr(one, "rules_row", 0), one.clause)),
        )
        for one in decided.order_by("pk")
    ]
    settled = {
        line.submission.pk for line in lines if line.decision.kind in (Kind.ADMIT, Kind.REFUSE)
    }
    over = (Stage.WITHDRAWN, Stage.REPLACED)
    return Minutes(
        contest=contest,
        rules=rules_of(contest),
        registered=sorted(_of(lines, Kind.REGISTER), key=lambda one: one.submission.entry or 0),
        admitted=_by_number(_of(lines, Kind.ADMIT)),
        refused=_by_number(_of(lines, Kind.REFUSE)),
        returned=_by_number(_of(lines, Kind.RETURN)),
        withdrawn=[one for one in submissions.values() if one.stage == Stage.WITHDRAWN],
        open=[
            one for one in submissions.values() if one.pk not in settled and one.stage not in over
        ],
        deciders=list(dict.fromkeys(line.who for line in lines if line.who)),
    )


def _of(lines: Sequence[Line], kind: str) -> list[Line]:
    return [one for one in lines if one.decision.kind == kind]


def _by_number(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda one: (one.submission.number, one.submission.version))


def _grounds_of(contest: Contest) -> dict[tuple[int, str], Refusal]:
    """Grounds of refusal by the row of rules and their code: each submission has its own rules."""
    return {
        (row.pk, one.code): one
        for row in contest.rules.all()
        for one in thawed(bytes(row.content)).refusals
    }
