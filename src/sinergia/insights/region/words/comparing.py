"""Regions side by side, ready to be laid out; by name unless the reader asks otherwise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sinergia.base.ui.parts import Sheet, Tile
from sinergia.base.ui.templatetags.figures import NOTHING, count, money, money_short
from sinergia.insights.region.queries.comparison import Comparison, RegionLine
from sinergia.insights.region.words.drawing import drawn_map
from sinergia.insights.region.words.naming import share_words
from sinergia.insights.region.words.speaking import address_of
from sinergia.insights.region.words.tables import Cell
from sinergia.places.queries.maps import DrawnSheet

SORTS: dict[str, Callable[[RegionLine], float]] = {
    "submitted": lambda line: line.submitted.value,
    "organisations": lambda line: line.organisations.value,
    "won": lambda line: line.won.value,
    "share": lambda line: line.share or 0.0,
}


@dataclass(frozen=True)
class SortHead:
    """A heading that sorts: its words, where it leads, how the table is sorted by it now."""

    label: str
    url: str
    direction: str
    kind: str = "num"


@dataclass(frozen=True)
class RegionRow:
    """A line of the table, as printed."""

    name: str
    url: str
    submitted: Cell
    organisations: Cell
    won: Cell
    share: str
    awarded: Sequence[Cell]


@dataclass(frozen=True)
class ComparisonTable:
    """The table with its headings, the rows of no region, and the total."""

    heads: Sequence[SortHead]
    rows: Sequence[RegionRow]
    total: RegionRow


def comparison_table(comparison: Comparison, sort: str) -> ComparisonTable:
    """Lay the regions out; `sort`: a key of SORTS, with "-" before it from most to least."""
    key, is_descending = sort.removeprefix("-"), sort.startswith("-")
    lines = list(comparison.lines)
    if key in SORTS:
        lines.sort(key=SORTS[key], reverse=is_descending)
    elif key == "name" and is_descending:
        lines.reverse()
    rows = [_row(line, line.region.name if line.region else "") for line in lines]
    if comparison.nowhere.submitted.value:
        rows.append(_row(comparison.nowhere, _("Region not known")))
    heads = [_head(comparison, name, sort) for name in ("name", *SORTS)]
    return ComparisonTable(heads, rows, _row(comparison.total, _("All together")))


def regions_map(drawn: DrawnSheet, comparison: Comparison) -> Sheet | None:
    """Projects submitted, by region; an area leads to its region's page. None without regions."""
    found = {line.region.code: line.submitted for line in comparison.lines if line.region}
    if any(area.key not in found for area in drawn.areas):
        return None
    return drawn_map(drawn, found, {code: page_of(code) for code in found})


def installation_tiles(comparison: Comparison) -> list[Tile]:
    """All regions together, each figure with the rows it opens."""
    total = comparison.total
    submitted, different, won = total.submitted, total.organisations, total.won
    counts = [
        (submitted, ngettext("project submitted", "projects submitted", submitted.value)),
        (different, ngettext("organisation", "organisations", different.value)),
        (won, ngettext("project won", "projects won", won.value)),
    ]
    return [
        *(Tile(count(figure.value), label, address_of(figure)) for figure, label in counts),
        *(
            Tile(
                money_short(one.figure.value, one.currency),
                _("sum of support"),
                address_of(one.figure),
            )
            for one in total.awarded
        ),
    ]


def region_links(comparison: Comparison, *, has_rows: bool) -> list[tuple[str, str]]:
    """Regions by name with their pages: those that have applications, or those that have none."""
    return [
        (line.region.name, page_of(line.region.code))
        for line in comparison.lines
        if line.region and bool(line.submitted.value) == has_rows
    ]


def page_of(code: str) -> str:
    """The address of a region's page."""
    return reverse("regions:detail", args=[code])


def _row(line: RegionLine, name: str) -> RegionRow:
    return RegionRow(
        name=name,
        url=page_of(line.region.code) if line.region else "",
        submitted=Cell(count(line.submitted.value), line.submitted),
        organisations=Cell(count(line.organisations.value), line.organisations),
        won=Cell(count(line.won.value), line.won),
        share=share_words(line.won.value, line.submitted.value),
        awarded=[Cell(money(one.figure.value, one.currency), one.figure) for one in line.awarded]
        or [Cell(NOTHING)],
    )


def _head(comparison: Comparison, name: str, sort: str) -> SortHead:
    labels = {
        "name": _("Region"),
        "submitted": pgettext("figures", "Submitted"),
        "organisations": _("Organisations"),
        "won": pgettext("figures", "Won"),
        "share": _("Share of winners"),
    }
    is_by_it = sort.removeprefix("-") == name or (name == "name" and not sort)
    is_descending = is_by_it and sort.startswith("-")
    # Numbers are first asked for from most to least, names from А to Я.
    turned = name if is_descending else f"-{name}"
    following = turned if is_by_it else (name if name == "name" else f"-{name}")
    direction = ("descending" if is_descending else "ascending") if is_by_it else ""
    query = comparison.asked.to_query(sort=following)
    return SortHead(labels[name], f"?{query}", direction, "" if name == "name" else "num")
