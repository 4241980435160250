"""Entering organisations, and the facts that rooms above write down about them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import NamedTuple, TypeAlias
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models.expressions import Combinable

from sinergia.base.bulk import insert_rows, take_numbers
from sinergia.base.search.actions import NewRow, index_new, new_row
from sinergia.engine.sites import site_key
from sinergia.engine.text import fold
from sinergia.organisations.actions.counting import Cell, cell_of, cells_of, count_changed
from sinergia.organisations.actions.entered import Entered
from sinergia.organisations.actions.history import change_organisation, change_organisations
from sinergia.organisations.actions.indexing import findable, weigh_organisations
from sinergia.organisations.models import Change, Identifier, Organisation

_Scheme = Identifier.Scheme
Numbers: TypeAlias = tuple[int, str, str, str]  # organisation; ОГРН, ИНН, КПП, "" for none
AHEAD, AFTER = 2_000, 1_000  # rows given before words are looked up; words after the last row
LONGEST = {"name": 500, "short_name": 300, "address": 500, "site": 300}


class Newcomer(NamedTuple):
    """An organisation that is to be entered; numbers verified, "" and None for what is not known.

    kpp: nine signs. status, kind: codes of Organisation.Status and Organisation.Kind.
    """

    name: str
    short_name: str = ""
    ogrn: str = ""
    inn: str = ""
    kpp: str = ""
    region_id: int | None = None
    municipality_id: int | None = None
    legal_form_id: int | None = None
    status: str = Organisation.Status.UNKNOWN
    registered_on: date | None = None
    closed_on: date | None = None
    address: str = ""
    site: str = ""
    kind: str = Organisation.Kind.REGISTERED
    is_public: bool = True


def register_organisations(
    newcomers: Sequence[Newcomer], *, now: datetime, entered_by: UUID | None = None
) -> list[Organisation]:
    """Enter organisations whose verified numbers nobody has; part of a transaction.

    A number that is taken raises IntegrityError: the register never holds one twice.
    entered_by: who typed them in by hand; their first words then stand in the history.
    """
    entered, words = enter_organisations(newcomers, len(newcomers), now=now)
    index_new(words)
    made = [Organisation.from_db(connection.alias, Entered._fields, one) for one in entered]
    if entered_by is not None:
        Change.objects.bulk_create(
            Change(organisation=one, field="name", after=one.name, at=now, actor_key=entered_by)
            for one in made
        )
    return made


def enter_organisations(
    newcomers: Iterable[Newcomer], count: int, *, now: datetime
) -> tuple[list[Entered], Iterator[NewRow]]:
    """The same for many, of whom no objects are needed: their rows, and those of the index.

    newcomers: so many as `count` says; each is asked for while the database takes in others, and
    to make one nothing may be asked of it. The rows of the index are for the caller to insert by
    `index_new`, and to do meanwhile what is not the database's; without it nobody is found by
    words.
    """
    made: list[Entered] = []
    numbers: list[Numbers] = []
    ready: deque[NewRow] = deque()
    words = _words(made, numbers)
    keys = take_numbers(Organisation, count)  # nothing is asked inside COPY
    rows = _rows(zip(keys, newcomers, strict=True), made, numbers, now=now)
    insert_rows(Organisation, Entered._fields, _beside(rows, words, ready))
    cells: list[Cell] = []
    add_identifiers(_then(numbers, lambda: cells.extend(map(cell_of, made))))
    count_changed([], cells)
    return made, chain(ready, words)


def add_identifiers(numbers: Iterable[Numbers]) -> None:
    """Give organisations their numbers: (organisation, ОГРН, ИНН, КПП), "" for none."""
    schemes = [one.value for one in (_Scheme.OGRN, _Scheme.INN, _Scheme.KPP)]
    rows = (
        (pk, scheme, value)
        for pk, *values in numbers
        for scheme, value in zip(schemes, values, strict=True)
        if value
    )
    insert_rows(Identifier, ("organisation_id", "scheme", "value"), rows)


@transaction.atomic
def write_counts(organisations: Sequence[int], *, filed: Combinable, won: Combinable) -> None:
    """Keep how many applications each organisation filed and won.

    filed, won: expressions over an organisation's row; `applications` alone can count them.
    """
    rows = Organisation.objects.filter(pk__in=organisations)
    before = cells_of(rows.select_for_update().order_by("pk"))
    rows.update(applications_count=filed, won_count=won)
    count_changed(before, cells_of(rows))
    weigh_organisations(organisations)


def _rows(
    newcomers: Iterable[tuple[int, Newcomer]],
    made: list[Entered],
    numbers: list[Numbers],
    *,
    now: datetime,
) -> Iterator[Entered]:
    """Rows of newcomers as they are inserted; each is added to `made` when it is given."""
    for pk, new in newcomers:
        row = _row(pk, new, now=now)
        made.append(row)
        numbers.append((pk, new.ogrn, new.inn, new.kpp))
        yield row


def _words(made: Iterable[Entered], numbers: Iterable[Numbers]) -> Iterator[NewRow]:
    """What rows are found by; they may still come while the first are asked for."""
    for row, (_pk, ogrn, inn, _kpp) in zip(made, numbers, strict=True):
        yield new_row("organisation", findable(row, numbers=(ogrn, inn)))


def _beside(
    rows: Iterable[Entered], words: Iterator[NewRow], ready: deque[NewRow]
) -> Iterator[Entered]:
    """Rows as they are given to the database, which would be waited for without something to do.

    It keeps twelve indexes of them, and PostgreSQL takes them in by the thousand: words are looked
    up so far behind that it always has some to take, and on after the last. What is left is for
    when it takes in the words themselves.
    """
    for given, row in enumerate(rows):
        yield row
        if given >= AHEAD:
            ready.append(next(words))
    ready.extend(islice(words, AFTER))


def _then(numbers: Iterable[Numbers], work: Callable[[], None]) -> Iterator[Numbers]:
    """Numbers as they are given to the database, and work while it still takes them in."""
    yield from numbers
    work()


def _row(pk: int, new: Newcomer, *, now: datetime) -> Entered:
    return Entered(
        id=pk,
        key=uuid4(),
        name=new.name[: LONGEST["name"]],
        name_folded=fold(new.name)[: LONGEST["name"]],
        short_name=new.short_name[: LONGEST["short_name"]],
        kind=new.kind,
        is_public=new.is_public,
        region_id=new.region_id,
        municipality_id=new.municipality_id,
        legal_form_id=new.legal_form_id,
        status=new.status,
        registered_on=new.registered_on,
        closed_on=new.closed_on,
        address=new.address[: LONGEST["address"]],
        site=new.site[: LONGEST["site"]],
        site_key=site_key(new.site),
        made_at=now,
    )


__all__ = [
    "Newcomer",
    "add_identifiers",
    "change_organisation",
    "change_organisations",
    "enter_organisations",
    "register_organisations",
    "site_key",
    "write_counts",
]
