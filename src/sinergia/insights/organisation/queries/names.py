"""What the facets of the register offer: places, themes and forms by their names."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language

from sinergia.applications.queries.filters import NONE
from sinergia.engine.text import fold
from sinergia.insights.organisation.queries.filters import OrganisationFilter
from sinergia.organisations.models import CentreRegion, FieldOfWork, LegalForm
from sinergia.places.models import Municipality, Region, Theme

SERVED = "served"


@dataclass(frozen=True)
class Name:
    """One thing that may be chosen. code: as an address says it, a code or a key."""

    pk: int
    code: str
    label: str


@dataclass(frozen=True)
class Names:
    """What there is to choose from, by facet, in the order of the alphabet.

    served: the regions of the reader's centre, by number.
    """

    of: Mapping[str, Sequence[Name]] = field(default_factory=dict)
    served: tuple[int, ...] = ()

    def codes(self, facet: str) -> dict[int, str]:
        """Primary key to code, with `none` for rows that say nothing."""
        return {0: NONE} | {one.pk: one.code for one in self.of.get(facet, ())}

    def label(self, facet: str, code: str) -> str:
        """What a code is called; "" where it is of nothing."""
        return next((one.label for one in self.of.get(facet, ()) if one.code == code), "")

    def settle(self, asked: OrganisationFilter) -> OrganisationFilter:
        """Let go of a municipality and a theme of another region than the one that is chosen."""
        if not asked.region:
            return asked
        gone = {
            facet: ""
            for facet in ("municipality", "theme")
            if getattr(asked, facet) not in ("", NONE)
            and not self.label(facet, getattr(asked, facet))
        }
        return asked.with_(**gone)


def names_of(asked: OrganisationFilter, centre_id: int = 0) -> Names:
    """Regions and legal forms; of the chosen region, municipalities and themes. One query.

    centre_id: whose regions are told as well; 0 for nobody's.
    """
    parts: list[QuerySet[Any, Any]] = [
        _named("region", Region.objects.all(), code="code"),
        _named("form", LegalForm.objects.all(), code="code"),
    ]
    for facet, rows in (("municipality", Municipality.objects), ("theme", Theme.objects)):
        key, value = Cast("key", CharField()), getattr(asked, facet)
        if asked.region and asked.region != NONE:
            parts.append(_named(facet, rows.filter(region__code=asked.region), code=key))
        elif value and value != NONE:
            parts.append(_named(facet, rows.filter(key=value), code=key))
    if asked.work:
        named = FieldOfWork.objects.filter(key=asked.work)
        key = Cast("key", CharField())
        parts.append(named.order_by().values_list(Value("work", CharField()), "pk", key, F("name")))
    if centre_id:
        none, theirs = Value("", CharField()), CentreRegion.objects.filter(centre=centre_id)
        parts.append(theirs.values_list(Value(SERVED, CharField()), "region", none, none))
    found: dict[str, list[Name]] = defaultdict(list)
    for facet, pk, code, label in parts[0].union(*parts[1:], all=True):
        is_key = facet in ("municipality", "theme", "work")
        found[facet].append(Name(pk, str(UUID(code)) if is_key else code, label))
    served = tuple(one.pk for one in found.pop(SERVED, ()))
    return Names({facet: sorted(some, key=_by_label) for facet, some in found.items()}, served)


def _named(facet: str, rows: QuerySet[Any], *, code: str | Cast) -> QuerySet[Any, Any]:
    english = Coalesce(NullIf("name_en", Value("")), "name_ru")
    name = english if get_language() == "en" else F("name_ru")
    return rows.order_by().values_list(Value(facet, CharField()), "pk", code, name)


def _by_label(name: Name) -> tuple[str, int]:
    return fold(name.label), name.pk
