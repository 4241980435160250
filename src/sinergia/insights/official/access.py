"""Who reads what is told of a region inside, and who enters how far it trusts non-profits."""

from django.db.models import Q, QuerySet

from sinergia.organisations.access import may_map_fields
from sinergia.organisations.models import CentreStaff, Official
from sinergia.people.access import may_administer
from sinergia.people.models import Person
from sinergia.places.models import Region


def regions_told_to(person: Person) -> QuerySet[Region]:
    """An official's region, those that a centre serves, all of them for administrators."""
    rows = Region.objects.order_by("name_folded", "pk")
    if may_administer(person):
        return rows
    named = Official.objects.filter(person=person, until=None).values("region")
    work = CentreStaff.objects.filter(person=person, until=None)
    theirs = Q(pk__in=named) | Q(pk__in=work.values("centre__regions__region"))
    return rows.filter(theirs) if person.is_active else rows.none()


def may_keep_trust(person: Person, region: Region) -> bool:
    """Entering and removing a surveyed figure: staff of the region's centre, administrators."""
    return may_map_fields(person, region)
