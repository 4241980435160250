"""Regions, what they consist of, and what they call their own work."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sinergia.places.models import Municipality, Region, Theme

_CODE = re.compile("[A-Z0-9-]{2,10}", re.ASCII)


def regions() -> QuerySet[Region]:
    """All regions by name."""
    return Region.objects.order_by("name_folded", "pk")


def region_coded(code: str) -> Region | None:
    """The region of exactly this code, as it stands in an address; none for what is no code."""
    return Region.objects.filter(code=code).first() if _CODE.fullmatch(code) else None


def regions_by_code(codes: Iterable[str]) -> dict[str, Region]:
    """Regions of exactly these codes."""
    return {region.code: region for region in Region.objects.filter(code__in=set(codes))}


def municipalities_of(region: Region) -> QuerySet[Municipality]:
    """A region's municipalities by name."""
    return Municipality.objects.filter(region=region).order_by("name_folded", "pk")


def municipality_coded(oktmo: str) -> Municipality | None:
    """The municipality of exactly these eight digits; none where there is none."""
    return Municipality.objects.select_related("region").filter(oktmo=oktmo).first()


def regions_in(numbers: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[Region]:
    """Some regions, by name."""
    return regions().filter(pk__in=numbers)


def municipalities_in(numbers: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[Municipality]:
    """Municipalities of some regions, by name."""
    found = Municipality.objects.filter(region__in=numbers).select_related("region")
    return found.order_by("name_folded", "pk")


def themes_of(region: Region) -> QuerySet[Theme]:
    """A region's own themes by name."""
    return Theme.objects.filter(region=region).order_by("name_folded", "pk")


def theme_by(region: Region, key: UUID) -> Theme | None:
    """One of the region's themes."""
    return Theme.objects.filter(region=region, key=key).first()
