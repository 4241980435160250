"""What a visit's papers tell: its programme for one reader, its people, its hosts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, Sum
from django.db.models.functions import Coalesce

from sinergia.applications.queries.filters import ApplicationFilter, applications
from sinergia.calls.models import Fund
from sinergia.exchange.access import is_other_side, may_prepare
from sinergia.exchange.models import Delegate, Organiser, Session, Visit
from sinergia.exchange.queries.delegation import declined_in, travelling
from sinergia.exchange.queries.sessions import sessions_of, version_numbered
from sinergia.exchange.queries.telling import changes_now, living, pictures_in
from sinergia.exchange.queries.visits import organisers_of
from sinergia.exchange.words.programme import SessionShown, shown_now, shown_told
from sinergia.organisations.models import (
    Organisation,
    OrganisationField,
    OrganisationTheme,
    Reach,
)
from sinergia.organisations.queries.card import shown_organisations
from sinergia.organisations.queries.inside import card_of
from sinergia.people.models import Person
from sinergia.places.models import Theme
from sinergia.practices.models import Practice
from sinergia.practices.queries.catalogue import published


@dataclass(frozen=True)
class ProgrammeRead:
    """A programme for one reader. is_draft: something of it was not told yet."""

    sessions: Sequence[SessionShown]
    is_draft: bool


@dataclass(frozen=True)
class Grant:
    """What an organisation won of one fund, in one currency; years of contests, 0: not known."""

    fund: Fund
    currency: str
    won: int
    awarded_minor: int
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Host:
    """A host as everybody may know it. ways: how it chose to be reached, never a telephone."""

    organisation: Organisation
    about: str
    works: Sequence[str]
    address: str
    site: str
    ways: Sequence[str]
    practices: Sequence[Practice]
    grants: Sequence[Grant]


@dataclass(frozen=True)
class People:
    """Whose names are on paper: those who travel and those who prepare; the erased are not."""

    delegates: Sequence[Delegate]
    organisers: Sequence[Organiser]


def programme_for(person: Person, visit: Visit, *, wants_draft: bool) -> ProgrammeRead | None:
    """The version that was told; for both centres also what stands, where they ask or none was.

    None: nothing was told yet, and whoever asks does not prepare it.
    """
    prepares = may_prepare(person, visit) or is_other_side(person, visit)
    if prepares and (wants_draft or not visit.course.version):
        rows = list(sessions_of(visit))
        return ProgrammeRead(shown_now(rows), is_draft=bool(changes_now(visit, rows)))
    told = version_numbered(visit, visit.course.version)
    sessions = shown_told(living(pictures_in(told)), {})
    return ProgrammeRead(sessions, is_draft=False) if told else None


def people_of(visit: Visit) -> People:
    """Those who travel in the order of protocol, those who prepare by their sides."""
    declined = declined_in(visit)
    rows = travelling(visit).exclude(name="")
    return People(
        delegates=[one for one in rows if str(one.key) not in declined],
        organisers=list(organisers_of(visit)),
    )


def towns_at(keys: Iterable[str]) -> dict[str, str]:
    """In which town a session is, by the session's key."""
    rows = Session.objects.filter(key__in=list(keys)).exclude(municipality=None)
    return {str(one.key): one.municipality.name for one in rows.select_related("municipality")
            if one.municipality}  # fmt: skip


def theme_names(visit: Visit) -> dict[str, str]:
    """What themes are called in the reader's language, by how a version told them."""
    rows = Theme.objects.filter(region__in=[visit.to_region_id, visit.from_region_id])
    return {one.name_ru: one.name for one in rows}


def hosts_of(keys: Sequence[str]) -> list[Host]:
    """Those of these organisations that everybody sees, in this order; seven queries at most."""
    found = {str(one.key): one for one in shown_organisations().filter(key__in=keys)}
    there = [found[key] for key in dict.fromkeys(keys) if key in found]
    pks = [one.pk for one in there]
    works, practices, ways, grants = _works(pks), _practices(pks), _ways(pks), _grants(pks)
    return [_host(one, works[one.pk], practices[one.pk], ways[one.pk], grants[one.pk])
            for one in there]  # fmt: skip


def _host(
    organisation: Organisation,
    works: Sequence[str],
    practices: Sequence[Practice],
    ways: Sequence[str],
    grants: Sequence[Grant],
) -> Host:
    card = card_of(organisation)
    is_theirs = card.is_confirmed
    return Host(
        organisation=organisation,
        about=card.about if is_theirs else "",
        works=works,
        address=organisation.address if is_theirs and card.shows_address else "",
        site=organisation.site if card.shows_site else "",
        ways=ways,
        practices=practices,
        grants=grants,
    )


def _works(pks: Sequence[int]) -> dict[int, list[str]]:
    """Themes; of whoever has none, fields of work."""
    themes: dict[int, list[str]] = defaultdict(list)
    rows = OrganisationTheme.objects.filter(organisation__in=pks).select_related("theme")
    for row in rows.order_by("theme__name_folded", "pk"):
        themes[row.organisation_id].append(row.theme.name)
    fields = OrganisationField.objects.filter(organisation__in=set(pks) - set(themes))
    for field in fields.select_related("field").order_by("field__name_folded", "pk"):
        themes[field.organisation_id].append(field.field.name)
    return themes


def _practices(pks: Sequence[int]) -> dict[int, list[Practice]]:
    found: dict[int, list[Practice]] = defaultdict(list)
    for one in published().filter(organisation__in=pks).order_by("title_folded", "pk"):
        found[one.organisation_id or 0].append(one)
    return found


def _ways(pks: Sequence[int]) -> dict[int, list[str]]:
    """What their own people chose to show to everybody."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Reach.objects.filter(organisation__in=pks, is_public=True, is_confirmed=True)
    for one in rows.exclude(kind=Reach.Kind.PHONE).order_by("place", "pk"):
        found[one.organisation_id].append(one.value)
    return found


def _grants(pks: Sequence[int]) -> dict[int, list[Grant]]:
    """Of each fund, the largest sums first."""
    rows = applications(ApplicationFilter(outcome="won")).filter(organisation__in=pks).order_by()
    counted = rows.values_list("organisation", "fund", "currency").annotate(
        won=Count("pk"),
        awarded=Coalesce(Sum("awarded_minor"), 0),
        first=Coalesce(Min("contest_year", filter=Q(contest_year__gt=0)), 0),
        last=Coalesce(Max("contest_year"), 0),
    )
    told = list(counted)
    funds = Fund.objects.in_bulk({fund for _of, fund, *_rest in told})
    found: dict[int, list[Grant]] = defaultdict(list)
    for organisation, fund, *rest in sorted(told, key=lambda row: (-row[4], str(row[1]), row[2])):
        found[organisation].append(Grant(funds[fund], *rest))
    return found
