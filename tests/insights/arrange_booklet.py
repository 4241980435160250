"""A visit with hosts and people, and its papers as a reader of the PDF finds them."""

import io

from django.test import Client
from pypdf import PdfReader

from sinergia.exchange.models import Delegate, Organiser, Visit
from sinergia.organisations.models import Card, Organisation, OrganisationTheme
from sinergia.places.models import Theme
from tests.arrange import NOON, a_delegate, a_municipality, a_person, a_theme, an_organisation

LONG = "Ъ" * 190


def address(visit: Visit, name: str = "booklet-ru") -> str:
    return f"/visits/{visit.key}/{name}.pdf"


def pages_of(client: Client, where: str) -> list[str]:
    response = client.get(where)
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def text_of(client: Client, where: str) -> str:
    return " ".join(pages_of(client, where))


def a_host(visit: Visit, name: str = "Полтора шага") -> Organisation:
    town = a_municipality("Кленовск", region=visit.to_region)
    host = an_organisation(name, region=visit.to_region)
    Organisation.objects.filter(pk=host.pk).update(municipality=town, site="poltora.example")
    Card.objects.update_or_create(
        organisation=host,
        defaults={"about": "Учим ходить.", "is_confirmed": True, "changed_at": NOON},
    )
    theme = Theme.objects.filter(name_ru="Забота").first() or a_theme("Забота")
    OrganisationTheme.objects.create(organisation=host, theme=theme)
    host.refresh_from_db()
    return host


def an_organiser(visit: Visit, name: str, *, is_shown: bool = True, **said: str) -> Organiser:
    given = {"side": "host", "body": "Палата области"} | said
    return Organiser.objects.create(visit=visit, name=name, is_shown=is_shown, **given)


def a_traveller(visit: Visit, name: str, account: str) -> Delegate:
    row = a_delegate(name, visit=visit)
    row.person = a_person(account)
    row.save()
    return row
