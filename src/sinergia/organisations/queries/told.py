"""What an organisation works on, where, and what it was called: names alone, in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language

from sinergia.organisations.models import (
    FormerName,
    Organisation,
    OrganisationField,
    OrganisationPlace,
    OrganisationTheme,
)

# Told to be what they are: one database takes a bare NULL for a text.
_NO_DAY, _NO_FIELD = Cast(Value(None), DateField()), Cast(Value(None), BigIntegerField())


class Named(NamedTuple):
    """One name. folded: by which it is sorted; until: the last day of a former name.

    field: number of the field of work that brought a theme; none where somebody chose it.
    """

    kind: str
    name: str
    folded: str
    until: date | None
    field: int | None
    number: int


@dataclass(frozen=True)
class Told:
    """Names in the reader's language, by the alphabet; former ones, the last first."""

    themes: Sequence[Named]
    fields: Sequence[Named]
    places: Sequence[Named]
    former_names: Sequence[Named]


def told_of(organisation: Organisation) -> Told:
    """Read them all."""
    theirs = {"organisation": organisation}
    fields = OrganisationField.objects.filter(**theirs).order_by()
    former = FormerName.objects.filter(**theirs).order_by()
    parts: list[QuerySet[Any, Any]] = [
        fields.values_list(
            _text("field"), "field__name", "field__name_folded", _NO_DAY, _NO_FIELD, "pk"
        ),
        former.values_list(_text("former"), "name", _text(""), "until", _NO_FIELD, "pk"),
        _named(OrganisationTheme.objects.filter(**theirs), "theme", F("field_id")),
        _named(OrganisationPlace.objects.filter(**theirs), "municipality", _NO_FIELD),
    ]
    rows = [Named(*row) for row in parts[0].union(*parts[1:], all=True)]
    rows.sort(key=lambda one: (one.folded, one.number))
    last_first = sorted(rows, key=lambda one: (one.until or date.min, one.number), reverse=True)
    return Told(
        themes=[one for one in rows if one.kind == "theme"],
        fields=[one for one in rows if one.kind == "field"],
        places=[one for one in rows if one.kind == "municipality"],
        former_names=[one for one in last_first if one.kind == "former"],
    )


def _named(rows: QuerySet[Any], kind: str, field: F | Cast) -> QuerySet[Any, Any]:
    """Things with a name in each language, in Russian where there is no other."""
    english = Coalesce(NullIf(f"{kind}__name_en", Value("")), f"{kind}__name_ru")
    name = english if get_language() == "en" else F(f"{kind}__name_ru")
    folded = f"{kind}__name_folded"
    return rows.order_by().values_list(_text(kind), name, folded, _NO_DAY, field, "pk")


def _text(value: str) -> Value:
    return Value(value, CharField())
