"""That the result of a contest is told is noted where its pages find it."""

from datetime import datetime

from sinergia.calls.models import Contest


def note_results(contest: Contest, *, now: datetime) -> None:
    """Note since when everybody sees the result; its own floor has asked access and recorded it."""
    Contest.objects.filter(pk=contest.pk, results_at=None).update(results_at=now)
