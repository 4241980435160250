"""What a source says now, compared with what it said before and with what stands in the register.

A source speaks field by field. Only what is news is written, and only over what nobody else has
written since: everything else is a person's to decide, or nothing at all. The same source saying
the same twice never changes anything.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

Said = Mapping[str, str]  # field to what is said of it; absent or "": nothing
Sign = Callable[[str, str], str]  # of a field's value: equal signs, equal values


@dataclass(frozen=True)
class Conflict:
    """Two values of one field, and nobody to choose but a person."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Outcome:
    """What a comparison comes to. taken: to be written; agreed: where both say the same now."""

    taken: dict[str, str] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    agreed: frozenset[str] = frozenset()


def _itself(_field: str, value: str) -> str:
    return value


def compare(
    before: Said,
    now: Said,
    ours: Said,
    *,
    loose: Collection[str] = (),
    held: Collection[str] = (),
    sign: Sign = _itself,
) -> Outcome:
    """Say what of `now` is to be written, and what is to be asked.

    before: what the source said last, empty where it never spoke. ours: what stands now.
    loose: fields whose value nobody vouches for: the first source to speak is believed.
    held: fields that are never written without a person.

    1. A source that is silent on a field says nothing: an empty cell never erases.
    2. What stands already is agreed.
    3. What the source has said before is no news, whatever stands now.
    4. News goes into a blank; and over what the source itself said before, where it still stands.
    5. All other news is a conflict.
    """
    taken: dict[str, str] = {}
    conflicts: list[Conflict] = []
    agreed: set[str] = set()
    for name, theirs in now.items():
        mine = ours.get(name, "")
        said, stands, last = (sign(name, value) for value in (theirs, mine, before.get(name, "")))
        if not said:
            continue
        if said == stands:
            agreed.add(name)
        elif said == last:
            continue
        elif not stands or (name not in held and (name in loose or stands == last)):
            taken[name] = theirs
        else:
            conflicts.append(Conflict(name, mine, theirs))
    return Outcome(taken, conflicts, frozenset(agreed))
