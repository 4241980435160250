"""What a correction of frozen rules has changed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sinergia.calls.models import Contest, ContestRules


class Change(NamedTuple):
    """One value of the rules. place: where it stands in their file; "" where it is not there."""

    place: str
    before: str
    after: str


def correction(contest: Contest, version: str) -> ContestRules | None:
    """The corrected rules of a version; the first version corrects nothing."""
    if not version.isdecimal():
        return None
    rows = contest.rules.exclude(frozen_at=None).filter(version__gt=1)
    return rows.filter(version=version).first()


def last_correction(contest: Contest, *, since: datetime) -> ContestRules | None:
    """The latest correction after a moment; none where the rules stand as they were."""
    rows = contest.rules.filter(version__gt=1, frozen_at__gt=since)
    return rows.order_by("-version").first()


def changes_of(row: ContestRules) -> list[Change]:
    """What differs from the version before, in the order of the file."""
    earlier = ContestRules.objects.filter(contest=row.contest_id, version__lt=row.version)
    kept = earlier.order_by("-version").first()
    return differences(bytes(kept.content) if kept is not None else None, bytes(row.content))


def differences(kept: bytes | None, corrected: bytes) -> list[Change]:
    """What differs between rules as they are kept, in the order of the file."""
    before, after = _values(kept) if kept is not None else {}, _values(corrected)
    return [
        Change(place, before.get(place, ""), after.get(place, ""))
        for place in dict.fromkeys([*before, *after])
        if before.get(place, "") != after.get(place, "")
    ]


def _values(content: bytes) -> dict[str, str]:
    return dict(_flat(json.loads(content)["values"], ""))


def _flat(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Every value with its place; rows of a table by their code, where they have one."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(inner, f"{place}.{name}" if place else str(name))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        rows = [one for one in value if isinstance(one, Mapping)]
        if not rows:
            yield place, ", ".join(map(str, value))
        for at, one in enumerate(rows, start=1):
            yield from _flat(one, f"{place}.{one.get('code', at)}")
    else:
        yield place, str(value)
