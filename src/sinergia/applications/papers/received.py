"""What came to a contest as a file: one line a row, the same columns in CSV and XLSX."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from sinergia.applications.models import Submission
from sinergia.base.tables.export import Value, whole_units


class ExportedRow(Protocol):
    """What `queries.received.exported` adds to a submission."""

    ogrn: str | None
    inn: str | None
    registered_at: datetime | None
    registered_by: str | None
    taken_back_at: datetime | None


def head() -> list[str]:
    """Names of the columns, as docs/users/contests.md explains them."""
    return [
        _("Entry in the journal"),
        _("Number"),
        _("Version"),
        _("State"),
        _("Submitted"),
        _("Registered"),
        _("Registered by"),
        _("Registration taken back"),
        _("Title of the project"),
        _("Organisation"),
        _("OGRN"),
        _("INN"),
        _("Municipality"),
        _("Direction"),
        _("Sum asked"),
        _("Own part"),
        _("Currency"),
        _("Checksum"),
        _("Key"),
    ]


def lines(rows: Iterable[Submission], directions: Mapping[str, str]) -> Iterator[list[Value]]:
    """One line for each row, in the order they come. directions: names by code."""
    for row in rows:
        added: ExportedRow = row  # type: ignore[assignment]  # annotated by the query
        place = row.organisation.municipality
        yield [
            row.entry,
            row.shown_number,
            row.version,
            row.get_stage_display(),
            row.submitted_at,
            added.registered_at,
            added.registered_by,
            added.taken_back_at,
            row.title,
            row.organisation.name,
            added.ogrn,
            added.inn,
            place.name if place else None,
            directions.get(row.direction, row.direction) or None,
            whole_units(row.asked_minor, row.currency),
            whole_units(row.frozen.own_minor, row.currency),
            row.currency,
            row.frozen.digest,
            str(row.key),
        ]
