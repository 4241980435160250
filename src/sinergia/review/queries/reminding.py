"""Who is to be reminded of sheets that are not signed, and who was today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sinergia.applications.queries.received import beginning_of
from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import day_of
from sinergia.review.models import Expert
from sinergia.review.queries.course import chosen_experts, unsigned_of

REMINDED = "review.reminded"


@dataclass(frozen=True)
class Reminding:
    """whom: with how many sheets are left to each. today: reminded already; done: have none."""

    whom: Sequence[tuple[Expert, int]]
    today: Sequence[Expert]
    done: Sequence[Expert]


def reminding_of(contest: Contest, keys: Sequence[str], *, now: datetime) -> Reminding:
    """What a reminder to chosen experts would come to; three queries."""
    experts = list(chosen_experts(contest, keys))
    left, told = unsigned_of(experts), _told_today(contest, experts, now=now)
    is_here = {
        one.pk: one.stage == Expert.Stage.ACCEPTED and one.pk in left and one.person is not None
        for one in experts
    }
    waiting = [one for one in experts if is_here[one.pk]]
    return Reminding(
        whom=[(one, left[one.pk]) for one in waiting if str(one.key) not in told],
        today=[one for one in waiting if str(one.key) in told],
        done=[one for one in experts if not is_here[one.pk]],
    )


def _told_today(contest: Contest, experts: Sequence[Expert], *, now: datetime) -> set[str]:
    """Keys of those who were reminded on this day of the contest's clock."""
    today = day_of(now, contest) or now.date()
    entries = Entry.objects.filter(
        verb=REMINDED,
        about_kind="review.expert",
        about_key__in=[str(one.key) for one in experts],
        at__gte=beginning_of(today, contest),
    )
    return set(entries.values_list("about_key", flat=True))
