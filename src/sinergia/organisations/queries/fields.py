"""Fields of work, and what they mean in a region."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from sinergia.organisations.models import (
    CentreStaff,
    FieldOfWork,
    FieldTheme,
    Organisation,
    OrganisationField,
)
from sinergia.people.models import Person
from sinergia.places.models import Region
from sinergia.places.queries import regions, regions_in


@dataclass(frozen=True)
class MappedField:
    """A field of work of a region's organisations. theme: its key, "" where it means none."""

    field: FieldOfWork
    organisations: int
    theme: str


def mapped_fields(region: Region) -> list[MappedField]:
    """Fields of work that organisations of a region have, the usual ones first."""
    there = Organisation.objects.filter(region=region)
    rows = OrganisationField.objects.filter(organisation__in=there).order_by()
    counted = dict(rows.values_list("field_id").annotate(number=Count("pk")))
    meant = FieldTheme.objects.filter(region=region).select_related("theme")
    themes = {one.field_id: str(one.theme.key) for one in meant}
    fields = FieldOfWork.objects.filter(pk__in=counted.keys() | themes.keys())
    found = [MappedField(one, counted.get(one.pk, 0), themes.get(one.pk, "")) for one in fields]
    return sorted(found, key=lambda one: (-one.organisations, one.field.name_folded))


def regions_to_map(person: Person) -> QuerySet[Region]:
    """Regions whose fields of work a person may map, by name."""
    if person.is_administrator:
        return regions()
    work = CentreStaff.objects.filter(person=person, until=None)
    return regions_in(work.values("centre__regions__region"))
