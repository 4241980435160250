"""Fields of work that files name, and the region's themes that they mean there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.pieces import pieces
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.organisations.access import may_map_fields
from sinergia.organisations.models import (
    FieldOfWork,
    FieldTheme,
    Organisation,
    OrganisationField,
    OrganisationTheme,
)
from sinergia.people.models import Person
from sinergia.places.models import Region, Theme

STEP = 500  # organisations in one statement


@dataclass(frozen=True)
class Spoken:
    """Fields of work that a source named before, and those that it names now."""

    before: Sequence[str]
    now: Sequence[str]


def add_fields(said: Mapping[int, Spoken]) -> None:
    """Note fields of work of organisations, {number: what was said}; part of a transaction.

    What a source named before and names no more is taken back. Themes of the region follow.
    """
    if not said:
        return
    named = {name for one in said.values() for name in (*one.before, *one.now) if name}
    fields = ensure_fields(named)
    gone = [
        (pk, fields[fold(name)])
        for pk, one in said.items()
        for name in set(one.before) - set(one.now)
        if name
    ]
    for pk, field in gone:
        OrganisationField.objects.filter(organisation=pk, field=field).delete()
        OrganisationTheme.objects.filter(organisation=pk, field=field).delete()
    OrganisationField.objects.bulk_create(
        [
            OrganisationField(organisation_id=pk, field_id=fields[fold(name)])
            for pk, one in said.items()
            for name in dict.fromkeys(one.now)
            if name
        ],
        ignore_conflicts=True,
    )
    follow_fields(list(said))


def ensure_fields(names: Collection[str]) -> dict[str, int]:
    """Rows of fields of work by folded name, made where there is none."""
    wanted = {fold(name)[:200]: name[:200] for name in sorted(names, reverse=True)}
    rows = FieldOfWork.objects.filter(name_folded__in=wanted)
    known = dict(rows.values_list("name_folded", "pk"))
    if missing := wanted.keys() - known.keys():
        FieldOfWork.objects.bulk_create(
            [FieldOfWork(name=wanted[one], name_folded=one) for one in sorted(missing)],
            ignore_conflicts=True,
        )
        known = dict(rows.all().values_list("name_folded", "pk"))
    return known


def follow_fields(organisations: Sequence[int]) -> None:
    """Give organisations the themes that their fields of work mean in their regions."""
    for some in pieces(organisations, STEP):
        meant = dict(_meanings(some))
        if not meant:
            continue
        rows = OrganisationField.objects.filter(organisation__in=some).order_by("pk")
        told = rows.values_list("organisation_id", "organisation__region_id", "field_id")
        OrganisationTheme.objects.bulk_create(
            [
                OrganisationTheme(organisation_id=pk, theme_id=meant[field, region], field_id=field)
                for pk, region, field in told
                if (field, region) in meant
            ],
            ignore_conflicts=True,  # whoever chose the theme by hand keeps it so
        )


@transaction.atomic
def map_fields(
    region: Region, meanings: Mapping[UUID, UUID | None], *, actor: Person, now: datetime
) -> int:
    """Say what fields of work mean in `region`; give how many mean something else now.

    meanings: a field's key -> a theme's key, none to say that it means no theme; those that are
    not named stay. Organisations follow: they get the theme, and lose the one that was meant.
    Raises Refused where a field or a theme is gone meanwhile.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    if not may_map_fields(actor, region):
        raise PermissionDenied
    themes = {theme.key: theme.pk for theme in Theme.objects.filter(region=region)}
    fields = dict(FieldOfWork.objects.filter(key__in=meanings).values_list("key", "pk"))
    gaps = [
        Gap("theme_gone", str(key))
        for key, theme in meanings.items()
        if (theme is not None and theme not in themes) or key not in fields
    ]
    if gaps:
        raise Refused(gaps)

    kept = dict(FieldTheme.objects.filter(region=region).values_list("field_id", "theme_id"))
    wanted = {fields[key]: themes[theme] if theme else None for key, theme in meanings.items()}
    changed = {field: theme for field, theme in wanted.items() if kept.get(field) != theme}
    if changed:
        FieldTheme.objects.filter(region=region, field__in=changed).delete()
        FieldTheme.objects.bulk_create(
            FieldTheme(region=region, field_id=field, theme_id=theme)
            for field, theme in changed.items()
            if theme is not None
        )
        _follow_mapping(region, changed)
        codes = {"fields": len(changed)}
        record("region.fields_mapped", about=region, actor=actor, at=now, codes=codes)
    return len(changed)


def _follow_mapping(region: Region, changed: Collection[int]) -> None:
    """Organisations of the region lose what fields meant and get what they mean now."""
    there = Organisation.objects.filter(region=region)
    OrganisationTheme.objects.filter(
        field__in=changed, organisation__in=there.values("pk")
    ).delete()
    touched = OrganisationField.objects.filter(field__in=changed, organisation__in=there)
    pks = touched.order_by("organisation").values_list("organisation", flat=True).distinct()
    follow_fields(list(pks))


def _meanings(organisations: Sequence[int]) -> "list[tuple[tuple[int, int], int]]":
    """(field, region) to theme, for the regions of some organisations."""
    regions = Organisation.objects.filter(pk__in=organisations).order_by().values("region")
    rows = FieldTheme.objects.filter(region__in=regions)
    return [
        ((field, region), theme)
        for field, region, theme in rows.values_list("field_id", "region_id", "theme_id")
    ]
