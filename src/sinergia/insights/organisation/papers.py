"""The register as a file: one line an organisation, the same columns in CSV and XLSX."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from django.utils.translation import gettext as _

from sinergia.base.tables.export import Value
from sinergia.organisations.models import Organisation


class ExportedRow(Protocol):
    """What `organisations.queries.with_numbers` adds."""

    ogrn: str | None
    inn: str | None


def head() -> list[str]:
    """Names of the columns, as docs/users/lists.md explains them."""
    return [
        _("Organisation"),
        _("OGRN"),
        _("INN"),
        _("Region"),
        _("Municipality"),
        _("Date of registration"),
        _("Applications"),
        _("Number won"),
        _("Key"),
    ]


def lines(rows: Iterable[Organisation]) -> Iterator[list[Value]]:
    """One line for each, in the order they come. Numbers of persons are not in them."""
    for row in rows:
        added: ExportedRow = row  # type: ignore[assignment]  # annotated by the query
        yield [
            row.name,
            added.ogrn,
            added.inn,
            row.region.name if row.region else None,
            row.municipality.name if row.municipality else None,
            row.registered_on,
            row.applications_count,
            row.won_count,
            str(row.key),
        ]
