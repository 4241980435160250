"""What has become of a programme between two versions of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Picture = Mapping[str, str]  # a session: names of fields to texts; moments as ISO 8601 in UTC
TIMES = ("starts_at", "ends_at")


@dataclass(frozen=True)
class Altered:
    """A field that is another one now."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class SessionChange:
    """What has become of a session. fields: of one that stayed; before, after: its pictures."""

    key: str
    kind: Literal["new", "gone", "moved", "changed"]
    before: Picture
    after: Picture
    fields: tuple[Altered, ...] = ()

    @property
    def hosts(self) -> frozenset[str]:
        """Whom it concerns beside the delegation: the host it had and the one it has."""
        return frozenset(filter(None, (self.before.get("host"), self.after.get("host"))))


def changes_between(
    before: Mapping[str, Picture], after: Mapping[str, Picture]
) -> list[SessionChange]:
    """Every session that is new, gone, at another time, or otherwise changed; by its time."""
    found = []
    for key in {*before, *after}:
        old, new = before.get(key, {}), after.get(key, {})
        if old == new:
            continue
        fields = _altered(old, new) if old and new else ()
        found.append(SessionChange(key, _kind_of(old, new, fields), old, new, fields))
    return sorted(found, key=_order)


def _kind_of(
    old: Picture, new: Picture, fields: Sequence[Altered]
) -> Literal["new", "gone", "moved", "changed"]:
    if not old:
        return "new"
    if not new:
        return "gone"
    return "moved" if any(one.name in TIMES for one in fields) else "changed"


def _altered(old: Picture, new: Picture) -> tuple[Altered, ...]:
    names = sorted({*old, *new})
    told = ((name, old.get(name, ""), new.get(name, "")) for name in names)
    return tuple(Altered(*one) for one in told if one[1] != one[2])


def _order(change: SessionChange) -> tuple[str, str]:
    picture = change.after or change.before
    return (picture.get("starts_at", ""), change.key)
