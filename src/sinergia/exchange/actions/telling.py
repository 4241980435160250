"""Telling everybody who travels."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sinergia.exchange.models import Delegate, Visit
from sinergia.notices.actions import tell


def tell_delegates(
    delegates: Sequence[Delegate],
    code: str,
    told: Mapping[str, Mapping[str, str]],
    *,
    visit: Visit,
    url: str,
    now: datetime,
    urgent: bool = False,
) -> None:
    """Tell those who have an account. told: what the sentence names, by language."""
    for delegate in delegates:
        if delegate.person is not None:
            values = told[delegate.person.language]
            tell(delegate.person, code, now=now, about=visit, url=url, urgent=urgent, **values)
