"""Entering organisations, and the facts that rooms above write down about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models.expressions import Combinable

from sinergia.base.search.actions import index_rows
from sinergia.engine.text import fold
from sinergia.organisations.models import Identifier, Organisation


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


def search_text(name: str, ogrn: str, inn: str) -> str:
    """What an organisation is found by; a person's number is not searched."""
    return f"{name} {ogrn} {inn if len(inn) == 10 else ''}"


def write_counts(organisations: Sequence[int], *, filed: Combinable, won: Combinable) -> None:
    """Keep how many applications each organisation filed and won.

    filed, won: expressions over an organisation's row; `applications` alone can count them.
    """
    Organisation.objects.filter(pk__in=organisations).update(
        applications_count=filed, won_count=won
    )
