"""What is wrong with a programme. One delegation goes to everything in it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sinergia.engine.visiting.clock import is_shown_twice, last_day
from sinergia.engine.visiting.task import ON_THE_WAY, REST, Finding, Item, Terms
from sinergia.engine.visiting.travel import MINUTE, travel_time

Stretch = tuple[datetime, datetime]


def find_conflicts(items: Iterable[Item], terms: Terms) -> list[Finding]:
    """Everything against a programme, in the order of its sessions.

    What ends before it begins is told, and takes no part in the rest.
    """
    ordered = sorted(items, key=_order)
    backwards = [one for one in ordered if one.ends_at <= one.starts_at]
    sound = [one for one in ordered if one.ends_at > one.starts_at]
    found = [
        *(Finding("session.backwards", (one.key,)) for one in backwards),
        *(finding for one in sound for finding in _by_the_clock(one, terms)),
        *_at_once(sound),
        *_short_ways(sound, terms),
        *_without_break(sound, terms),
    ]
    place = {one.key: number for number, one in enumerate(ordered)}
    return sorted(found, key=lambda one: ([place[key] for key in one.keys], one.code))


def _order(item: Item) -> tuple[datetime, datetime, str]:
    return (item.starts_at, item.ends_at, item.key)


def _by_the_clock(item: Item, terms: Terms) -> Iterator[Finding]:
    """What a session has against it by itself: its day, midnight, clocks."""
    begins_on = item.starts_at.astimezone(terms.zone).date()
    ends_on = last_day(item.ends_at, item.starts_at, terms.zone)
    is_early = terms.first is not None and begins_on < terms.first
    is_late = terms.last is not None and ends_on > terms.last
    if is_early or is_late:
        yield Finding("session.outside", (item.key,))
    if begins_on != ends_on:
        # A night on the train is a way to travel; a meeting over midnight is a slip.
        yield Finding("session.midnight", (item.key,), blocks=item.kind != ON_THE_WAY)
    if any(is_shown_twice(at, terms.zone) for at in (item.starts_at, item.ends_at)):
        yield Finding("session.shown_twice", (item.key,), blocks=False)
    if item.place.zone:
        there, here = (
            item.starts_at.astimezone(zone) for zone in (ZoneInfo(item.place.zone), terms.zone)
        )
        if there.utcoffset() != here.utcoffset():
            values = {"here": f"{here:%H:%M}", "there": f"{there:%H:%M}"}
            yield Finding("session.other_zone", (item.key,), values, blocks=False)


def _at_once(items: Sequence[Item]) -> Iterator[Finding]:
    """Two sessions at once; and where a host or a person would have to be in two places."""
    for number, first in enumerate(items):
        for second in items[number + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            keys = (first.key, second.key)
            minutes = _minutes(min(first.ends_at, second.ends_at) - second.starts_at)
            yield Finding("session.overlap", keys, {"minutes": minutes})
            if first.place == second.place:
                continue
            if first.host and first.host == second.host:
                yield Finding("session.host_twice", keys)
            for name in sorted(first.people & second.people):
                yield Finding("session.person_twice", keys, {"name": name})


def _short_ways(items: Sequence[Item], terms: Terms) -> Iterator[Finding]:
    """Where the way from the place before takes longer than there is time.

    What is eaten or rested without a place takes its time; a transfer is the way itself.
    """
    placed = [one for one in items if one.kind != ON_THE_WAY and one.place.is_known]
    others = [one for one in items if one.kind != ON_THE_WAY and not one.place.is_known]
    for number, item in enumerate(placed):
        before = [one for one in placed[:number] if one.ends_at <= item.starts_at]
        if not before:
            continue
        last = max(before, key=lambda one: (one.ends_at, one.starts_at, one.key))
        needed = travel_time(last.place, item.place, terms)
        if not needed:
            continue
        taken = _covered(others, last.ends_at, item.starts_at)
        there_is = item.starts_at - last.ends_at - taken
        if there_is < needed:
            values = {"needed": _minutes(needed), "left": _minutes(there_is)}
            yield Finding("session.short_way", (last.key, item.key), values, blocks=False)


def _without_break(items: Sequence[Item], terms: Terms) -> Iterator[Finding]:
    """Stretches longer than one can listen; told of the session in which the limit passes."""
    rests = [
        (one.starts_at, one.ends_at)
        for one in items
        if one.kind in REST and one.ends_at - one.starts_at >= terms.rest
    ]
    whole = _united((one.starts_at, one.ends_at) for one in items)
    rests += [(one[1], two[0]) for one, two in pairwise(whole) if two[0] - one[1] >= terms.free]
    for starts_at, ends_at in _without(whole, _united(rests)):
        if ends_at - starts_at <= terms.longest:
            continue
        limit = starts_at + terms.longest
        first = next(one for one in items if one.ends_at > starts_at)
        over = [one for one in items if one.starts_at <= limit < one.ends_at]
        last = over[0] if over else next(one for one in items if one.starts_at > limit)
        keys = (first.key,) if first == last else (first.key, last.key)
        values = {"minutes": _minutes(ends_at - starts_at)}
        yield Finding("session.no_break", keys, values, blocks=False)


def _united(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time in stretches that neither touch nor overlap."""
    found: list[Stretch] = []
    for starts_at, ends_at in sorted(stretches):
        if found and starts_at <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends_at))
        else:
            found.append((starts_at, ends_at))
    return found


def _without(whole: Sequence[Stretch], rests: Sequence[Stretch]) -> Iterator[Stretch]:
    """What is left between the beginning and the end of everything when the rests are cut out."""
    if not whole:
        return
    at = whole[0][0]
    for starts_at, ends_at in rests:
        if starts_at > at:
            yield (at, starts_at)
        at = max(at, ends_at)
    if whole[-1][1] > at:
        yield (at, whole[-1][1])


def _covered(items: Iterable[Item], since: datetime, until: datetime) -> timedelta:
    """How much of a stretch these take."""
    cut = ((max(one.starts_at, since), min(one.ends_at, until)) for one in items)
    united = _united(one for one in cut if one[0] < one[1])
    return sum((ends_at - starts_at for starts_at, ends_at in united), timedelta(0))


def _minutes(span: timedelta) -> int:
    return span // MINUTE
