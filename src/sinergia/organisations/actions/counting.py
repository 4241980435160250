"""The cube from which the register's filters are counted, kept with every row that changes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import Case, Count, F, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from sinergia.organisations.models import Organisation, RegisterCount

STEP = 500  # cells written in one statement


class Cell(NamedTuple):
    """What organisations have in common that are counted together; 0 and "" for not known."""

    region: int
    legal_form: int
    kind: str
    is_public: bool
    status: str
    year: int
    has: str  # none, applied, won

    @property
    def code(self) -> str:
        """By which the cell is found."""
        return "|".join(str(int(part) if isinstance(part, bool) else part) for part in self)


def cell_of(organisation: Organisation) -> Cell:
    """Where an organisation is counted, by what its row says now."""
    applied = "applied" if organisation.applications_count else "none"
    return Cell(
        region=organisation.region_id or 0,
        legal_form=organisation.legal_form_id or 0,
        kind=organisation.kind,
        is_public=organisation.is_public,
        status=organisation.status,
        year=organisation.registered_on.year if organisation.registered_on else 0,
        has="won" if organisation.won_count else applied,
    )


def count_changed(before: Iterable[Cell], after: Iterable[Cell]) -> None:
    """Take organisations out of the cells they were in and put them where they are.

    Part of the transaction that changes their rows. Cells are written in one order, so that two
    writers may queue and never wait for one another in a ring.
    """
    moved = Counter(after)
    moved.subtract(before)
    for cell, number in sorted(moved.items()):
        if number and not _add(cell, number):
            RegisterCount.objects.bulk_create([_row(cell, 0)], ignore_conflicts=True)
            _add(cell, number)


@transaction.atomic
def recount_register() -> int:
    """Count the whole register anew; give how many cells were wrong."""
    counted = {Cell(*row[:7]): row[7] for row in _counted()}
    known = dict(RegisterCount.objects.values_list("cell", "number"))
    right = {cell.code: number for cell, number in counted.items()}
    wrong = {code for code in known.keys() | right.keys() if known.get(code) != right.get(code)}
    RegisterCount.objects.filter(cell__in=wrong & known.keys()).delete()
    RegisterCount.objects.bulk_create(
        [_row(cell, number) for cell, number in counted.items() if cell.code in wrong],
        batch_size=STEP,
    )
    return len(wrong)


def _add(cell: Cell, number: int) -> int:
    counted = RegisterCount.objects.filter(cell=cell.code)
    return counted.update(number=F("number") + number)


def _row(cell: Cell, number: int) -> RegisterCount:
    return RegisterCount(
        cell=cell.code,
        region_id=cell.region or None,
        legal_form_id=cell.legal_form or None,
        kind=cell.kind,
        is_public=cell.is_public,
        status=cell.status,
        year=cell.year,
        has=cell.has,
        number=number,
    )


def _counted() -> Sequence[tuple[int, int, str, bool, str, int, str, int]]:
    has = Case(
        When(won_count__gt=0, then=Value("won")),
        When(applications_count__gt=0, then=Value("applied")),
        default=Value("none"),
    )
    columns = (
        Coalesce("region", 0), Coalesce("legal_form", 0), "kind", "is_public", "status",
        Coalesce(ExtractYear("registered_on"), 0), has,
    )  # fmt: skip
    rows = Organisation.objects.order_by().values_list(*columns)
    return list(rows.annotate(number=Count("pk")))
