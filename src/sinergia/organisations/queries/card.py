"""An organisation as everybody sees it: what is public by law, and what it chose to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Value

from sinergia.organisations.models import (
    Card,
    Head,
    Identifier,
    Organisation,
    Reach,
    Succession,
)
from sinergia.organisations.queries.inside import card_of, heads_of, successions_of
from sinergia.organisations.queries.roles import within
from sinergia.organisations.queries.told import told_of
from sinergia.people.models import Person

_SCHEMES = ("http://", "https://")


@dataclass(frozen=True)
class PublicCard:
    """Nothing here is hidden from anybody. site_url: "" where the site is no address to open."""

    card: Card
    numbers: Sequence[Identifier]
    works: Sequence[str]  # themes of its region; where there are none, fields of work
    places: Sequence[str]
    ways: Sequence[Reach]
    heads: Sequence[Head]
    former_names: Sequence[str]
    successions: Sequence[Succession]
    address: str
    site: str
    site_url: str


def shown_organisations() -> QuerySet[Organisation]:
    """Organisations that everybody sees, with places and form."""
    rows = Organisation.objects.select_related("region", "municipality", "legal_form", "card")
    return rows.filter(is_public=True)


def shown_to(person: Person | None) -> QuerySet[Organisation]:
    """Those, and hidden ones whose inside a person may see."""
    if person is None:
        return shown_organisations()
    rows = Organisation.objects.select_related("region", "municipality", "legal_form", "card")
    return rows.filter(Q(is_public=True) | Q(pk__in=within(person).values("pk")))


def knows_hidden(person: Person | None, field: str) -> Exists | Value:
    """Whether a person may name the hidden organisation whose number stands in `field` of a row.

    Whoever sees its inside may: to everybody else its name is nothing, wherever it stands.
    """
    if person is None:
        return Value(value=False, output_field=BooleanField())
    return Exists(within(person).filter(is_public=False, pk=OuterRef(field)))


def shown_successors(organisation: Organisation) -> list[Succession]:
    """What a public organisation became, of that which everybody sees."""
    rows = Succession.objects.filter(predecessor=organisation, successor__is_public=True)
    return list(rows.select_related("successor").order_by("on", "pk"))


def public_card(organisation: Organisation, *, today: date) -> PublicCard:
    """Read what everybody may see, and nothing else; of heads those whose term runs today."""
    theirs = {"organisation": organisation}
    card = _confirmed_card(organisation)
    chosen = {"is_public": True, "is_confirmed": True} | theirs
    heads = [
        head
        for head in (heads_of(organisation).filter(**chosen) if card.shows_heads else ())
        if (head.since or today) <= today <= (head.until or today)
    ]
    ways = Reach.objects.filter(**chosen).exclude(kind=Reach.Kind.PHONE)
    site, told = organisation.site if card.shows_site else "", told_of(organisation)
    return PublicCard(
        card=card,
        numbers=[one for one in _numbers(organisation) if one.is_public],
        works=[one.name for one in told.themes or told.fields],
        places=[one.name for one in told.places],
        ways=list(ways.order_by("place", "pk")),
        heads=heads,
        former_names=[one.name for one in told.former_names],
        successions=[
            one
            for one in successions_of(organisation)
            if one.predecessor.is_public and one.successor.is_public
        ],
        address=organisation.address if card.shows_address else "",
        site=site,
        site_url=_address_of(site),
    )


def _confirmed_card(organisation: Organisation) -> Card:
    """Its own words; where its people confirmed none, only that they hide the site."""
    card = card_of(organisation)
    return card if card.is_confirmed else Card(shows_site=card.shows_site)


def _numbers(organisation: Organisation) -> Sequence[Identifier]:
    return list(Identifier.objects.filter(organisation=organisation).order_by("-scheme"))


def _address_of(site: str) -> str:
    """What a browser opens: only http and https, whatever stands there."""
    if not site or any(sign.isspace() for sign in site):
        return ""
    if site.casefold().startswith(_SCHEMES):
        return site
    return "" if "://" in site or ":" in site.partition("/")[0] else f"http://{site}"
