"""What people found by the checks that no machine makes."""

from uuid import UUID

from django.db.models import QuerySet

from sinergia.applications.models import CheckDone, Submission
from sinergia.calls.models import Contest
from sinergia.packs.rules import Rules
from sinergia.packs.rules.schema import Check
from sinergia.people.queries import name_of

MACHINE = (  # checks that the machine makes, by their codes in the rules
    *("form", "age", "number", "head", "head_term", "standing", "region"),
    *("limits", "overlap", "confirmation"),
)


def is_by_machine(check: Check, *, is_listed: bool = False) -> bool:
    """Whether the machine makes a check. is_listed: all that is known is a row of a list."""
    return check.by == "machine" and check.code in MACHINE and not (is_listed and _is_deep(check))


def _is_deep(check: Check) -> bool:
    return check.code == "limits"


def check_of(rules: Rules, code: str) -> Check | None:
    """The check of this code."""
    return next((one for one in rules.checks if one.code == code), None)


def checks_done(submission: Submission) -> dict[str, CheckDone]:
    """What stands, by the code of the check; one query."""
    rows = CheckDone.objects.filter(submission=submission, ended_at=None)
    return {one.code: one for one in rows.select_related("file").annotate(who=name_of("by"))}


def former_checks(submission: Submission, code: str) -> QuerySet[CheckDone]:
    """What stood before, the latest first."""
    rows = CheckDone.objects.filter(submission=submission, code=code, ended_at__isnull=False)
    return rows.select_related("file").annotate(who=name_of("by")).order_by("-pk")


def check_file(submission: Submission, key: UUID) -> CheckDone | None:
    """One that has a file."""
    rows = CheckDone.objects.filter(submission=submission, key=key, file__isnull=False)
    return rows.select_related("file").first()


def checks_in(contest: Contest) -> QuerySet[CheckDone]:
    """What stands in a whole contest, in the order of numbers."""
    rows = CheckDone.objects.filter(submission__contest=contest, ended_at=None)
    return rows.annotate(who=name_of("by")).order_by("submission__number", "submission", "pk")
