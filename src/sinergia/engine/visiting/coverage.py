"""Which themes a programme serves, which it does not, and who could."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sinergia.engine.visiting.task import Item, Place
from sinergia.engine.visiting.travel import kilometres

NOWHERE = float("inf")


@dataclass(frozen=True)
class Offer:
    """An organisation that could show something of a theme. shows: by a practice that receives."""

    key: str
    name: str
    theme: str
    place: Place = field(default_factory=Place)
    shows: bool = False


@dataclass(frozen=True)
class Served:
    """A theme: who wishes it, which sessions serve it, who could; the likeliest first."""

    theme: str
    wished_by: tuple[str, ...]
    sessions: tuple[str, ...]
    could: tuple[Offer, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether somebody wishes it and nothing serves it."""
        return bool(self.wished_by) and not self.sessions


def coverage(
    items: Iterable[Item],
    wishes: Mapping[str, Sequence[str]],
    offers: Iterable[Offer],
    *,
    most: int = 5,
) -> list[Served]:
    """Every theme that is wished or served, what nobody serves first, then by how many wish it.

    wishes: a theme to those who wish it. most: so many who could are told of a theme.
    """
    ordered = sorted(items, key=lambda one: (one.starts_at, one.key))
    served: dict[str, list[str]] = {}
    for item in ordered:
        for theme in item.themes:
            served.setdefault(theme, []).append(item.key)
    towns = {one.place.town: one.place for one in ordered if one.place.town}
    hosts = {one.host for one in ordered if one.host}
    could: dict[str, list[Offer]] = {}
    for offer in offers:
        if offer.key not in hosts:
            could.setdefault(offer.theme, []).append(offer)
    found = [
        Served(
            theme,
            tuple(wishes.get(theme, ())),
            tuple(served.get(theme, ())),
            tuple(_nearest(could.get(theme, ()), towns, most)) if theme not in served else (),
        )
        for theme in {*wishes, *served}
    ]
    return sorted(found, key=lambda one: (not one.is_missing, -len(one.wished_by), one.theme))


def _nearest(offers: Iterable[Offer], towns: Mapping[str, Place], most: int) -> list[Offer]:
    """Those with something to show first, then those whose town is nearest to the programme's."""
    best: dict[str, Offer] = {}
    for offer in offers:
        if offer.key not in best or offer.shows:
            best[offer.key] = offer
    ranked = sorted(
        best.values(), key=lambda one: (not one.shows, _away(one.place, towns), one.name, one.key)
    )
    return ranked[:most]


def _away(place: Place, towns: Mapping[str, Place]) -> float:
    if place.town and place.town in towns:
        return 0.0
    if place.point is None:
        return NOWHERE
    known = (kilometres(place.point, one.point) for one in towns.values() if one.point is not None)
    return min(known, default=NOWHERE)
