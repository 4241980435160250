"""Much given to a database at once, past what building objects and statements costs.

SQLite takes rows by one prepared statement, PostgreSQL by COPY, in its binary form: there is less
to write and nothing to parse. Nothing is looked up and no conflict is settled: a row that is there
already breaks the transaction, as it would by itself.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.expressions import RawSQL

SAMPLE = 1_000  # rows of an index that SQLite looks at: milliseconds, however large the table
Row = Sequence[Any]  # values of many kinds, as the columns are
Convert = Callable[[Any], Any]


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows; part of a transaction. columns: names of fields, a key's with `_id`.

    Every column that may not be blank is named: defaults of the model are not filled in. Values
    are those of the model's fields: aware moments, dates, UUID.
    """
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001  # public in Django
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copying = f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)"
            with connection.wrap_database_errors, cursor.cursor.copy(copying) as copy:
                copy.set_types([_kind(model, column) for column in columns])
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        told = [(at, _convert(model, column)) for at, column in enumerate(columns)]
        converts = [(at, convert) for at, convert in told if convert is not None]
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608  # our own names
            [_converted(row, converts) for row in rows],
        )


def set_numbers(model: type[models.Model], column: str, numbers: Mapping[int, int]) -> None:
    """Set one whole number of many rows, {primary key: number}; part of a transaction."""
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001  # public in Django
    name = connection.ops.quote_name(column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {table} SET {name} = given.number "  # noqa: S608  # our own names
                "FROM unnest(%s::bigint[], %s::bigint[]) AS given(id, number) "
                f"WHERE {table}.id = given.id",
                [list(numbers), list(numbers.values())],
            )
            return
        cursor.executemany(
            f"UPDATE {table} SET {name} = %s WHERE id = %s",  # noqa: S608  # our own names
            [(number, pk) for pk, number in numbers.items()],
        )


def take_numbers(model: type[models.Model], count: int) -> list[int]:
    """Primary keys for `count` rows that are to be inserted; part of the same transaction."""
    table = model._meta.db_table  # noqa: SLF001  # public in Django
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Its name is asked for apart: beside `nextval` it would be looked up for each number.
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            (sequence,) = cursor.fetchone()
            cursor.execute(
                "SELECT array_agg(nextval(%s::regclass)) FROM generate_series(1, %s)",
                [sequence, count],
            )
            return list(cursor.fetchone()[0] or [])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row: tuple[int] | None = cursor.fetchone()
    last = row[0] if row else 0
    return list(range(last + 1, last + 1 + count))


def _kind(model: type[models.Model], column: str) -> str:
    """What PostgreSQL calls the values of a column; without a length, which is the table's own."""
    kind: str = _field(model, column).db_type(connection)
    return kind.partition("(")[0]


def _field(model: type[models.Model], column: str) -> Any:  # noqa: ANN401  # of any class
    return model._meta.get_field(column.removesuffix("_id"))  # noqa: SLF001  # public in Django


def _converted(row: Row, converts: Sequence[tuple[int, Convert]]) -> Row:
    values = list(row)
    for at, convert in converts:
        values[at] = convert(values[at])
    return values


def _convert(model: type[models.Model], column: str) -> Convert | None:
    """How SQLite is handed a value; none for as it is."""
    field = _field(model, column)
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return _day
    return _hex if isinstance(field, models.UUIDField) else None


@lru_cache(maxsize=100)
def _moment(value: datetime | None) -> object:
    return connection.ops.adapt_datetimefield_value(value)


@lru_cache(maxsize=20_000)
def _day(value: date | None) -> object:
    return None if value is None else value.isoformat()


def _hex(value: UUID | None) -> object:
    return None if value is None else value.hex


def numbers_given(numbers: Iterable[int]) -> RawSQL:
    """Many whole numbers as rows, for `filter(pk__in=...)`.

    They go as one value: two thousand one by one take longer to be written than to be found.
    """
    given = list(numbers)
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(given)])
    return RawSQL("SELECT unnest(%s::bigint[])", [given])


def look_again() -> None:
    """Have the database look at its tables, so that it knows how many rows of what there are.

    SQLite never does it by itself: without figures, or with those of an empty table, it begins a
    query at the wrong end. `PRAGMA optimize` looks only at what its own connection has asked for,
    and the one that loads or tidies asks little of what pages do: all tables are sampled here.
    Whoever is connected already learns of it when they connect anew. PostgreSQL looks by itself,
    but not within a minute.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
        cursor.execute("ANALYZE")
