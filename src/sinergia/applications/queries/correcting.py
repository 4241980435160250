"""Of what came back for correction: in which sections it may change, and until when."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from sinergia.applications.models import Decision, Submission
from sinergia.calls.models import Contest, ContestRules
from sinergia.packs.rules.fields import SECTIONS
from sinergia.projects.queries.correcting import Correction

Kind, Stage = Decision.Kind, Submission.Stage


def correction_of(submission: Submission) -> Correction:
    """What those who applied were told last when it came back."""
    told = Decision.objects.filter(submission=submission, kind=Kind.RETURN).exclude(done_at=None)
    return correction_by(submission, told.order_by("-pk").first())


def correction_by(submission: Submission, decision: Decision | None) -> Correction:
    """What a decision that returns it opens."""
    is_whole = submission.frozen.rules_id != _rules_now(submission.contest)
    named = decision.sections if decision is not None else []
    sections = list(SECTIONS) if is_whole or not named else named
    return Correction(sections, _later(submission.contest, decision), is_whole)


def may_be_mended(submission: Submission, now: datetime) -> bool:
    """Whether something that came back can still be submitted again."""
    if submission.stage != Stage.RETURNED:
        return False
    until = correction_of(submission).until
    return until is not None and now <= until


def mendable(now: datetime) -> Q:
    """The same of many: rows of submissions."""
    own = Decision.objects.filter(
        submission=OuterRef("pk"), kind=Kind.RETURN, taken_back_at=None, until__gte=now
    )
    return Q(stage=Stage.RETURNED) & (Q(contest__closes_at__gte=now) | Q(Exists(own)))


def _later(contest: Contest, told: Decision | None) -> datetime | None:
    """The end of the intake, or the last of the days that the rules give, whichever is later."""
    moments = [contest.closes_at, told.until if told is not None else None]
    return max((one for one in moments if one is not None), default=None)


def _rules_now(contest: Contest) -> int | None:
    rows = ContestRules.objects.filter(contest=contest).order_by("-version")
    return rows.values_list("pk", flat=True).first()
