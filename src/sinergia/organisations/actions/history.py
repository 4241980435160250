"""Writing what is known of organisations now; every field that becomes another leaves a line."""

import json
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from itertools import chain
from typing import TypeAlias
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from sinergia.engine.sites import site_key
from sinergia.engine.text import fold
from sinergia.organisations.actions.closing import tell_of_closing
from sinergia.organisations.actions.counting import cell_of, count_changed
from sinergia.organisations.actions.fields import follow_fields
from sinergia.organisations.actions.indexing import index_organisations
from sinergia.organisations.models import (
    BankAccount,
    Card,
    Change,
    FormerName,
    Head,
    Organisation,
    OrganisationTheme,
    Paper,
    Reach,
)
from sinergia.people.models import Person
from sinergia.places.models import Municipality

Given: TypeAlias = Mapping[str, object]  # field of an organisation to its clean value
Row: TypeAlias = Card | Head | Reach | BankAccount | Paper

COMPANIONS = ("name_folded", "site_key")
FOUND_BY = frozenset({"name", "short_name", "site", "status"})
STEP = 200  # rows written in one statement
# Columns that a line of history shows, and those of which it says no more than that they are
# written anew: names, texts, what tells a paper apart. A history is kept longer than its rows.
COLUMNS: Mapping[type[Row], tuple[Sequence[str], Sequence[str]]] = {
    Card: (("shows_address", "shows_site", "shows_heads"), ("about",)),
    Head: (("post", "since", "until", "is_public"), ("name",)),
    Reach: (("kind", "value", "is_public"), ("note",)),
    BankAccount: (("number", "bik", "is_main"), ("correspondent", "bank")),
    Paper: (("kind", "issued_on", "ends_on"), ("title", "number", "file_id")),
}
LONGEST = 100  # characters of one column in a line


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


def note_row(was: Row, row: Row | None, *, actor: Person, now: datetime) -> None:
    """Keep a line of a row that was written, or is to be removed (no `row`).

    was: as it stood before, without a number where it is new. From whose words it was stays here
    no longer than beside the row: until its people write it anew, or it is removed.
    """
    field = str(was._meta.model_name)  # noqa: SLF001  # public in Django
    if getattr(was, "told_by", "") and (row is None or getattr(row, "is_confirmed", False)):
        forget_words(Change.objects.filter(organisation=was.organisation_id, field=field))
    before = _picture(was) if was.pk else None
    after = _picture(row) if row else None
    if before is not None and after is not None:
        columns = chain(*COLUMNS[type(was)])
        changed = [one for one in columns if getattr(was, one) != getattr(row, one)]
        if not changed:
            return
        anew = [one for one in changed if before.get(one) == after.get(one)]
        after |= {"anew": ",".join(anew)} if anew else {}
    line = change_of(was.organisation, field, _kept(before), _kept(after))
    line.at, line.actor_key = now, actor.key
    line.reason = getattr(row, "told_by", "")
    line.source = Change.TOLD if line.reason else ""
    line.save()


def note_names(
    organisation: Organisation,
    field: str,
    before: Set[str],
    after: Set[str],
    *,
    actor: Person,
    now: datetime,
) -> None:
    """Keep a line of each name that was taken out of a choice, and of each that came into it."""
    lines = [change_of(organisation, field, name, "") for name in sorted(before - after)]
    lines += [change_of(organisation, field, "", name) for name in sorted(after - before)]
    for line in lines:
        line.at, line.actor_key = now, actor.key
    Change.objects.bulk_create(lines)


def forget_words(lines: QuerySet[Change]) -> None:
    """Take out of lines of history from whose words they were written."""
    lines.filter(source=Change.TOLD).exclude(reason="").update(reason="")


def pictured(row: Row) -> str:
    """What a line of history keeps of a row: no names, of numbers and addresses their ends."""
    return _kept(_picture(row))


def change_of(organisation: Organisation, field: str, before: str, after: str) -> Change:
    """A line without its moment and its doer."""
    return Change(organisation=organisation, field=field, before=before[:500], after=after[:500])


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
    return [change_of(organisation, field, told(was), told(value))]


def _closes(change: Change) -> bool:
    return change.field == "status" and change.after == Organisation.Status.CLOSED


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
    changes = [change_of(organisation, "theme", told(one.theme), "") for one in left]
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


def _picture(row: Row) -> dict[str, str]:
    shown, _ = COLUMNS[type(row)]
    values = {name: getattr(row, name) for name in shown}
    if isinstance(row, Reach):
        values["value"] = _end_of(row)
    elif isinstance(row, BankAccount):
        values["number"] = f"…{row.number[-4:]}"
    return {name: told(value)[:LONGEST] for name, value in values.items() if value}


def _end_of(way: Reach) -> str:
    """Enough to tell ways apart, and no more: the host of a mailbox, the last signs of others."""
    if way.kind == Reach.Kind.EMAIL:
        return f"…@{way.value.rpartition('@')[2]}"
    if way.kind == Reach.Kind.LINK:
        address = way.value if "://" in way.value else f"//{way.value}"
        return f"{urlsplit(address).hostname or ''}/…{way.value[-4:]}"
    return f"…{''.join(filter(str.isdecimal, way.value))[-4:]}"


def _kept(picture: Mapping[str, str] | None) -> str:
    return "" if picture is None else json.dumps(picture, ensure_ascii=False)
