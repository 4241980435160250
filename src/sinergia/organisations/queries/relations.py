"""Every key in the house that leads to an organisation, and what cannot stand twice beside one.

The house is walked by Django's own map of keys, so a table made tomorrow is known tomorrow.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import (
    Exists,
    ForeignKey,
    ForeignObjectRel,
    Model,
    OuterRef,
    Q,
    QuerySet,
    UniqueConstraint,
)

from sinergia.organisations.models import Centre, Organisation


@dataclass(frozen=True)
class Unique:
    """What may stand once beside an organisation. names: fields of the row beside the key."""

    names: Sequence[str]
    condition: Q | None

    def is_broken_by(self, row: Model, other: Model) -> bool:
        """Whether the two could not lead to one organisation; blanks are never equal."""
        if self.condition is not None and not (
            holds(self.condition, row) and holds(self.condition, other)
        ):
            return False
        pairs = [(getattr(row, name), getattr(other, name)) for name in self.names]
        return all(one is not None and one == another for one, another in pairs)


@dataclass(frozen=True)
class Relation:
    """A key somewhere in the house that leads to an organisation."""

    model: type[Model]
    field: str

    @property
    def label(self) -> str:
        """By which a journal of the merge names the table."""
        return self.model._meta.label_lower  # noqa: SLF001  # Django's own public name

    @cached_property
    def uniques(self) -> Sequence[Unique]:
        """Every uniqueness of the table that the key takes part in."""
        return [
            Unique([_column(self.model, name) for name in names if name != self.field], condition)
            for names, condition in _unique_with(self.model, self.field)
        ]

    def rows(self, organisation: Organisation) -> QuerySet[Model]:
        """Those that lead to `organisation`, oldest first, each with what it names."""
        return _joined(self.model, Q(**{self.field: organisation}))

    def leads_to(self, row: Model, organisation: Organisation) -> bool:
        """Whether a row of the table leads there."""
        return bool(getattr(row, _column(self.model, self.field)) == organisation.pk)


def relations() -> list[Relation]:
    """Every key that leads to an organisation, hidden ones too, in a steady order."""
    fields = Organisation._meta.get_fields(include_hidden=True)  # noqa: SLF001  # public in Django
    found = [
        Relation(one.related_model, one.field.name)
        for one in fields
        if isinstance(one, ForeignObjectRel) and isinstance(one.related_model, type)
    ]
    return sorted(found, key=lambda one: (one.label, one.field))


def leading_to(organisation: Organisation) -> list[Relation]:
    """Those keys by which a row leads there now; one query, so that empty tables are not read."""
    keys = relations()
    asked = {f"by_{place}": _any_row(key) for place, key in enumerate(keys)}
    there = Organisation.objects.filter(pk=organisation.pk).annotate(**asked)
    told = there.values_list(*asked).get()
    return [key for key, is_there in zip(keys, told, strict=True) if is_there]


def rows_of_both(keys: Sequence[Relation], kept: Organisation, gone: Organisation) -> list[Model]:
    """Rows of one table that lead to either of two; one query.

    keys: of that table. Where nothing is unique beside them, those of `gone` are enough.
    """
    sides = [kept, gone] if any(key.uniques for key in keys) else [gone]
    wanted = Q()
    for key in keys:
        wanted |= Q(**{f"{key.field}__in": sides})
    return list(_joined(keys[0].model, wanted))


def holds(condition: Q, row: Model) -> bool:
    """Whether the condition of a constraint is true of a row; it may ask for equality alone."""
    told = [
        holds(one, row) if isinstance(one, Q) else getattr(row, str(one[0])) == one[1]
        for one in condition.children
        if isinstance(one, Q | tuple)
    ]
    together = any(told) if condition.connector == Q.OR else all(told)
    return together != condition.negated


def _any_row(key: Relation) -> Exists:
    rows = key.model._default_manager.filter(**{key.field: OuterRef("pk")})  # noqa: SLF001  # public
    return Exists(rows)


def _joined(model: type[Model], wanted: Q) -> QuerySet[Model]:
    """The rows with everything that they name, a centre with its name."""
    keys = [one for one in model._meta.local_fields if isinstance(one, ForeignKey)]  # noqa: SLF001  # public
    named = [
        f"{one.name}__organisation" if one.related_model is Centre else one.name for one in keys
    ]
    found = model._default_manager.filter(wanted).order_by("pk")  # noqa: SLF001  # public in Django
    return found.select_related(*named) if named else found


def _unique_with(model: type[Model], field: str) -> Iterator[tuple[Sequence[str], Q | None]]:
    """Fields and condition of each."""
    meta = model._meta  # noqa: SLF001  # public in Django
    if getattr(meta.get_field(field), "unique", False):
        yield [field], None
    for names in meta.unique_together:
        if field in names:
            yield names, None
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint) and field in constraint.fields:
            yield constraint.fields, constraint.condition


def _column(model: type[Model], name: str) -> str:
    found = model._meta.get_field(name)  # noqa: SLF001  # public in Django
    return str(getattr(found, "attname", name))
