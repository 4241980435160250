"""Telling all who apply to a contest, some at a time: each once."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sinergia.applications.queries.applying import applying_to
from sinergia.calls.models import Contest
from sinergia.notices.actions import tell

AT_ONCE = 25  # people: an errand ends under 100 ms
SOON = timedelta(days=2)


def tell_some(
    contest: Contest,
    code: str,
    told: Mapping[str, Mapping[str, str]],
    *,
    url: str,
    past: int,
    now: datetime,
) -> int:
    """Tell the next ones of those who apply; give the last one's number, 0 where none are left.

    told: what the sentence names, by language. past: the number of whoever was told last.
    """
    people = list(applying_to(contest).filter(pk__gt=past)[:AT_ONCE])
    closes_at = contest.closes_at
    is_soon = closes_at is not None and now <= closes_at < now + SOON
    for person in people:
        values = told[person.language]
        tell(person, code, now=now, about=contest.call, url=url, urgent=is_soon, **values)
    return people[-1].pk if len(people) == AT_ONCE else 0
