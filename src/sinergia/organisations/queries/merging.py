"""What a merge of two organisations would do: every row that hangs on the one that goes.

The house is walked by Django's own map of keys, so a table made tomorrow is moved tomorrow.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    DateField,
    ForeignObjectRel,
    Model,
    Q,
    QuerySet,
    UniqueConstraint,
)

from sinergia.organisations.models import (
    Acquaintance,
    Card,
    FormerKey,
    FormerName,
    Identifier,
    Membership,
    Merge,
    MergedRow,
    Organisation,
    OrganisationField,
    OrganisationPlace,
    OrganisationTheme,
    Pair,
    Reach,
    SourceRecord,
    Succession,
)

# Where the kept one has such a row, the other one's says nothing more: it is set aside, and
# brought back by undo. Every other row that cannot stand beside one of the kept refuses the merge.
TWINS: tuple[type[Model], ...] = (
    Acquaintance,
    Card,
    FormerName,
    Membership,
    OrganisationField,
    OrganisationPlace,
    OrganisationTheme,
    Reach,
    SourceRecord,
)
# Suspicions are found anew; a merge leaves none that names the one that went.
DERIVED: tuple[type[Model], ...] = (Pair,)
FILLED = (
    "short_name",
    "region",
    "municipality",
    "legal_form",
    "registered_on",
    "closed_on",
    "address",
    "site",
    "site_key",
)


@dataclass(frozen=True)
class Relation:
    """A key somewhere in the house that leads to an organisation."""

    model: type[Model]
    field: str

    @property
    def label(self) -> str:
        """By which a journal of the merge names the table."""
        return self.model._meta.label_lower  # noqa: SLF001  # Django's own public name

    def rows(self, organisation: Organisation) -> QuerySet[Model]:
        """Those that lead to `organisation`, oldest first."""
        found = self.model._default_manager.filter(**{self.field: organisation})  # noqa: SLF001
        return found.order_by("pk")


@dataclass(frozen=True)
class Portion:
    """Rows of one relation: what moves, what is set aside, what cannot do either."""

    relation: Relation
    moving: Sequence[Model] = field(default=())
    aside: Sequence[Model] = field(default=())
    clashing: Sequence[Model] = field(default=())


@dataclass(frozen=True)
class Plan:
    """What would become of every row, and of the blanks of the kept organisation."""

    kept: Organisation
    gone: Organisation
    portions: Sequence[Portion]
    filled: dict[str, object]  # field of the kept one, blank until now, to its new value

    @property
    def clashes(self) -> list[Portion]:
        """What refuses the merge."""
        return [portion for portion in self.portions if portion.clashing]


def relations() -> list[Relation]:
    """Every key that leads to an organisation, hidden ones too, in a steady order."""
    fields = Organisation._meta.get_fields(include_hidden=True)  # noqa: SLF001  # public in Django
    found = [
        Relation(one.related_model, one.field.name)
        for one in fields
        if isinstance(one, ForeignObjectRel) and isinstance(one.related_model, type)
    ]
    return sorted(found, key=lambda one: (one.label, one.field))


def plan_of(kept: Organisation, gone: Organisation) -> Plan:
    """Look at everything that would happen; writes nothing."""
    portions = [_portion(relation, kept, gone) for relation in relations()]
    filled = {name: getattr(gone, name) for name in FILLED if not _is_blank(gone, name)}
    return Plan(
        kept=kept,
        gone=gone,
        portions=[one for one in portions if one.moving or one.aside or one.clashing],
        filled={name: value for name, value in filled.items() if _is_blank(kept, name)},
    )


def rows_to_part(organisation: Organisation) -> list[tuple[Relation, list[tuple[str, Model]]]]:
    """Rows that may go to another organisation when one is split, each by its token.

    A token is the row's key; of an identifier its scheme. Rows without an address of their own
    (themes, records of sources, history) stay.
    """
    return [
        (relation, [(_token(row), row) for row in relation.rows(organisation)])
        for relation in relations()
        if relation.model is Identifier or _has_key(relation)
    ]


def _has_key(relation: Relation) -> bool:
    is_kept = relation.model in (Pair, Merge, FormerKey, Succession)
    names = {one.name for one in relation.model._meta.local_fields}  # noqa: SLF001  # public
    is_single = relation.model._meta.get_field(relation.field).one_to_one  # noqa: SLF001
    return "key" in names and not is_kept and not is_single


def _token(row: Model) -> str:
    return str(row.scheme) if isinstance(row, Identifier) else str(getattr(row, "key", row.pk))


def home_of(key: UUID) -> Organisation | None:
    """The organisation to which a former address leads; none where it never was one."""
    former = FormerKey.objects.select_related("organisation").filter(key=key).first()
    return former.organisation if former else None


def merges_of(organisation: Organisation) -> QuerySet[Merge]:
    """What was merged into an organisation, the last one first."""
    return Merge.objects.filter(kept=organisation, undone_at=None).order_by("-at", "-pk")


def deeds_of(merge: Merge) -> list[tuple[str, str, int]]:
    """What a merge did: table, deed, and to how many rows."""
    counted = MergedRow.objects.filter(merge=merge).order_by().values_list("model", "deed")
    return sorted(counted.annotate(number=Count("pk")))


def _portion(relation: Relation, kept: Organisation, gone: Organisation) -> Portion:
    rows = list(relation.rows(gone))
    if relation.model in DERIVED:
        return Portion(relation, aside=rows)
    moving, aside, clashing = [], [], []
    for row in rows:
        if not _clashes(relation, row, kept):
            moving.append(row)
        elif relation.model in TWINS or _says_the_same(row, kept):
            aside.append(row)
        else:
            clashing.append(row)
    return Portion(relation, moving, aside, clashing)


def _clashes(relation: Relation, row: Model, kept: Organisation) -> bool:
    """Whether a row of the kept one, or a rule, stands in the way of moving this one."""
    if isinstance(row, Succession) and kept.pk in (row.predecessor_id, row.successor_id):
        return True
    there = relation.model._default_manager.exclude(pk=row.pk)  # noqa: SLF001
    for names, condition in _unique_with(relation):
        beside = {name: getattr(row, name) for name in names if name != relation.field}
        if any(value is None for value in beside.values()):
            continue  # blanks are never equal
        inside = there.filter(condition) if condition else there
        is_subject = condition is None or inside.model._default_manager.filter(  # noqa: SLF001
            condition, pk=row.pk
        )
        if is_subject and inside.filter(**beside, **{relation.field: kept}).exists():
            return True
    return False


def _unique_with(relation: Relation) -> Iterator[tuple[Sequence[str], Q | None]]:
    """Every uniqueness of the table that the key takes part in: fields and condition."""
    meta = relation.model._meta  # noqa: SLF001  # public in Django
    key = meta.get_field(relation.field)
    if getattr(key, "unique", False):
        yield [relation.field], None
    for names in meta.unique_together:
        if relation.field in names:
            yield names, None
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint) and relation.field in constraint.fields:
            yield constraint.fields, constraint.condition


def _says_the_same(row: Model, kept: Organisation) -> bool:
    """The same number of the same register, and a succession between the two themselves."""
    if isinstance(row, Identifier):
        is_kpp = row.scheme == Identifier.Scheme.KPP  # it changes with the address
        same = Identifier.objects.filter(organisation=kept, scheme=row.scheme, value=row.value)
        return is_kpp or same.exists()
    return isinstance(row, Succession) and kept.pk in (row.predecessor_id, row.successor_id)


def _is_blank(organisation: Organisation, name: str) -> bool:
    value = getattr(organisation, name)
    column = Organisation._meta.get_field(name)  # noqa: SLF001  # public in Django
    return value is None or (isinstance(column, CharField | DateField) and value == "")
