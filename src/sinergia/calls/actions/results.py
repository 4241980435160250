"""How far the review of a contest is, noted where its rules and pages find it."""

from datetime import datetime

from sinergia.calls.models import Contest


def note_judging(contest: Contest, *, now: datetime) -> None:
    """Note that applications are reviewed: what they are judged by is corrected no more."""
    contest.rules.filter(judged_at=None).update(judged_at=now)


def note_results(contest: Contest, *, now: datetime) -> None:
    """Note since when everybody sees the result; its own floor has asked access and recorded it."""
    Contest.objects.filter(pk=contest.pk, results_at=None).update(results_at=now)
