"""The register as a file: one line an organisation, the same columns in CSV and XLSX."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from sinergia.base.tables.export import Value
from sinergia.insights.organisation.queries.filters import Reader
from sinergia.organisations.models import Organisation


class ExportedRow(Protocol):
    """What `queries.listing.exported` adds; the last five for staff of a centre."""

    ogrn: str | None
    inn: str | None
    met_on: date | None
    is_ours: int | None
    hides_site: int | None
    phone: str | None
    email: str | None


def head(reader: Reader) -> list[str]:
    """Names of the columns, as docs/users/lists.md explains them."""
    public = [
        _("Organisation"),
        _("OGRN"),
        _("INN"),
        _("Region"),
        _("Municipality"),
        _("Date of registration"),
        _("Applications"),
        _("Number won"),
    ]
    internal = [_("Legal form"), _("Status"), _("Site"), _("Last met"), _("Telephone"), _("E-mail")]
    return [*public, *(internal if reader.centre_id else []), _("Key")]


def lines(rows: Iterable[Organisation], reader: Reader) -> Iterator[list[Value]]:
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
            *(_internal(row, added) if reader.centre_id else []),
            str(row.key),
        ]


def _internal(row: Organisation, added: ExportedRow) -> list[Value]:
    """What staff of a centre are given; telephones and mailboxes of their own regions alone."""
    return [
        row.legal_form.name if row.legal_form else None,
        str(row.get_status_display()),
        row.site if added.is_ours or not added.hides_site else None,
        added.met_on,
        added.phone if added.is_ours else None,
        added.email if added.is_ours else None,
    ]
