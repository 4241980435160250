"""What each step is called, what exactly it counts, and the tables of the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergia.base.ui.templatetags.figures import NOTHING, count
from sinergia.insights.funnel.queries.counting import Funnel
from sinergia.insights.funnel.queries.rows import FunnelFilter
from sinergia.insights.funnel.queries.steps import STEPS
from sinergia.places.models import Region

NAMES: Mapping[str, str | Promise] = {
    "submitted": pgettext_lazy("figures", "Submitted"),
    "admitted": gettext_lazy("Admitted to the contest"),
    "won": pgettext_lazy("figures", "Won"),
    "signed": gettext_lazy("Agreements signed"),
    "reported": pgettext_lazy("figures", "Reported"),
    "closed": gettext_lazy("Grants closed"),
    "results": pgettext_lazy("figures", "Results reached"),
    "people": gettext_lazy("People who joined"),
}
COUNTED: Mapping[str, str | Promise] = {
    "submitted": gettext_lazy("Every application that was registered, whatever became of it."),
    "admitted": gettext_lazy("Applications that were admitted after screening."),
    "won": gettext_lazy(
        "Projects decided in favour, once the result is published; a grant declined afterwards "
        "stays among them, and whoever moved up from the reserve list is one of them."
    ),
    "signed": gettext_lazy("Grant agreements that are signed, closed and ended ones among them."),
    "reported": gettext_lazy("Signed grants of which at least one report was accepted."),
    "closed": gettext_lazy("Grants whose final account was accepted and which are closed."),
    "results": gettext_lazy(
        "Promised results of closed grants of which anything was reached; a grant has several."
    ),
    "people": gettext_lazy(
        "Residents who joined projects with a public page: confirmed, or there on a day. Each is "
        "counted once in a contest, in however many roles and projects of it they help."
    ),
}
BEFORE_RESULT = ("submitted", "admitted")  # known before the result is told


@dataclass(frozen=True)
class Cell:
    """A number as printed, under which heading, and where its rows are."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a table: a year, a contest. url: where it is shown alone."""

    name: str
    url: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class StepSaid:
    """One step of the whole way. share: of the first one, 0 to 1."""

    name: str
    counted: str
    text: str
    url: str
    share: float


def page_url(region: Region, asked: FunnelFilter) -> str:
    """Where the whole way of a region is shown."""
    return _with(reverse("funnel:funnel", args=[region.code]), asked)


def rows_url(region: Region, step: str, asked: FunnelFilter) -> str:
    """Where the rows of a step are listed."""
    return _with(reverse("funnel:rows", args=[region.code, step]), asked)


def way_said(region: Region, funnel: Funnel, asked: FunnelFilter) -> list[StepSaid]:
    """Each step of the way with its number; what is not told yet is a dash."""
    counts = funnel.counts
    most = max((counts[step.code] for step in STEPS if step.kind == "application"), default=0)
    return [
        StepSaid(
            str(NAMES[step.code]),
            str(COUNTED[step.code]),
            *_number(region, step.code, counts, asked, is_told=funnel.is_decided),
            share=min(counts[step.code] / most, 1) if most else 0.0,
        )
        for step in STEPS
    ]


def by_year(region: Region, funnel: Funnel) -> list[Line]:
    """A line for each year."""
    lines = []
    for year, counts in funnel.by_year:
        asked = FunnelFilter(year=str(year)) if year else FunnelFilter()
        is_told = funnel.narrowed(year=str(year)).is_decided
        cells = _cells(region, counts, asked, is_told=is_told)
        lines.append(Line(str(year or _("Year not known")), page_url(region, asked), cells))
    return lines


def by_contest(region: Region, funnel: Funnel) -> list[Line]:
    """A line for each contest."""
    lines = []
    for one in funnel.contests:
        asked = FunnelFilter(call=str(one.key))
        cells = _cells(region, one.counts, asked, is_told=one.is_decided)
        lines.append(Line(one.name, page_url(region, asked), cells))
    return lines


def heads() -> list[str]:
    """The headings of both tables after the first."""
    return [str(NAMES[step.code]) for step in STEPS]


def scope_said(region: Region, funnel: Funnel, asked: FunnelFilter) -> str:
    """Which contests are counted, in words."""
    parts = [region.name]
    if asked.call:
        parts += [one.name for one in funnel.contests if str(one.key) == asked.call]
    elif asked.year:
        parts.append(_("contests of %(year)s") % {"year": asked.year})
    else:
        parts.append(_("all contests that are held on this site"))
    return " · ".join(parts)


def _cells(
    region: Region, counts: Mapping[str, int], asked: FunnelFilter, *, is_told: bool
) -> list[Cell]:
    return [
        Cell(str(NAMES[step.code]), *_number(region, step.code, counts, asked, is_told=is_told))
        for step in STEPS
    ]


def _number(
    region: Region, step: str, counts: Mapping[str, int], asked: FunnelFilter, *, is_told: bool
) -> tuple[str, str]:
    """A number and the address of its rows; a nought has none."""
    if not is_told and step not in BEFORE_RESULT:
        return NOTHING, ""
    number = counts[step]
    return count(number), rows_url(region, step, asked) if number else ""


def _with(address: str, asked: FunnelFilter) -> str:
    query = asked.to_query()
    return f"{address}?{query}" if query else address
