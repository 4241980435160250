"""Entering organisations, and the facts that rooms above write down about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.expressions import Combinable

from sinergia.base.search.actions import index_rows
from sinergia.engine.text import fold
from sinergia.organisations.actions.counting import cell_of, count_changed
from sinergia.organisations.actions.indexing import index_organisation, search_text
from sinergia.organisations.models import Change, FormerName, Identifier, Organisation


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An organisation as a file names it; numbers verified, "" for none."""

    name: str
    ogrn: str
    inn: str
    region_id: int | None
    municipality_id: int | None


def register_organisations(newcomers: Sequence[Newcomer], *, now: datetime) -> list[Organisation]:
    """Enter organisations whose verified numbers nobody has; part of a load's transaction.

    A number that is taken raises IntegrityError: the register never holds one twice.
    """
    made = Organisation.objects.bulk_create(
        [
            Organisation(
                name=newcomer.name,
                name_folded=fold(newcomer.name)[:500],
                region_id=newcomer.region_id,
                municipality_id=newcomer.municipality_id,
                made_at=now,
            )
            for newcomer in newcomers
        ]
    )
    pairs = list(zip(made, newcomers, strict=True))
    add_identifiers((organisation.pk, new.ogrn, new.inn) for organisation, new in pairs)
    index_rows(
        "organisation",
        [
            (organisation.pk, search_text(new.name, new.ogrn, new.inn))
            for organisation, new in pairs
        ],
        is_new=True,
    )
    return made


def add_identifiers(numbers: Iterable[tuple[int, str, str]]) -> None:
    """Give organisations their numbers: (organisation, ОГРН, ИНН), "" for none."""
    Identifier.objects.bulk_create(
        [
            Identifier(organisation_id=pk, scheme=scheme, value=value)
            for pk, ogrn, inn in numbers
            for scheme, value in ((Identifier.Scheme.OGRN, ogrn), (Identifier.Scheme.INN, inn))
            if value
        ]
    )


def write_counts(organisations: Sequence[int], *, filed: Combinable, won: Combinable) -> None:
    """Keep how many applications each organisation filed and won.

    filed, won: expressions over an organisation's row; `applications` alone can count them.
    """
    Organisation.objects.filter(pk__in=organisations).update(
        applications_count=filed, won_count=won
    )


def change_organisation(
    organisation: Organisation,
    given: Mapping[str, object],
    *,
    actor_key: UUID,
    now: datetime,
    source: str = "",
    load_key: UUID | None = None,
) -> list[Change]:
    """Write what is known now; part of a transaction that has locked the row.

    given: field of the organisation to its clean value. Every field that becomes another gets a
    line of history; a name that goes is kept, so that the organisation is still found by it.
    """
    before = cell_of(organisation)
    changes = []
    for field, value in given.items():
        was = getattr(organisation, field)
        if was == value:
            continue
        setattr(organisation, field, value)
        changes.append(
            Change(
                organisation=organisation,
                field=field,
                before=told(was)[:500],
                after=told(value)[:500],
                at=now,
                actor_key=actor_key,
                source=source,
                load_key=load_key,
            )
        )
    if changes:
        _write(organisation, changes, now=now)
        count_changed([before], [cell_of(organisation)])
    return changes


def told(value: object) -> str:
    """A value as the history keeps it."""
    if value is None:
        return ""
    return str(getattr(value, "name_ru", value))


def _write(organisation: Organisation, changes: Sequence[Change], *, now: datetime) -> None:
    written = {change.field for change in changes}
    organisation.name_folded = fold(organisation.name)[:500]
    organisation.site_key = site_key(organisation.site)
    organisation.save(update_fields=[*written, "name_folded", "site_key"])
    Change.objects.bulk_create(changes)
    for change in changes:
        if change.field == "name" and change.before:
            FormerName.objects.get_or_create(
                organisation=organisation, name=change.before, defaults={"until": now.date()}
            )
    if written & {"name", "short_name", "site"}:
        index_organisation(organisation)


def site_key(site: str) -> str:
    """The host of a site, by which two sites are one: no scheme, no "www.", no page."""
    host = site.strip().casefold().partition("//")[2] or site.strip().casefold()
    return host.partition("/")[0].partition(":")[0].removeprefix("www.")[:120]
