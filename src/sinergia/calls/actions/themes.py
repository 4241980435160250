"""Which theme of a region a fund's direction means there."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls import access
from sinergia.calls.models import Direction, DirectionTheme
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.places.models import Region, Theme


@transaction.atomic
def map_directions(
    region: Region, meanings: Mapping[UUID, UUID | None], *, actor: Person, now: datetime
) -> int:
    """Say what directions mean in `region`; give how many of them mean something else now.

    meanings: a direction's key -> a theme's key, none to say that it means no theme; directions
    that are not named stay. Raises Refused where a direction or a theme is gone meanwhile.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    if not access.may_map_directions(actor):
        raise PermissionDenied
    themes = {theme.key: theme.pk for theme in Theme.objects.filter(region=region)}
    asked = Direction.objects.filter(key__in=meanings)
    directions = {direction.key: direction.pk for direction in asked}
    gaps = [
        Gap("theme.gone", str(key))
        for key, theme in meanings.items()
        if theme and theme not in themes
    ]
    gaps += [Gap("direction.gone", str(key)) for key in meanings if key not in directions]
    if gaps:
        raise Refused(gaps)

    kept = dict(
        DirectionTheme.objects.filter(region=region).values_list("direction_id", "theme_id")
    )
    wanted = {directions[key]: themes[theme] if theme else None for key, theme in meanings.items()}
    changed = {key: theme for key, theme in wanted.items() if kept.get(key) != theme}
    if changed:
        DirectionTheme.objects.filter(region=region, direction__in=changed).delete()
        DirectionTheme.objects.bulk_create(
            DirectionTheme(region=region, direction_id=direction, theme_id=theme)
            for direction, theme in changed.items()
            if theme is not None
        )
        codes = {"directions": len(changed)}
        record("region.directions_mapped", about=region, actor=actor, at=now, codes=codes)
    return len(changed)
