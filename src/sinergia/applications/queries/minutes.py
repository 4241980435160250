"""What was registered and decided in a contest, as its minutes state it: decisions in effect."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from sinergia.applications.models import CheckDone, Confirmation, Decision, Submission
from sinergia.applications.queries.checks import check_of, checks_in
from sinergia.applications.queries.confirming import held_by
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import KeptRules, rules_kept, rules_of
from sinergia.packs.rules import Rules
from sinergia.packs.rules.schema import Refusal
from sinergia.packs.rules.values import Named
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
class CheckLine:
    """What a person found by a check, and its name; no name where the rules know it no more."""

    submission: Submission
    done: CheckDone
    who: str
    name: Named | None


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
    withdrawn: Sequence[tuple[Submission, str]]  # and the statement, where the centre noted one
    open: Sequence[Submission]
    checks: Sequence[CheckLine]
    deciders: Sequence[str]


def minutes_of(contest: Contest) -> Minutes:
    """Read a contest whole; six queries. What nobody was told of yet is not decided."""
    rows = Submission.objects.filter(contest=contest).select_related("organisation")
    rules = {row.pk: rules_kept(row) for row in contest.rules.all()}
    grounds = {(pk, one.code): one for pk, told in rules.items() for one in told.refusals}
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
        admitted=_by_number(
            [one for one in _of(lines, Kind.ADMIT) if one.submission.stage not in over]
        ),
        refused=_by_number(_of(lines, Kind.REFUSE)),
        returned=_by_number(_of(lines, Kind.RETURN)),
        withdrawn=_withdrawn(submissions.values(), _of(lines, Kind.WITHDRAW)),
        open=[
            one for one in submissions.values() if one.pk not in settled and one.stage not in over
        ],
        checks=_checks(contest, submissions, rules),
        deciders=list(dict.fromkeys(line.who for line in lines if line.who)),
    )


def _withdrawn(
    submissions: Iterable[Submission], lines: Iterable[Line]
) -> list[tuple[Submission, str]]:
    stated = {one.submission.pk: one.decision.words for one in lines}
    gone = [one for one in submissions if one.stage == Stage.WITHDRAWN]
    return [(one, stated.get(one.pk, "")) for one in gone]


def _of(lines: Sequence[Line], kind: str) -> list[Line]:
    return [one for one in lines if one.decision.kind == kind]


def _by_number(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda one: (one.submission.number, one.submission.version))


def _checks(
    contest: Contest, submissions: Mapping[int, Submission], rules: Mapping[int, Rules]
) -> list[CheckLine]:
    """What people found, of what is in force, in the order of numbers."""
    found = []
    for one in checks_in(contest).annotate(rules_row=F("submission__frozen__rules")):
        row = submissions.get(one.submission_id)
        if row is None or row.stage in (Stage.WITHDRAWN, Stage.REPLACED):
            continue
        named = check_of(rules[getattr(one, "rules_row", 0)], one.code)
        name = named.text if named is not None else None
        found.append(CheckLine(row, one, getattr(one, "who", ""), name))
    return found
