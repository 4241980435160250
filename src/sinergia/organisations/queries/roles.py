"""What a person may be: staff of a centre, of an organisation's team, an official."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language

from sinergia.base.asking import row_keyed
from sinergia.organisations.models import (
    Centre,
    CentreRegion,
    CentreStaff,
    Membership,
    Official,
    Organisation,
)
from sinergia.people.models import Person
from sinergia.places.models import Region
from sinergia.places.queries import regions, regions_in

ADMINISTRATOR = "administrator"
STAFF = frozenset(CentreStaff.Role.values)
TEAM = frozenset(Membership.Role.values)
OFFICIAL = "official"
Row = tuple[str, object, str, int, str]  # role, key, name, place, zone
_UNSERVED = Q(region=None) | ~Q(region__in=CentreRegion.objects.values("region"))
ORDER = ("head", "consultant", "leader", "editor", OFFICIAL, ADMINISTRATOR)


@dataclass(frozen=True)
class Capacity:
    """One thing that a person may be, and where.

    role: one of ORDER; key: the centre's or the organisation's, or the region's code, "" of an
    administrator; name: of that place, short where it has a short one, in the reader's language.
    """

    role: str
    key: str = ""
    name: str = ""
    place_id: int = 0
    zone: str = ""  # of the centre, or of the region; "" where none is given

    @property
    def code(self) -> str:
        """How the choice of it is kept."""
        return f"{self.role}:{self.key}"

    @property
    def is_staff(self) -> bool:
        """Whether it is work at a centre."""
        return self.role in STAFF

    @property
    def is_team(self) -> bool:
        """Whether it is work for an organisation."""
        return self.role in TEAM


def capacities_of(person: Person) -> list[Capacity]:
    """Everything a person may be, work at centres first; one query."""
    rows = _staff(person).union(_team(person), _official(person))
    found = [
        Capacity(role, _written(key), name, place, zone) for role, key, name, place, zone in rows
    ]
    if person.is_administrator:
        found.append(Capacity(ADMINISTRATOR))
    return sorted(found, key=lambda one: (ORDER.index(one.role), one.name))


def decides(person: Person) -> bool:
    """Whether a person holds a role for which a second factor is asked."""
    roles = (model.objects.filter(person=person, until=None) for model in (CentreStaff, Official))
    return person.is_administrator or any(found.exists() for found in roles)


def centre_of(capacity: Capacity) -> Centre:
    """The centre at which somebody works."""
    return Centre.objects.select_related("organisation").get(pk=capacity.place_id)


def serving_centre(capacity: Capacity, organisation: Organisation) -> Centre | None:
    """The centre at which somebody works, where it serves an organisation's region."""
    if organisation.region_id is None:
        return None
    theirs = Centre.objects.filter(pk=capacity.place_id, regions__region=organisation.region_id)
    return theirs.select_related("organisation").first()


def regions_of(centre: Centre) -> list[int]:
    """The regions that a centre serves."""
    return list(centre.regions.order_by("pk").values_list("region", flat=True))


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """Organisations for which a person acts, by name."""
    theirs = _memberships(person).values("organisation")
    found = Organisation.objects.filter(pk__in=theirs).select_related("municipality")
    return found.order_by("name_folded", "pk")


def within(person: Person) -> QuerySet[Organisation]:
    """Organisations whose inside a person may see: their own, and those their centre serves.

    Administrators see those that no centre serves. Ordered by nothing yet.
    """
    theirs = Q(pk__in=_memberships(person).values("organisation"))
    theirs |= Q(region__in=_work(person).values("centre__regions__region"))
    if person.is_administrator:
        theirs |= _UNSERVED
    return Organisation.objects.filter(theirs)


def organisation_within(person: Person, key: str) -> Organisation | None:
    """The one of these with a key that somebody sent."""
    return row_keyed(within(person), key)


def served(centre: Centre) -> QuerySet[Organisation]:
    """Organisations of the regions that a centre serves."""
    return Organisation.objects.filter(region__in=centre.regions.values("region"))


def kept_by(centre: Centre | None) -> QuerySet[Organisation]:
    """Organisations that a centre serves; for administrators (none), those that no centre does."""
    return Organisation.objects.filter(_UNSERVED) if centre is None else served(centre)


def without_region(centre: Centre | None) -> QuerySet[Organisation]:
    """Organisations of which nobody has said where they are; hidden ones for administrators."""
    rows = Organisation.objects.filter(region=None)
    return rows if centre is None else rows.filter(is_public=True)


def regions_kept(centre: Centre | None) -> QuerySet[Region]:
    """The regions that a centre serves; all of them, for administrators."""
    return regions() if centre is None else regions_in(centre.regions.values("region"))


def staff_serving(organisation: Organisation, *roles: str) -> QuerySet[Person]:
    """Who works at the centre that serves an organisation's region, in one of `roles` if given."""
    return staff_of_regions([organisation.region_id], *roles)


def staff_of_regions(regions: Iterable[int | None], *roles: str) -> QuerySet[Person]:
    """Who works at the centres that serve these regions, in one of `roles` if given."""
    known = [region for region in regions if region is not None]
    work = CentreStaff.objects.filter(until=None, centre__regions__region__in=known)
    found = work.filter(role__in=roles) if roles else work
    return Person.objects.filter(pk__in=found.values("person"), is_active=True).order_by("pk")


def administrators() -> QuerySet[Person]:
    """Whoever administers the installation and can be told something."""
    return Person.objects.filter(is_administrator=True, is_active=True, machine="").order_by("pk")


def _written(key: object) -> str:
    """A key as it stands in addresses: one database casts it without its dashes."""
    text = str(key)
    return str(UUID(text)) if len(text) == len(UUID(int=0).hex) else text


def _work(person: Person) -> QuerySet[CentreStaff]:
    return CentreStaff.objects.filter(person=person, until=None)


def _memberships(person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person, until=None)


def _staff(person: Person) -> QuerySet[CentreStaff, Row]:
    key, name = Cast("centre__key", CharField()), _called("centre__organisation")
    return _work(person).values_list("role", key, name, "centre", "centre__time_zone")


def _team(person: Person) -> QuerySet[Membership, Row]:
    key, name = Cast("organisation__key", CharField()), _called("organisation")
    zone = Coalesce("organisation__region__time_zone", Value(""))
    return _memberships(person).values_list("role", key, name, "organisation", zone)


def _called(path: str) -> Coalesce:
    """The short name of the organisation there; its full name where it has none."""
    return Coalesce(NullIf(f"{path}__short_name", Value("")), f"{path}__name")


def _official(person: Person) -> QuerySet[Official, Row]:
    name = F("region__name_en" if get_language() == "en" else "region__name_ru")
    theirs = Official.objects.filter(person=person, until=None)
    role = Value(OFFICIAL, CharField())
    code = Cast("region__code", CharField())
    return theirs.values_list(role, code, name, "region", "region__time_zone")
