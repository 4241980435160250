"""Where whoever works here goes each day: rooms by what is done in them, shown on the desk."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergia.organisations.queries.roles import Capacity

Room = tuple[Promise, str]  # what it is called, the name of its address

STAFF: tuple[tuple[Promise, tuple[Room, ...]], ...] = (
    (
        _("Trainings"),
        ((_("Trainings of our centre"), "trainings:ours"),),
    ),
    (
        _("Contests"),
        ((_("Contests of the centre"), "calls:held"),),
    ),
    (
        _("Requests and consultations"),
        (
            (_("Write down a consultation"), "help:new"),
            (_("Consultations"), "help:log"),
            (_("Requests for help"), "help:requests"),
            (_("Next steps"), "help:steps"),
            (_("Report on consultations"), "help:report"),
            (_("Topics and sources of money"), "help:dictionaries"),
        ),
    ),
    (
        _("Projects of organisations"),
        (
            (_("Readings of drafts"), "readings:readings"),
            (_("Remarks to projects"), "remarks:waiting"),
            (_("Journeys of organisations"), "organisations:journeys"),
        ),
    ),
    (
        _("Grants and reports"),
        (
            (_("Grants"), "grants:list"),
            (_("Won, not begun"), "grants:awaiting"),
            (_("To be paid now"), "grants:payments"),
            (_("Reports"), "reports:list"),
            (_("Changes of plans"), "grants:all_changes"),
        ),
    ),
    (
        _("The region"),
        (
            (_("Figures by ten o’clock"), "official:page"),
            (_("Regions side by side"), "regions:list"),
        ),
    ),
    (
        _("Practices"),
        (
            (_("Practices to be checked"), "practices:checks"),
            (_("Practices of organisations"), "practices:mine"),
            (_("Practices of other sites"), "practices:feeds"),
        ),
    ),
    (
        _("Exchange"),
        (
            (_("Programmes of exchange"), "exchange:programmes"),
            (_("Register of agreements"), "exchange:agreements"),
            (pgettext_lazy("exchange", "Visits"), "exchange:visits"),
            (_("Commitments"), "commitments:commitments"),
        ),
    ),
    (
        _("The register"),
        (
            (_("Loads of the register"), "register:loads"),
            (_("Questions of loads"), "register:questions"),
            (_("Fields of work"), "register:fields"),
            (_("Suspected doubles"), "register:doubles"),
            (_("What was merged"), "register:merges"),
        ),
    ),
    (
        _("People of organisations"),
        (
            (_("Requests to act for organisations"), "register:claims"),
            (_("Organisations without a leader"), "register:without_leader"),
            (_("Closed, with something open"), "organisations:closed"),
            (_("Terms of office and of papers"), "register:terms"),
            (_("Write down a group without a legal entity"), "register:new_group"),
        ),
    ),
    (
        _("Mailings and contacts"),
        (
            (_("Mailings"), "register:mailings"),
            (_("Contacts"), "register:contacts"),
            (_("Lists of people"), "register:contact_lists"),
        ),
    ),
)
ADMINISTRATOR: tuple[tuple[Promise, tuple[Room, ...]], ...] = (
    (
        _("Files"),
        (
            (_("Loads of funds’ tables"), "applications:loads"),
            (pgettext_lazy("menu", "Queue"), "applications:queue"),
            (_("Words of funds"), "applications:words"),
            (_("Loads of the register"), "register:loads"),
            (_("Questions of loads"), "register:questions"),
        ),
    ),
    (
        _("The register"),
        (
            (_("Suspected doubles"), "register:doubles"),
            (_("What was merged"), "register:merges"),
            (_("Practices to be checked"), "practices:checks"),
            (_("Practices of other sites"), "practices:feeds"),
        ),
    ),
    (
        _("Who works here"),
        (
            (_("Accounts"), "people:people"),
            (_("Centres"), "register:centres"),
            (_("Officials"), "register:officials"),
            (_("Requests to act for organisations"), "register:claims"),
            (_("Texts of consents"), "people:consent_texts"),
        ),
    ),
    (
        _("The installation"),
        (
            (_("Operations"), "operations:status"),
            (_("Errands"), "operations:errands"),
            (_("Funds"), "calls:funds"),
            (_("Regions side by side"), "regions:list"),
        ),
    ),
)


@dataclass(frozen=True)
class Group:
    """Rooms that belong together: what each is called, and its address."""

    title: str
    rooms: list[tuple[str, str]]


def rooms_of(capacity: Capacity | None) -> list[Group]:
    """Give the rooms of the role in which somebody acts; none where they keep no house."""
    if capacity is None:
        return []
    if capacity.role == "administrator":
        return list(_groups(ADMINISTRATOR))
    return [*_groups(STAFF), _own_centre(capacity)] if capacity.is_staff else []


def _groups(named: tuple[tuple[Promise, tuple[Room, ...]], ...]) -> Iterator[Group]:
    for title, rooms in named:
        yield Group(str(title), [(str(label), reverse(address)) for label, address in rooms])


def _own_centre(capacity: Capacity) -> Group:
    rooms = [(str(_("The centre and its people")), reverse("register:centre", args=[capacity.key]))]
    if capacity.role == "head":
        rooms.append((str(_("Officials")), reverse("register:officials")))
    return Group(str(_("The centre")), rooms)
