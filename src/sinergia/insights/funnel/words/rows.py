"""How the rows under a number read, on the page and in a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.applications.models import Application
from sinergia.base.ui.templatetags.figures import NOTHING, day, money
from sinergia.calls.models import Outcome
from sinergia.grants.models import Grant, Joiner, Result
from sinergia.organisations.models import Organisation


@dataclass(frozen=True)
class RowSaid:
    """A line: what names it, where it leads, and a text under each further heading."""

    name: str
    url: str
    cells: Sequence[str]
    heads: Sequence[str] = ()

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """Each text with the heading of its column, which a phone shows beside it."""
        return list(zip(self.heads[1:], self.cells, strict=True))


def head_of(kind: str) -> list[str]:
    """The headings of a list."""
    names = (_("Project"), _("Organisation"), pgettext("noun", "Contest"))
    if kind == "application":
        return [*names, _("Year"), _("Outcome"), _("Awarded")]
    if kind == "grant":
        return [*names, _("Sum of the grant"), _("Signed"), _("State"), _("Closed")]
    if kind == "person":
        return [*names, _("Role"), _("Month")]
    return [_("Result"), _("Promised"), _("Reached"), *names]


def said(kind: str, row: Any) -> RowSaid:  # noqa: ANN401  # of any kind
    """One row."""
    return replace(SAID[kind](row), heads=head_of(kind))


def _application(row: Application) -> RowSaid:
    is_won = row.outcome in (Outcome.WON, Outcome.DECLINED)
    cells = [
        *_whose(row, row.organisation, row),
        str(row.contest_year or NOTHING),
        str(Outcome(row.outcome).label),
        money(row.awarded_minor, row.currency) if is_won else NOTHING,
    ]
    return RowSaid(row.title, _url(row), cells)


def _grant(row: Grant) -> RowSaid:
    cells = [
        *_whose(row, row.organisation, row.application),
        money(row.sum_minor, row.currency),
        day(row.signed_on),
        str(Grant.Stage(row.stage).label),
        day(row.closed_on) if row.closed_on else NOTHING,
    ]
    return RowSaid(row.application.title, _url(row.application), cells)


def _result(row: Result) -> RowSaid:
    application = row.grant.application
    named = [application.title, *_whose(row, row.grant.organisation, application)]
    return RowSaid(row.what, _url(application), [row.promised or NOTHING, row.reached, *named])


def _person(row: Joiner) -> RowSaid:
    """Somebody who joined, without a name."""
    grant = row.role.grant
    month = f"{timezone.localtime(row.queued_at or row.asked_at):%Y-%m}"
    cells = [*_whose(row, grant.organisation, grant.application), row.role.name, month]
    return RowSaid(grant.application.title, reverse("together:project", args=[grant.key]), cells)


SAID: Mapping[str, Callable[[Any], RowSaid]] = {
    "application": _application,
    "grant": _grant,
    "result": _result,
    "person": _person,
}


def _whose(
    row: Any,  # noqa: ANN401  # of any kind, as `said` takes it
    organisation: Organisation | None,
    application: Application,
) -> list[str]:
    """An organisation that is not shown in the register is named to who sees its inside alone."""
    if organisation is None:
        return [NOTHING, application.call.name]
    knows: bool = organisation.is_public or row.knows_owner
    named = (knows and organisation.short_name) or organisation.name_for(knows=knows)
    return [named, application.call.name]


def _url(application: Application) -> str:
    return reverse("applications:detail", args=[application.key])
