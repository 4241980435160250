"""The list of applications as a file: one line a row, the same columns in CSV and XLSX."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from django.utils.translation import gettext as _

from sinergia.applications.models import Application
from sinergia.base.tables.export import Value, whole_units
from sinergia.calls.models import Outcome


class ExportedRow(Protocol):
    """What `queries.lists.exported` adds to an application."""

    awaits: bool
    knows_owner: bool
    ogrn: str | None
    inn: str | None


def head() -> list[str]:
    """Names of the columns, as docs/users/lists.md explains them."""
    return [
        _("Number of the application"),
        _("Fund"),
        _("Contest"),
        _("Year of the contest"),
        _("Title of the project"),
        _("Organisation"),
        _("OGRN"),
        _("INN"),
        _("Region as filed"),
        _("Municipality"),
        _("Direction"),
        _("Sum asked"),
        _("Outcome"),
        _("Fund’s own word"),
        _("Date of the decision"),
        _("Sum of the grant"),
        _("Currency"),
        _("Awaits a person"),
        _("Key"),
    ]


def lines(rows: Iterable[Application]) -> Iterator[list[Value]]:
    """One line for each row, in the order they come. Numbers of persons are not in them."""
    yes = _("yes")
    for row in rows:
        yield _line(row, yes)


def _line(row: Application, yes: str) -> list[Value]:
    added: ExportedRow = row  # type: ignore[assignment]  # annotated by the query
    owner = row.organisation
    is_shown = owner is not None and (owner.is_public or added.knows_owner)
    return [
        row.number,
        row.fund.name,
        row.call.name,
        row.contest_year or None,
        row.title,
        owner.name_for(knows=added.knows_owner) if owner else None,
        added.ogrn if is_shown else None,
        added.inn if is_shown else None,
        row.region.name if row.region else None,
        row.municipality.name if row.municipality else None,
        row.direction.name if row.direction else None,
        whole_units(row.asked_minor, row.currency),
        str(Outcome(row.outcome).label),
        row.status.word if row.status else None,
        row.decided_on,
        whole_units(row.awarded_minor, row.currency),
        row.currency,
        yes if added.awaits else None,
        str(row.key),
    ]
