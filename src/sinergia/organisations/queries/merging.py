"""What a merge of two organisations would do: every row that hangs on the one that goes."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias
from uuid import UUID

from django.db.models import Count, ForeignKey, Model

from sinergia.engine.refusal import Gap
from sinergia.organisations.models import (
    Acquaintance,
    Card,
    Change,
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
    Standing,
    Succession,
)
from sinergia.organisations.queries.filling import faults_of, filled_from
from sinergia.organisations.queries.relations import Relation, leading_to, rows_of_both

# Where the kept one has such a row, one of the two says nothing more: it is set aside, and brought
# back by undo. Every other row that cannot stand beside one of the kept refuses the merge.
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


Offered: TypeAlias = tuple[Relation, list[tuple[str, Model]]]  # rows that may go, by their tokens


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
    faults: list[Gap]  # why the kept one would be what cannot be

    @property
    def clashes(self) -> list[Portion]:
        """Rows that refuse the merge."""
        return [portion for portion in self.portions if portion.clashing]


def two_of(one: UUID, other: UUID) -> tuple[Organisation, Organisation] | None:
    """Two organisations with what is compared of them; none where one of them is not there."""
    rows = Organisation.objects.filter(key__in=[one, other]).prefetch_related("identifiers")
    found = {row.key: row for row in rows.select_related("region", "municipality", "legal_form")}
    return (found[one], found[other]) if len(found) > 1 else None


def plan_of(kept: Organisation, gone: Organisation) -> Plan:
    """Look at everything that would happen; one query for each table that knows the other one."""
    filled = filled_from(kept, gone)
    region = getattr(filled.get("region", kept.region), "pk", None)
    portions: list[Portion] = []
    for _label, some in groupby(leading_to(gone), key=lambda one: one.label):
        keys = list(some)
        rows = rows_of_both(keys, kept, gone)
        portions += [_portion(key, rows, kept, gone, region=region) for key in keys]
    return Plan(
        kept=kept,
        gone=gone,
        portions=[one for one in portions if one.moving or one.aside or one.clashing],
        filled=filled,
        faults=faults_of(kept, gone, filled),
    )


def rows_to_part(organisation: Organisation) -> list[Offered]:
    """Rows that may go to another organisation when one is split, each by its token.

    A token is the row's key; of an identifier its scheme. History stays, and rows without an
    address of their own (themes, records of sources). A fact of its standing follows its grant.
    """
    return [
        (relation, [(_token(row), row) for row in relation.rows(organisation)])
        for relation in leading_to(organisation)
        if relation.model is Identifier or _has_key(relation)
    ]


def torn_by(
    offered: Sequence[Offered], chosen: Mapping[str, Set[str]]
) -> list[tuple[Relation, Relation]]:
    """Tables of which a row would go without the one that it names, or that one without it.

    A row of the same table is none of its own: a project may go without that it was copied from.
    """
    tables = {relation.model: relation for relation, _rows in offered}
    goes = {
        (relation.model, row.pk): token in chosen.get(relation.label, ())
        for relation, rows in offered
        for token, row in rows
    }
    torn = {
        (model, named): None
        for (model, row), named, pk in _names(offered)
        if model is not named and goes.get((named, pk), goes[model, row]) != goes[model, row]
    }
    return [(tables[model], tables[named]) for model, named in torn]


def _names(
    offered: Sequence[Offered],
) -> Iterator[tuple[tuple[type[Model], object], type[Model], object]]:
    """Each row, by table and number, with what it names: table and number."""
    for relation, rows in offered:
        for key in relation.model._meta.local_fields:  # noqa: SLF001  # public in Django
            if isinstance(key, ForeignKey):
                for _token, row in rows:
                    yield (relation.model, row.pk), key.related_model, getattr(row, key.attname)


def _has_key(relation: Relation) -> bool:
    is_kept = relation.model in (Change, FormerKey, Merge, Pair, Standing, Succession)
    names = {one.name for one in relation.model._meta.local_fields}  # noqa: SLF001  # public
    is_single = relation.model._meta.get_field(relation.field).one_to_one  # noqa: SLF001
    return "key" in names and not is_kept and not is_single


def _token(row: Model) -> str:
    return str(row.scheme) if isinstance(row, Identifier) else str(getattr(row, "key", row.pk))


def home_of(key: UUID) -> Organisation | None:
    """The organisation to which a former address leads; none where it never was one."""
    former = FormerKey.objects.select_related("organisation").filter(key=key).first()
    return former.organisation if former else None


def living_keys(keys: Sequence[UUID]) -> dict[UUID, UUID]:
    """Each address with the one to which it leads by now; one query."""
    former = FormerKey.objects.filter(key__in=keys).values_list("key", "organisation__key")
    return {key: key for key in keys} | dict(former)


def deeds_of(merge: Merge) -> list[tuple[str, str, int]]:
    """What a merge did: table, deed, and to how many rows."""
    counted = MergedRow.objects.filter(merge=merge).order_by().values_list("model", "deed")
    return sorted(counted.annotate(number=Count("pk")))


def _portion(
    relation: Relation,
    rows: Sequence[Model],
    kept: Organisation,
    gone: Organisation,
    *,
    region: int | None,
) -> Portion:
    """What becomes of the rows of `gone`. rows: of the table, of both; region: where it will be."""
    theirs = [row for row in rows if relation.leads_to(row, gone)]
    if relation.model in DERIVED:
        return Portion(relation, aside=theirs)
    ours = [row for row in rows if relation.leads_to(row, kept)]
    moving, aside, clashing = [], [], []
    for row in theirs:
        older = _older_than(row, ours)
        if older is not None:
            moving.append(row)
            aside.append(older)
            continue
        is_left = isinstance(row, OrganisationTheme) and row.theme.region_id != region
        is_twin = relation.model in TWINS and not _says_more(row, ours)
        if not is_left and not _clashes(relation, row, ours, kept):
            moving.append(row)
        elif is_left or is_twin or _says_the_same(row, ours, kept):
            aside.append(row)
        else:
            clashing.append(row)
    return Portion(relation, moving, aside, clashing)


def _clashes(relation: Relation, row: Model, ours: Sequence[Model], kept: Organisation) -> bool:
    """Whether a row of the kept one, or a rule, stands in the way of moving this one."""
    return _is_between(row, kept) or any(
        unique.is_broken_by(row, other)
        for unique in relation.uniques
        for other in ours
        if other.pk != row.pk
    )


def _says_the_same(row: Model, ours: Sequence[Model], kept: Organisation) -> bool:
    """The same number of the same register, and a succession between the two themselves."""
    if isinstance(row, Identifier):
        is_kpp = row.scheme == Identifier.Scheme.KPP  # it changes with the address
        numbers = {(one.scheme, one.value) for one in ours if isinstance(one, Identifier)}
        return is_kpp or (row.scheme, row.value) in numbers
    return _is_between(row, kept)


def _says_more(row: Model, ours: Sequence[Model]) -> bool:
    """Whether a person would lose a place in the team, or the lead of it, with this row."""
    if not isinstance(row, Membership) or row.until is not None:
        return False
    known = [one for one in ours if isinstance(one, Membership) and one.person_id == row.person_id]
    leads = row.role == Membership.Role.LEADER
    return any(one.until is not None or (leads and one.role != row.role) for one in known)


def _older_than(row: Model, ours: Sequence[Model]) -> Model | None:
    """The kept one's row in whose place this one comes: met earlier, or a card without a word."""
    for one in ours:
        if isinstance(row, Acquaintance) and isinstance(one, Acquaintance):
            if row.centre_id == one.centre_id and one.met_on < row.met_on:
                return one
        elif isinstance(row, Card) and isinstance(one, Card) and row.about and not one.about:
            return one
    return None


def _is_between(row: Model, kept: Organisation) -> bool:
    return isinstance(row, Succession) and kept.pk in (row.predecessor_id, row.successor_id)
