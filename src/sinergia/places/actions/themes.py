"""A region names its own themes."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.people.models import Person
from sinergia.places import access
from sinergia.places.actions.indexing import forget_theme, index_theme
from sinergia.places.models import Region, Theme

LONGEST = 150  # characters


@transaction.atomic
def add_theme(
    region: Region, name_ru: str, *, name_en: str = "", actor: Person, now: datetime
) -> Theme:
    """Give a region one more theme. Raises Refused for an empty, long or repeated name."""
    region = Region.objects.select_for_update().get(pk=region.pk)
    if not access.may_name_places(actor):
        raise PermissionDenied
    theme = Theme(region=region)
    _name(theme, name_ru, name_en)
    theme.save()
    index_theme(theme)
    record("theme.added", about=theme, actor=actor, at=now, codes={"region": region.code})
    return theme


@transaction.atomic
def rename_theme(
    theme: Theme, name_ru: str, *, name_en: str = "", actor: Person, now: datetime
) -> Theme:
    """Name a theme otherwise. Raises Refused for an empty, long or repeated name."""
    region = Region.objects.select_for_update().get(pk=theme.region_id)
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if not access.may_name_places(actor):
        raise PermissionDenied
    before = (theme.name_ru, theme.name_en)
    _name(theme, name_ru, name_en)
    if (theme.name_ru, theme.name_en) != before:
        theme.save(update_fields=["name_ru", "name_en", "name_folded"])
        index_theme(theme)
        record("theme.renamed", about=theme, actor=actor, at=now, codes={"region": region.code})
    return theme


@transaction.atomic
def remove_theme(theme: Theme, *, actor: Person, now: datetime) -> None:
    """Take a theme away; directions that meant it mean none until mapped again."""
    region = Region.objects.select_for_update().get(pk=theme.region_id)
    if not access.may_name_places(actor):
        raise PermissionDenied
    found = Theme.objects.filter(pk=theme.pk).first()
    if found is not None:
        record("theme.removed", about=found, actor=actor, at=now, codes={"region": region.code})
        forget_theme(found)
        found.delete()


def _name(theme: Theme, name_ru: str, name_en: str) -> None:
    """Set both names; the region is locked, so that no twin can come in between."""
    theme.name_ru, theme.name_en = clean_line(name_ru), clean_line(name_en)
    theme.name_folded = fold(theme.name_ru)
    longest = {
        "name_ru": max(len(theme.name_ru), len(theme.name_folded)),
        "name_en": len(theme.name_en),
    }
    gaps = [Gap("theme.too_long", path) for path, length in longest.items() if length > LONGEST]
    if not theme.name_folded:
        gaps.append(Gap("theme.empty", "name_ru"))
    twins = Theme.objects.filter(region_id=theme.region_id, name_folded=theme.name_folded)
    if twins.exclude(pk=theme.pk).exists():
        gaps.append(Gap("theme.repeated", "name_ru"))
    if gaps:
        raise Refused(gaps)
