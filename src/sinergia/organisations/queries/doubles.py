"""Pairs of organisations that may be one, and what is known of each."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core import serializers
from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.engine.doubles import Traits
from sinergia.engine.text import fold
from sinergia.organisations.models import (
    Centre,
    CentreRegion,
    FormerName,
    Identifier,
    Merge,
    Organisation,
    Pair,
    Reach,
)

CHUNK = 5_000  # organisations read at once


def traits_of_all() -> list[Traits]:
    """What the whole register is told apart by; about 1 kB a row."""
    numbers = _numbers()
    others, reach = _other_names(), _reach()
    columns = ("pk", "name", "short_name", "region_id", "municipality_id", "site_key")
    rows = Organisation.objects.order_by("pk").values_list(*columns)
    return [
        Traits(
            row=pk,
            name=fold(name),
            region=region or 0,
            town=town or 0,
            site=site,
            ogrn=numbers[pk].get(Identifier.Scheme.OGRN, ""),
            inn=numbers[pk].get(Identifier.Scheme.INN, ""),
            others=tuple(filter(None, [fold(short), *others.get(pk, ())])),
            reach=frozenset(reach.get(pk, ())),
        )
        for pk, name, short, region, town, site in rows.iterator(chunk_size=CHUNK)
    ]


def made_since(moment: datetime) -> frozenset[int]:
    """Organisations that came, or changed, since a moment."""
    changed = Organisation.objects.filter(Q(made_at__gte=moment) | Q(changes__at__gte=moment))
    return frozenset(changed.order_by().values_list("pk", flat=True))


def all_pairs_for(centre: Centre | None) -> QuerySet[Pair]:
    """Suspicions of a centre, settled ones too; for administrators (none), what no centre settles.

    Of a centre: at least one side is in its regions, the other is too, or everybody sees it.
    """
    places = ("first__region", "first__municipality", "second__region", "second__municipality")
    found = Pair.objects.select_related("first", "second", *places)
    if centre is None:
        return found.filter(_is_of_no_one_centre("first__region", "second__region"))
    regions = centre.regions.values("region")
    first, second = Q(first__region__in=regions), Q(second__region__in=regions)
    return found.filter(
        (first & second) | (first & Q(second__is_public=True)) | (second & Q(first__is_public=True))
    )


def pairs_for(centre: Centre | None) -> QuerySet[Pair]:
    """Open suspicions of a centre; for administrators (none), those that no one centre settles."""
    return all_pairs_for(centre).filter(settled_at=None)


def pairs_to_settle(centre: Centre) -> QuerySet[Pair]:
    """Open suspicions of which a centre serves both sides: it settles them itself."""
    regions = centre.regions.values("region")
    found = Pair.objects.filter(first__region__in=regions, second__region__in=regions)
    return found.filter(settled_at=None)


def settled_for(centre: Centre | None) -> QuerySet[Pair]:
    """Pairs that somebody said are two, the last one first."""
    found = all_pairs_for(centre).filter(settled_at__isnull=False)
    return found.select_related("settled_by").order_by("-settled_at", "-pk")


def pair_of(centre: Centre | None, one: UUID, other: UUID) -> Pair | None:
    """The suspicion about two, open or settled, where it is shown to a centre."""
    return (
        all_pairs_for(centre)
        .filter(first__key__in=[one, other], second__key__in=[one, other])
        .first()
    )


def merges_for(centre: Centre | None) -> QuerySet[Merge]:
    """What was merged in the regions that a centre serves, or out of them.

    For administrators (none): what no one centre could merge.
    """
    found = Merge.objects.select_related("kept", "actor")
    if centre is None:
        return found.filter(_is_of_no_one_centre("kept__region", "gone_region"))
    regions = centre.regions.values("region")
    return found.filter(Q(kept__region__in=regions) | Q(gone_region__in=regions))


def merge_that_took(centre: Centre | None, *keys: UUID) -> Merge | None:
    """The merge by which one of these organisations went, of those that a centre sees."""
    return merges_for(centre).filter(gone_key__in=keys, undone_at=None).first()


def told_of(merge: Merge) -> Organisation:
    """The organisation that went, as it was; it is a picture and not a row."""
    (stored,) = serializers.deserialize("json", json.loads(bytes(merge.content))["values"]["row"])
    assert isinstance(stored.object, Organisation)  # noqa: S101  # we wrote it so
    return stored.object


def _is_of_no_one_centre(one: str, other: str) -> Q:
    """Whether two regions of a row, by the paths that lead to them, lack a centre of both."""
    there = CentreRegion.objects.filter(region=OuterRef(one))
    same = Exists(there.filter(centre__regions__region=OuterRef(other)))
    return ~Q(same)


def _numbers() -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Identifier.objects.exclude(scheme=Identifier.Scheme.KPP).order_by()
    columns = rows.values_list("organisation", "scheme", "value")
    for organisation, scheme, value in columns.iterator(chunk_size=CHUNK):
        found[organisation][scheme] = value
    return found


def _other_names() -> dict[int, list[str]]:
    rows = FormerName.objects.order_by().values_list("organisation", "name")
    return _grouped((organisation, fold(name)) for organisation, name in rows.iterator())


def _reach() -> dict[int, list[str]]:
    ways = Reach.objects.filter(kind__in=[Reach.Kind.PHONE, Reach.Kind.EMAIL]).order_by()
    rows = ways.values_list("organisation", "kind", "value")
    return _grouped(
        (organisation, _digits(value) if kind == Reach.Kind.PHONE else fold(value))
        for organisation, kind, value in rows.iterator()
    )


def _digits(phone: str) -> str:
    """The last ten digits: +7, 8 and nothing before them are one telephone."""
    return "".join(filter(str.isdecimal, phone))[-10:]


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for organisation, value in pairs:
        if value:
            found[organisation].append(value)
    return found
