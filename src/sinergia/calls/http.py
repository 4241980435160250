"""What pages of contests have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.utils import timezone

from sinergia.calls.models import Contest


@contextmanager
def in_zone_of(contest: Contest) -> Iterator[None]:
    """Read and show moments by the clock of a contest."""
    with timezone.override(ZoneInfo(contest.time_zone)):
        yield
