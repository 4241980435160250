"""A host's card in the booklet: what it works on, shows and has won."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.ui.squares import square_image
from sinergia.base.ui.templatetags.figures import count, day, money
from sinergia.exchange.words.programme import SessionShown
from sinergia.insights.visit.queries import Grant, Host
from sinergia.insights.visit.words.naming import cut, short_name
from sinergia.practices.models import Practice

MOST_PRACTICES = 4  # of one host, those first that are shown on the visit
MOST_GRANTS = 6  # funds of one host, the largest sums first
ABOUT, ESSENCE = 700, 220  # signs that are printed


@dataclass(frozen=True)
class Square:
    """A square code: the picture and what it says in words."""

    image: str
    says: str

    @classmethod
    def of(cls, address: str) -> "Square":
        """A code that leads to an address."""
        words = _("Square code with the address %(address)s") % {"address": address}
        return cls(square_image(address), words)


@dataclass(frozen=True)
class PracticeSaid:
    """A practice on the card of its host."""

    title: str
    essence: str
    square: Square


@dataclass(frozen=True)
class HostSaid:
    """A card. facts: label, value; grants: fund, how many, of which years, the sum."""

    name: str
    full_name: str
    about: str
    facts: list[tuple[str, str]]
    practices: list[PracticeSaid]
    more: str
    grants: list[tuple[str, str, str, str]]
    more_grants: str


def host_said(host: Host, sessions: Sequence[SessionShown], *, site: str) -> HostSaid:
    """Put a card together. sessions: those that it holds."""
    known, name = host.organisation, short_name(host.organisation)
    shown = {title for one in sessions for title in one.practices.split("; ")}
    practices = sorted(host.practices, key=lambda one: one.title not in shown)
    rest = len(practices) - MOST_PRACTICES
    more = ngettext(
        "and %(count)s more practice in the catalogue",
        "and %(count)s more practices in the catalogue",
        rest,
    ) % {"count": rest}
    other = len(host.grants) - MOST_GRANTS
    more_grants = ngettext(
        "and grants of %(count)s more fund", "and grants of %(count)s more funds", other
    ) % {"count": other}
    return HostSaid(
        name=name,
        full_name=known.name if known.name != name else "",
        about=cut(" ".join(host.about.split()), ABOUT),
        facts=_facts(host, sessions),
        practices=[_practice(one, site) for one in practices[:MOST_PRACTICES]],
        more=more if rest > 0 else "",
        grants=[_grant(one) for one in host.grants[:MOST_GRANTS]],
        more_grants=more_grants if other > 0 else "",
    )


def _facts(host: Host, sessions: Sequence[SessionShown]) -> list[tuple[str, str]]:
    town = host.organisation.municipality
    place = host.address or (town.name if town else "")
    told = [
        (_("We meet"), "; ".join(map(_when, sessions))),
        (_("Works on"), ", ".join(host.works)),
        (_("Where"), place),
        (_("How to reach"), ", ".join(filter(None, [host.site, *host.ways]))),
    ]
    return [(label, value) for label, value in told if value]


def _when(session: SessionShown) -> str:
    begins = timezone.localtime(session.starts_at)
    return f"{day(begins.date())}, {begins:%H:%M}"


def _practice(practice: Practice, site: str) -> PracticeSaid:
    address = site + reverse("practices:practice", args=[practice.key])
    return PracticeSaid(practice.title, cut(practice.essence, ESSENCE), Square.of(address))


def _grant(grant: Grant) -> tuple[str, str, str, str]:
    won = ngettext("%(count)s grant", "%(count)s grants", grant.won) % {"count": count(grant.won)}
    first, last = grant.first_year or grant.last_year, grant.last_year
    years = f"{first}–{last}" if first != last else str(last or "")
    return grant.fund.name, won, years, money(grant.awarded_minor, grant.currency)
