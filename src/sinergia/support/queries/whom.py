"""Whom a centre helps, found by what is typed: organisations of the register, its own clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from sinergia.base.asking import row_keyed
from sinergia.base.search.queries import search
from sinergia.base.search.words import SHORTEST_BEGINNING
from sinergia.engine.text import clean_line, fold
from sinergia.organisations.models import Centre, Organisation
from sinergia.organisations.queries.register import SHORTEST_NUMBER, shown, with_words
from sinergia.support.models import Client, Consultation

MOST = 8  # of either kind that are offered
BETWEEN = " · "  # a name and what tells it from namesakes


@dataclass(frozen=True)
class Meant:
    """Who may be meant by what was typed.

    exact: the one whose name or number it is, if there is one.
    """

    organisations: Sequence[Organisation] = ()
    clients: Sequence[Client] = ()
    exact: Organisation | Client | None = None


def organisations_helped(centre: Centre) -> QuerySet[Organisation]:
    """Whom a centre may help: those it serves, and all that everybody may see."""
    return Organisation.objects.filter(
        Q(region__in=centre.regions.values("region")) | Q(is_public=True)
    )


def clients_of(centre: Centre) -> QuerySet[Client]:
    """People and groups that a centre knows, without those that were erased."""
    rows = Client.objects.filter(centre=centre, erased_at=None)
    return rows.select_related("municipality", "organisation")


def client_by(centre: Centre, key: UUID) -> Client | None:
    """One of them; an erased one, too: its consultations still lead there."""
    rows = Client.objects.filter(centre=centre, key=key)
    return rows.select_related("municipality", "organisation", "centre").first()


def clients_named(centre: Centre, typed: str) -> QuerySet[Client]:
    """Those whose name holds every word."""
    rows = clients_of(centre)
    for word in fold(typed).split():
        rows = rows.filter(name_folded__contains=word)
    return rows.order_by("name_folded", "pk")


def meant_by(centre: Centre, typed: str) -> Meant:
    """Who may be meant; by a name and a number behind it exactly one."""
    typed = clean_line(typed)
    name = typed.partition(BETWEEN)[0]
    if not name:
        return Meant()
    organisations = _organisations(centre, name)
    clients = list(clients_named(centre, name)[:MOST])
    wanted = fold(typed)
    same: list[Organisation | Client] = [
        one
        for one in organisations
        if wanted in (*_names_of_organisation(one), *_numbers_of_organisation(one))
    ]
    same += [one for one in clients if wanted in (fold(one.name), fold(client_label(one)))]
    return Meant(organisations, clients, same[0] if len(same) == 1 else None)


def recent_labels(centre: Centre) -> list[str]:
    """Whom the centre helped lately, as they are typed: offered before anything is."""
    rows = Consultation.objects.filter(centre=centre, removed_at=None)
    rows = rows.select_related("organisation", "client__municipality").order_by("-pk")[:40]
    told = [
        client_label(row.client) if row.client else organisation_label(row.organisation)
        for row in rows
    ]
    return list(dict.fromkeys(filter(None, told)))[:20]


def organisation_label(one: Organisation | None) -> str:
    """How an organisation is offered: its name, and its INN where it was read."""
    if one is None:
        return ""
    name, number = one.short_name or one.name, getattr(one, "inn", None)
    return f"{name}{BETWEEN}{number}" if number else name


def organisation_keyed(centre: Centre, key: str) -> Organisation | None:
    """One whom a centre may help, by a key that somebody sent."""
    return row_keyed(organisations_helped(centre), key)


def client_keyed(centre: Centre, key: str) -> Client | None:
    """One whom a centre knows, by a key that somebody sent."""
    return row_keyed(clients_of(centre), key)


def label_with_number(one: Organisation) -> str:
    """How it is offered, with its INN."""
    return organisation_label(next(iter(shown([one])), None))


def client_label(one: Client) -> str:
    """How a client is offered: the name, and the municipality."""
    return f"{one.name}{BETWEEN}{one.municipality.name}" if one.municipality else one.name


def _organisations(centre: Centre, name: str) -> list[Organisation]:
    rows = organisations_helped(centre)
    if len(name) >= SHORTEST_NUMBER and name.isdecimal():
        return shown(list(with_words(rows, name).order_by("name_folded", "pk")[:MOST]))
    *whole, last = name.split()
    # A word that is being typed is looked for by its beginning once it has three letters.
    typed = " ".join(whole) if whole and len(last) < SHORTEST_BEGINNING else name
    found = search("organisation", typed, among=rows, limit=MOST)
    known = rows.in_bulk(found.ids)
    return shown([known[pk] for pk in found.ids if pk in known])


def _names_of_organisation(one: Organisation) -> set[str]:
    names = (one.name, one.short_name, organisation_label(one))
    return {fold(name) for name in names if name}


def _numbers_of_organisation(one: Organisation) -> set[str]:
    """Its OGRN and INN, whole and public."""
    numbers = (getattr(one, name, None) for name in ("ogrn", "inn"))
    return {number for number in numbers if number}
