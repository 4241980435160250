"""Writing what is known of organisations now; every field that becomes another leaves a line."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from django.utils import timezone

from sinergia.engine.sites import site_key
from sinergia.engine.text import fold
from sinergia.organisations.actions.closing import tell_of_closing
from sinergia.organisations.actions.counting import cell_of, count_changed
from sinergia.organisations.actions.fields import follow_fields
from sinergia.organisations.actions.indexing import index_organisations
from sinergia.organisations.models import Change, FormerName, Organisation, OrganisationTheme
from sinergia.places.models import Municipality

Given: TypeAlias = Mapping[str, object]  # field of an organisation to its clean value

COMPANIONS = ("name_folded", "site_key")
FOUND_BY = frozenset({"name", "short_name", "site", "status"})
STEP = 200  # rows written in one statement


def change_organisation(
    organisation: Organisation,
    given: Given,
    *,
    actor_key: UUID,
    now: datetime,
    source: str = "",
    load_key: UUID | None = None,
) -> list[Change]:
    """Write what is known now; part of a transaction that has locked the row.

    given: field of the organisation to its clean value. Every field that becomes another gets a
    line of history; a name that goes is kept, so that the organisation is still found by it.
    Into another region its municipality and the themes of the old one do not go.
    """
    return change_organisations(
        [(organisation, given)], actor_key=actor_key, now=now, source=source, load_key=load_key
    )


def change_organisations(
    given: Sequence[tuple[Organisation, Given]],
    *,
    actor_key: UUID,
    now: datetime,
    source: str = "",
    load_key: UUID | None = None,
) -> list[Change]:
    """The same for many, each named once, in a few statements."""
    before = [cell_of(organisation) for organisation, _ in given]
    changes: list[Change] = []
    for organisation, values in given:
        for field, value in _with_place(organisation, values).items():
            changes += _set(organisation, field, value)
        if "region" in values:
            changes += _themes_left(organisation)
    if not changes:
        return []
    for change in changes:
        change.at, change.actor_key = now, actor_key
        change.source, change.load_key = source, load_key
    changed = {change.organisation_id for change in changes}
    _write([one for one, _ in given if one.pk in changed], changes, now=now)
    count_changed(before, [cell_of(organisation) for organisation, _ in given])
    follow_fields([change.organisation_id for change in changes if change.field == "region"])
    tell_of_closing([one.organisation for one in changes if _closes(one)], but=actor_key, now=now)
    return changes


def told(value: object) -> str:
    """A value as the history keeps it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(getattr(value, "name_ru", value))


def _set(organisation: Organisation, field: str, value: object) -> list[Change]:
    was = getattr(organisation, field)
    if was == value:
        return []
    setattr(organisation, field, value)
    return [_change(organisation, field, told(was), told(value))]


def _closes(change: Change) -> bool:
    return change.field == "status" and change.after == Organisation.Status.CLOSED


def _change(organisation: Organisation, field: str, before: str, after: str) -> Change:
    return Change(organisation=organisation, field=field, before=before[:500], after=after[:500])


def _with_place(organisation: Organisation, given: Given) -> Given:
    """Where another region is given, its town or none goes with it."""
    region = getattr(given["region"], "pk", None) if "region" in given else organisation.region_id
    place = given.get("municipality", organisation.municipality)
    if isinstance(place, Municipality) and place.region_id != region:
        return {**given, "municipality": None}
    return given


def _themes_left(organisation: Organisation) -> list[Change]:
    """Themes belong to a region: those of another one stay behind."""
    themes = OrganisationTheme.objects.filter(organisation=organisation).select_related("theme")
    left = themes.exclude(theme__region=organisation.region_id)
    changes = [_change(organisation, "theme", told(one.theme), "") for one in left]
    left.delete()
    return changes


def _write(
    organisations: Sequence[Organisation], changes: Sequence[Change], *, now: datetime
) -> None:
    for organisation in organisations:
        organisation.name_folded = fold(organisation.name)[:500]
        organisation.site_key = site_key(organisation.site)
    written = {change.field for change in changes} - {"theme"}
    if len(organisations) == 1:
        organisations[0].save(update_fields=[*written, *COMPANIONS])
    elif written:
        columns = [*sorted(written), *COMPANIONS]
        Organisation.objects.bulk_update(organisations, columns, batch_size=STEP // len(columns))
    Change.objects.bulk_create(changes)
    FormerName.objects.bulk_create(
        [
            FormerName(
                organisation=change.organisation, name=change.before, until=timezone.localdate(now)
            )
            for change in changes
            if change.field == "name" and change.before
        ],
        ignore_conflicts=True,
    )
    found_anew = {change.organisation_id for change in changes if change.field in FOUND_BY}
    index_organisations([one for one in organisations if one.pk in found_anew])
