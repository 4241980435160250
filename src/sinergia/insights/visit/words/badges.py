"""Badges of a visit: who somebody is, whom they represent, what they are there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.engine.text import fold
from sinergia.exchange.models import Delegate, Organiser, Visit
from sinergia.exchange.queries.delegation import body_of
from sinergia.exchange.words.programme import SessionShown
from sinergia.insights.visit.queries import People
from sinergia.insights.visit.words.hosts import Square
from sinergia.insights.visit.words.naming import days_of


@dataclass(frozen=True)
class Badge:
    """A badge. role: `delegate`, `host` or `organiser`, for its colour; no way to reach anybody."""

    role: str
    role_said: str
    name: str
    post: str
    body: str
    town: str
    square: Square


@dataclass(frozen=True)
class Badges:
    """All of them, as they are set."""

    language: str
    title: str
    visit: str
    days_said: str
    badges: list[Badge]


def badges_of(
    visit: Visit,
    people: People,
    sessions: Sequence[SessionShown],
    towns: Mapping[str, str],
    *,
    language: str,
    site: str,
) -> Badges:
    """One for each person: who travels, then who receives, then who prepares.

    Namesakes who receive are told apart by body and post; an organiser of a known name is one who
    travels or receives.
    towns: by the keys of sessions. The code on a delegate's badge leads to where whoever keeps the
    list ticks them; on the others, to the programme.
    """
    page = Square.of(site + reverse("visits:programme", args=[visit.key]))
    made = [_delegate(one, visit, site) for one in people.delegates]
    for one in [*_hosts(sessions, towns, page), *_organisers(people.organisers, page)]:
        if not any(_is_one(one, other) for other in made):
            made.append(one)
    return Badges(language, _("Badges"), visit.name, days_of(visit), made)


def _is_one(one: Badge, other: Badge) -> bool:
    """Whether two badges are of one person; what is not said of either speaks against nothing."""
    if fold(one.name) != fold(other.name):
        return False
    told = ((one.body, other.body), (one.post, other.post))
    are_alike = all(not a or not b or fold(a) == fold(b) for a, b in told)
    return are_alike or (one.role == "organiser") != (other.role == "organiser")


def _delegate(row: Delegate, visit: Visit, site: str) -> Badge:
    said = _("Head of the delegation") if row.is_lead else pgettext("badge", "Delegate")
    address = site + reverse("exchange:here", args=[visit.key, row.key])
    town = row.municipality.name if row.municipality else ""
    return Badge(
        "delegate", said, row.name, row.post, body_of(row, is_public=True), town, Square.of(address)
    )


def _hosts(
    sessions: Sequence[SessionShown], towns: Mapping[str, str], page: Square
) -> Iterator[Badge]:
    """Whom one meets, parted by ";" or lines; before a comma the name, behind it the post."""
    for one in sessions:
        for line in one.heads.replace(";", "\n").splitlines():
            name, _comma, post = (part.strip() for part in line.partition(","))
            if name:
                town = towns.get(one.key, "")
                yield Badge("host", pgettext("badge", "Host"), name, post, one.host, town, page)


def _organisers(rows: Sequence[Organiser], page: Square) -> Iterator[Badge]:
    for one in rows:
        if one.name:
            said = pgettext("badge", "Organiser")
            yield Badge(
                "organiser", said, one.name, one.post, body_of(one, is_public=True), "", page
            )
