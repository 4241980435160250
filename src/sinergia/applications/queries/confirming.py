"""What confirms submissions, as the rules ask for it and as it came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from sinergia.applications.models import Confirmation, Submission
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import day_of, rules_kept
from sinergia.engine.contest import confirm_by
from sinergia.packs.rules import Rules
from sinergia.people.queries import name_of

Way = Confirmation.Way
AWAITED = (Submission.Stage.SUBMITTED, Submission.Stage.REGISTERED)
CHECK = "confirmation"  # what rules call their check of it


@dataclass(frozen=True)
class Confirming:
    """How a submission is to be confirmed, and what of it is there.

    ways: that the rules take, in their order. due: the last moment in time. held: what stands now;
    former: what stood before, the latest first. clause: code of the ground that rules name for it.
    """

    ways: Sequence[str]
    is_needed: bool
    due: datetime | None
    held: Sequence[Confirmation]
    former: Sequence[Confirmation]
    in_time: Sequence[Confirmation]
    clause: str = ""

    def is_open(self, now: datetime) -> bool:
        """Whether files are still taken."""
        return bool(self.ways) and (self.due is None or now <= self.due)

    def is_missing(self, now: datetime) -> bool:
        """Whether the rules ask for it, the time is over and nothing came in it."""
        return self.is_needed and not self.is_open(now) and not self.in_time


def confirming_of(submission: Submission) -> Confirming:
    """What is asked of a submission by its own rules; one query."""
    rules = rules_kept(submission.frozen.rules)
    rows = list(confirmations_of(submission))
    held = [one for one in rows if one.ended_at is None]
    due = due_of(submission.contest, rules)
    is_here = submission.contest.intake == Contest.Intake.HERE  # elsewhere it was confirmed there
    ways = [way for way in rules.signing.ways if way != "none" and is_here]
    return Confirming(
        ways=ways,
        is_needed=bool(ways) and "none" not in rules.signing.ways,
        due=due,
        held=held,
        former=[one for one in rows if one.ended_at is not None],
        in_time=[one for one in held if due is None or is_in_time(one, due, submission.contest)],
        clause=next((one.refusal or "" for one in rules.checks if one.code == CHECK), ""),
    )


def confirmations_of(submission: Submission) -> QuerySet[Confirmation]:
    """Everything that came to confirm it, the latest first, former ones too."""
    rows = Confirmation.objects.filter(submission=submission)
    return rows.select_related("file").order_by("-pk").annotate(who=name_of("by"))


def confirmations_held(submission: Submission) -> QuerySet[Confirmation]:
    """What confirms it now."""
    return confirmations_of(submission).filter(ended_at=None)


def confirmation_file(submission: Submission, key: UUID) -> Confirmation | None:
    """One that has a file."""
    return confirmations_of(submission).filter(key=key, file__isnull=False).first()


def held_paper(submission: Submission) -> Confirmation | None:
    """The mark that paper came, as it stands."""
    return confirmations_held(submission).filter(way=Way.PAPER).first()


def held_by(submissions: Iterable[Submission]) -> Mapping[int, list[Confirmation]]:
    """What confirms each of some submissions now, by their rows; one query for all."""
    found: dict[int, list[Confirmation]] = {}
    rows = Confirmation.objects.filter(submission__in=list(submissions), ended_at=None)
    for one in rows.order_by("pk"):
        found.setdefault(one.submission_id, []).append(one)
    return found


def awaiting_document() -> QuerySet[Submission]:
    """What was handed in here and nothing confirms; whether it has to be, `document_due` says."""
    held = Confirmation.objects.filter(submission=OuterRef("pk"), ended_at=None)
    return Submission.objects.filter(
        ~Exists(held),
        stage__in=AWAITED,
        contest__intake=Contest.Intake.HERE,
        contest__is_training=False,
    )


def document_due(contest: Contest, rules: Rules) -> datetime | None:
    """The last moment of a document without which nothing is confirmed; none: none is asked for."""
    return None if "none" in rules.signing.ways else due_of(contest, rules)


def due_of(contest: Contest, rules: Rules) -> datetime | None:
    """By when submissions to a contest are to be confirmed."""
    if contest.closes_at is None:
        return None
    return confirm_by(contest.closes_at, rules.signing.within_days, ZoneInfo(contest.time_zone))


def is_in_time(one: Confirmation, due: datetime, contest: Contest) -> bool:
    """A file by its moment; paper by the day on which it came, whoever marked it and when."""
    if one.received_on is None:
        return one.at <= due
    last = day_of(due, contest)
    return last is None or one.received_on <= last
