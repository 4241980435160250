"""An organisation as everybody sees it: what is public by law, and what it chose to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sinergia.organisations.models import (
    Card,
    FieldOfWork,
    FormerName,
    Head,
    Identifier,
    Organisation,
    OrganisationField,
    OrganisationPlace,
    OrganisationTheme,
    Reach,
    Succession,
)
from sinergia.organisations.queries.inside import card_of, successions_of
from sinergia.places.models import Municipality, Theme

_SCHEMES = ("http://", "https://")


@dataclass(frozen=True)
class PublicCard:
    """Nothing here is hidden from anybody. site_url: "" where the site is no address to open."""

    card: Card
    numbers: Sequence[Identifier]
    works: Sequence[str]
    places: Sequence[str]
    ways: Sequence[Reach]
    heads: Sequence[Head]
    former_names: Sequence[str]
    successions: Sequence[Succession]
    address: str
    site: str
    site_url: str


def shown_organisation(key: UUID, *, is_public: bool = True) -> Organisation | None:
    """An organisation by its address, with places and form; hidden ones only when asked for."""
    rows = Organisation.objects.select_related("region", "municipality", "legal_form")
    return rows.filter(key=key, is_public=is_public).first()


def public_card(organisation: Organisation) -> PublicCard:
    """Read what everybody may see, and nothing else."""
    theirs = {"organisation": organisation}
    card = _confirmed_card(organisation)
    chosen = {"is_public": True, "is_confirmed": True} | theirs
    heads = Head.objects.filter(**chosen) if card.shows_heads else []
    ways = Reach.objects.filter(**chosen).exclude(kind=Reach.Kind.PHONE)
    site = organisation.site if card.shows_site else ""
    names = FormerName.objects.filter(**theirs).order_by("-until", "-pk")
    return PublicCard(
        card=card,
        numbers=[one for one in _numbers(organisation) if one.is_public],
        works=_works(organisation),
        places=_places(organisation),
        ways=list(ways.order_by("place", "pk")),
        heads=list(heads),
        former_names=list(names.values_list("name", flat=True)),
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


def _works(organisation: Organisation) -> list[str]:
    """Themes of its region, in the reader's language; where there are none, fields of work."""
    themes = OrganisationTheme.objects.filter(organisation=organisation).values("theme")
    named = [one.name for one in Theme.objects.filter(pk__in=themes).order_by("name_folded")]
    fields = OrganisationField.objects.filter(organisation=organisation).values("field")
    words = FieldOfWork.objects.filter(pk__in=fields).order_by("name_folded")
    return named or [one.name for one in words]


def _places(organisation: Organisation) -> list[str]:
    rows = OrganisationPlace.objects.filter(organisation=organisation).values("municipality")
    places = Municipality.objects.filter(pk__in=rows).order_by("name_folded")
    return [one.name for one in places]


def _address_of(site: str) -> str:
    """What a browser opens: only http and https, whatever stands there."""
    if not site or any(sign.isspace() for sign in site):
        return ""
    if site.casefold().startswith(_SCHEMES):
        return site
    return "" if "://" in site or ":" in site.partition("/")[0] else f"http://{site}"
