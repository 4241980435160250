"""Whose which number is."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import QuerySet

from sinergia.engine.pieces import pieces
from sinergia.engine.uniting import Pair, Register
from sinergia.organisations.models import Identifier, Organisation

CHUNK = 500  # values in one IN (…)
READ_WHOLE = 10_000  # numbers from which on the whole list is read instead

_Row = tuple[int, str, str]
_SCHEMES = (Identifier.Scheme.OGRN, Identifier.Scheme.INN)


def register_of(pairs: Iterable[Pair]) -> Register:
    """What the register knows of these numbers and of their owners' other numbers."""
    by_ogrn: dict[str, int] = {}
    by_inn: dict[str, int] = {}
    numbers: dict[int, Pair] = {}
    for pk, scheme, value in _rows_of(set(pairs)):
        ogrn, inn = numbers.get(pk, ("", ""))
        if scheme == Identifier.Scheme.OGRN:
            by_ogrn[value], numbers[pk] = pk, (value, inn)
        else:
            by_inn[value], numbers[pk] = pk, (ogrn, value)
    return Register(by_ogrn, by_inn, numbers)


def organisation_by_number(ogrn: str, inn: str) -> Organisation | None:
    """Whoever has one of these verified numbers."""
    held = Identifier.objects.select_related("organisation")
    found = held.filter(scheme=Identifier.Scheme.OGRN, value=ogrn).first() if ogrn else None
    if found is None and inn:
        found = held.filter(scheme=Identifier.Scheme.INN, value=inn).first()
    return found.organisation if found else None


def numbers_of(organisation: Organisation) -> QuerySet[Identifier]:
    """Its numbers, as they are known."""
    return Identifier.objects.filter(organisation=organisation).order_by("scheme", "pk")


def keys_by_number(numbers: Sequence[str]) -> dict[str, UUID]:
    """Keys of organisations by their OGRN or INN."""
    held = Identifier.objects.filter(scheme__in=_SCHEMES, value__in=numbers).order_by()
    return dict(held.values_list("value", "organisation__key"))


def kpps_of(organisations: Sequence[int]) -> dict[int, Identifier]:
    """The KPP of each that has one."""
    found = Identifier.objects.filter(organisation__in=organisations, scheme=Identifier.Scheme.KPP)
    return {one.organisation_id: one for one in found}


def _rows_of(said: set[Pair]) -> Iterator[_Row]:
    """The numbers of everybody who has one of those that were said, and may be of others."""
    theirs = Identifier.objects.filter(scheme__in=_SCHEMES).order_by()
    if len(said) >= READ_WHOLE:
        yield from _read(theirs)
        return
    owners: set[int] = set()
    for place, scheme in enumerate(_SCHEMES):
        for values in pieces({pair[place] for pair in said} - {""}, CHUNK):
            found = Identifier.objects.filter(scheme=scheme, value__in=values)
            owners.update(found.values_list("organisation_id", flat=True))
    for pks in pieces(owners, CHUNK):
        yield from _read(theirs.filter(organisation__in=pks))


def _read(rows: QuerySet[Identifier]) -> Iterator[_Row]:
    return rows.values_list("organisation_id", "scheme", "value").iterator(chunk_size=5_000)
