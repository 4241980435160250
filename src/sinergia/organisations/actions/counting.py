"""The cube from which the register's filters are counted, kept with every row that changes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Case, Count, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear, Greatest

from sinergia.base.bulk import set_numbers
from sinergia.organisations.actions.entered import Entered
from sinergia.organisations.models import Organisation, RegisterCount

STEP = 200  # cells written in one statement
OLDEST_YEAR = 2015  # this year and those before are counted as one: ten years ago for everybody


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


def cell_of(organisation: Organisation | Entered) -> Cell:
    """Where an organisation is counted, by what its row says now."""
    applied = "applied" if organisation.applications_count else "none"
    return Cell(
        region=organisation.region_id or 0,
        legal_form=organisation.legal_form_id or 0,
        kind=organisation.kind,
        is_public=organisation.is_public,
        status=organisation.status,
        year=year_of(organisation.registered_on),
        has="won" if organisation.won_count else applied,
    )


def year_of(registered_on: date | None) -> int:
    """The year by which an organisation is counted; 0 where it is not known."""
    return max(registered_on.year, OLDEST_YEAR) if registered_on else 0


def cells_of(organisations: QuerySet[Organisation]) -> list[Cell]:
    """Where each of them is counted, read from the database."""
    columns = (
        "region", "legal_form", "kind", "is_public", "status", "registered_on",
        "applications_count", "won_count",
    )  # fmt: skip
    return [cell_of(organisation) for organisation in organisations.only(*columns)]


def count_changed(before: Iterable[Cell], after: Iterable[Cell]) -> None:
    """Take organisations out of the cells they were in and put them where they are.

    Part of the transaction that changes their rows. It waits for nobody, so it may be called
    anywhere in it and any number of times: a row of the cube that another transaction holds is
    passed by, and one of our own is added beside it until somebody finds both free.
    """
    counted = Counter(after)
    counted.subtract(before)
    moved = {cell.code: (cell, number) for cell, number in counted.items() if number}
    codes = sorted(moved)
    for start in range(0, len(codes), STEP):
        _write({code: moved[code] for code in codes[start : start + STEP]})


@transaction.atomic(durable=True)
def recount_register() -> int:
    """Count the whole register anew; give how many cells were wrong.

    In a transaction of its own: on PostgreSQL whoever has counted waits for it, and it for them.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE organisations_registercount IN EXCLUSIVE MODE")
    right = {cell.code: (cell, number) for cell, number in _counted().items()}
    kept = RegisterCount.objects.order_by().values_list("cell").annotate(total=Sum("number"))
    known = {code: number for code, number in kept if number}
    numbers = {code: number for code, (_cell, number) in right.items()}
    wrong = {code for code in known.keys() | numbers.keys() if known.get(code) != numbers.get(code)}
    for code in wrong & known.keys():
        RegisterCount.objects.filter(cell=code).delete()
    anew = [_row(*right[code]) for code in sorted(wrong & right.keys())]
    RegisterCount.objects.bulk_create(anew, batch_size=STEP)
    return len(wrong)


def _write(moved: Mapping[str, tuple[Cell, int]]) -> None:
    """Add to the rows of these cells that nobody holds; rows of one cell become one again."""
    free: dict[str, list[RegisterCount]] = defaultdict(list)
    rows = RegisterCount.objects.select_for_update(skip_locked=True)
    for row in rows.filter(cell__in=moved).order_by("pk"):
        free[row.cell].append(row)
    changed: list[RegisterCount] = []
    gone: list[RegisterCount] = []
    for code, (first, *others) in free.items():
        first.number = moved[code][1] + sum(row.number for row in (first, *others))
        (changed if first.number else gone).append(first)
        gone += others
    set_numbers(RegisterCount, "number", {row.pk: row.number for row in changed})
    RegisterCount.objects.filter(pk__in=[row.pk for row in gone]).delete()
    RegisterCount.objects.bulk_create([_row(*moved[code]) for code in moved if code not in free])


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


def _counted() -> dict[Cell, int]:
    has = Case(
        When(won_count__gt=0, then=Value("won")),
        When(applications_count__gt=0, then=Value("applied")),
        default=Value("none"),
    )
    year = Case(
        When(registered_on=None, then=Value(0)),
        default=Greatest(ExtractYear("registered_on"), Value(OLDEST_YEAR)),
    )
    columns = (
        Coalesce("region", 0), Coalesce("legal_form", 0), "kind", "is_public", "status", year, has,
    )  # fmt: skip
    rows: Sequence[tuple[int, int, str, bool, str, int, str, int]] = list(
        Organisation.objects.order_by().values_list(*columns).annotate(number=Count("pk"))
    )
    return {Cell(*row[:7]): row[7] for row in rows}
