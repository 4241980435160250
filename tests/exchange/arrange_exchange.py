"""Rows of exchange that are valid with the fewest words, made by actions."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.exchange.actions.agreements import PartyGiven, write_agreement
from sinergia.exchange.actions.delegation import invite_delegate, write_delegate
from sinergia.exchange.actions.organisers import write_organiser
from sinergia.exchange.actions.own import take_up_place
from sinergia.exchange.actions.programmes import add_place, write_programme
from sinergia.exchange.actions.visits import write_visit
from sinergia.exchange.models import Delegate, Organiser, PartnershipAgreement, Programme, Visit
from sinergia.organisations.models import Centre
from sinergia.people.models import Invitation, Person
from tests.arrange import NOON, a_centre, a_consultant, a_person, a_region

TILL = NOON + timedelta(days=14)  # of links
FIRST, LAST = date(2026, 12, 16), date(2026, 12, 17)
NAME = "Синергия НКО: Светлоборск — Рудный Лог"


def queries_of(client: Client, address: str) -> int:
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def a_home() -> Centre:
    """The centre of the region that sends its people."""
    return a_centre("Центр края", region=a_region("XB-YAR", "Ярогорский край"))


def staff_of(centre: Centre, name: str = "ours", role: str = "consultant") -> Person:
    """Somebody who works there."""
    return a_consultant(name, centre=centre, role=role)


def a_programme(
    actor: Person, centre: Centre, *, sides: bool = True, starts_on: date | None = None
) -> Programme:
    """A programme of the two regions."""
    given = {
        "name_ru": NAME,
        "name_en": "",
        "about": "",
        "starts_on": starts_on or date(2024, 6, 17),
        "ends_on": None,
    }
    made = write_programme(centre, given, actor=actor, now=NOON)
    if sides:
        add_place(made, "first", a_region(), None, actor=actor, now=NOON)
        home = a_region("XB-YAR", "Ярогорский край")
        add_place(made, "second", home, None, actor=actor, now=NOON)
    return made


def agreement_given(**more: object) -> dict[str, object]:
    """What an agreement says."""
    return {
        "number": "4",
        "signed_on": date(2024, 6, 17),
        "subject": "Обмен опытом НКО",
        "forms": "",
        "ends_on": date(2027, 1, 15),
        "renewal": "none",
        "programme": None,
        "is_public": False,
        "file": None,
    } | more


PARTIES = [
    PartyGiven(None, "Палата А", "Лунёв П. С.", "председатель"),
    PartyGiven(None, "Палата Б", "", ""),
]


def an_agreement(actor: Person, centre: Centre, **more: object) -> PartnershipAgreement:
    """An agreement of two chambers."""
    return write_agreement(centre, agreement_given(**more), PARTIES, actor=actor, now=NOON)


def visit_given(**more: object) -> dict[str, object]:
    """What an idea of a visit says."""
    return {
        "name": "Поездка в Светлоборск",
        "kind": "exchange",
        "programme": None,
        "agreement": None,
        "basis": "письмо № 12",
        "aims": "Увидеть практики",
        "from_region": a_region("XB-YAR", "Ярогорский край"),
        "to_region": a_region(),
        "starts_on": FIRST,
        "ends_on": LAST,
        "budget_minor": 120_000_00,
        "payers": "Дорога: сторона, которая едет",
        "coordinator": None,
        "note": "",
    } | more


def an_idea(actor: Person, centre: Centre, **more: object) -> Visit:
    """A visit that is an idea."""
    return write_visit(centre, visit_given(**more), actor=actor, now=NOON)


def organiser_given(side: str, **more: object) -> dict[str, object]:
    """Somebody who prepares it."""
    return {
        "side": side,
        "organisation": None,
        "body": "Палата",
        "name": "Лунёв П. С.",
        "post": "",
        "does": "",
        "phone": "",
        "email": "",
        "is_shown": False,
    } | more


def both_sides(visit: Visit, actor: Person) -> list[Organiser]:
    """An organiser of either side."""
    return [
        write_organiser(visit, organiser_given(side), actor=actor, now=NOON)
        for side in ("host", "sending")
    ]


def delegate_given(name: str, **more: object) -> dict[str, object]:
    """What is written of somebody who travels."""
    return {
        "name": name,
        "post": "",
        "organisation": None,
        "body": "НКО",
        "municipality": None,
        "phone": "",
        "email": "",
        "told_by": "Дорохова И. П.",
    } | more


def a_traveller(visit: Visit, actor: Person, name: str, **more: object) -> Delegate:
    """Somebody on the list."""
    return write_delegate(visit, delegate_given(name, **more), actor=actor, now=NOON)


def an_account(name: str) -> Person:
    """Somebody with a confirmed address."""
    person = a_person(name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def an_invited(visit: Visit, ours: Person, email: str = "") -> tuple[Delegate, Invitation, str]:
    """A row, the link to it, its token."""
    row = a_traveller(visit, ours, "Саврасов А. П.", email=email)
    made, token = invite_delegate(row, ends_at=TILL, actor=ours, now=NOON, email=email)
    return row, made, token


def a_tied(visit: Visit, ours: Person, name: str = "alexey") -> tuple[Delegate, Person]:
    """A row that its person has taken up."""
    person = an_account(name)
    _row, made, token = an_invited(visit, ours, person.email)
    return take_up_place(made.key, token, actor=person, now=NOON), person
