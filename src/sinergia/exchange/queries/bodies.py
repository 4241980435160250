"""Which organisation of the register somebody means by a name or a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sinergia.base.search.queries import search
from sinergia.engine.identifiers import read_inn, read_ogrn
from sinergia.engine.text import fold
from sinergia.organisations.actions.indexing import KIND as ORGANISATION
from sinergia.organisations.models import Centre, Organisation
from sinergia.organisations.queries.identifiers import organisation_by_number

NEAR = 6  # proposed where a name fits none exactly


@dataclass(frozen=True)
class Meant:
    """The one that was meant, or those that may be. is_number: a number was typed, no name."""

    exact: Organisation | None = None
    near: Sequence[Organisation] = ()
    is_number: bool = False


def meant_by(typed: str, centre: Centre | None) -> Meant:
    """Look among what a centre sees: the public register, and all of its own regions.

    centre: none where everybody may ask; then the public register alone.
    """
    rows, name = _seen_by(centre), fold(typed)
    number = _number(typed)
    if number is not None:
        found = organisation_by_number(*number)
        seen = rows.filter(pk=found.pk).first() if found else None
        return Meant(exact=seen, is_number=True)
    if not name:
        return Meant()
    named = list(rows.filter(name_folded=name).order_by("pk")[: NEAR + 1])
    if len(named) == 1:
        return Meant(exact=named[0])
    if not named:
        ids = search(ORGANISATION, typed, among=rows, limit=NEAR).ids
        found_rows = rows.in_bulk(ids)
        named = [found_rows[pk] for pk in ids if pk in found_rows]
    by_short = [one for one in named if fold(one.short_name) == name]
    if len(by_short) == 1:
        return Meant(exact=by_short[0])
    return Meant(near=named[:NEAR])


def _seen_by(centre: Centre | None) -> QuerySet[Organisation]:
    seen = Q(is_public=True)
    if centre is not None:
        seen |= Q(region__in=centre.regions.values("region"))
    return Organisation.objects.filter(seen).select_related("region", "municipality")


def _number(typed: str) -> tuple[str, str] | None:
    """An OGRN and an INN as they were typed, "" for the one that was not; none for a name."""
    digits = "".join(typed.split())
    if not (digits.isascii() and digits.isdecimal()):
        return None
    ogrn, inn = read_ogrn(digits), read_inn(digits)
    if ogrn is not None and ogrn.is_valid:
        return ogrn.value, ""
    return ("", inn.value) if inn is not None and inn.is_valid else ("", "")
