"""A region's tables, ready to be laid out: on the page, on paper and on a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.base.ui.templatetags.figures import NOTHING, count, money
from sinergia.insights.region.queries.figures import Block, Figure, Line, Step
from sinergia.insights.region.words.naming import name_of, share_words, step_name
from sinergia.insights.region.words.speaking import address_of, anchor_of

LINES_AT_ONCE = 25  # a longer table is shown whole on request


@dataclass(frozen=True)
class Cell:
    """A number as printed, and the figure whose rows it opens."""

    text: str
    figure: Figure | None = None

    @property
    def url(self) -> str:
        """Where its rows are: looked up by pages alone, for a terminal needs no addresses."""
        return "" if self.figure is None else address_of(self.figure)


@dataclass(frozen=True)
class Row:
    """One line; `share` draws its bar, 0 to 1, none where there is none."""

    name: str
    cells: Sequence[Cell]
    share: float | None = None
    heads: Sequence[str] = ()

    @property
    def labelled(self) -> list[tuple[str, Cell]]:
        """Each number with the heading of its column, which a phone shows beside it."""
        return list(zip(self.heads, self.cells, strict=True))


@dataclass(frozen=True)
class Table:
    """A table. anchor: its place on the page; left_out: lines not shown yet."""

    part: str
    anchor: str
    title: str
    head: Sequence[str]
    rows: Sequence[Row]
    total: Row | None = None
    left_out: int = 0

    @property
    def has_bars(self) -> bool:
        """Whether a line carries a bar."""
        return any(row.share is not None for row in self.rows)


def tables_of(block: Block, *, whole: str = "") -> list[Table]:
    """Every cut of the figures but by what is asked already; `whole`: a part shown to its end."""
    asked = block.submitted.asked
    cuts = [
        ("theme", _("By theme of the region"), _("Theme"), block.by_theme),
        ("municipality", _("By municipality"), _("Municipality"), block.by_municipality),
        ("size", _("By the sum asked"), _("Sum asked, %s") % block.currency, block.by_size),
        ("fund", _("By fund"), _("Fund"), block.by_fund),
    ]
    tables = [
        lines_table(block, part, title, head, lines, is_whole=part == whole)
        for part, title, head, lines in cuts
        if not (part == "fund" and asked.fund)
    ]
    return tables if asked.year else [year_table(block), *tables]


def year_table(block: Block) -> Table:
    """The years of the contests."""
    return lines_table(block, "year", _("By year"), _("Year of the contest"), block.by_year)


def lines_table(
    block: Block, part: str, title: str, head: str, lines: Sequence[Line], *, is_whole: bool = True
) -> Table:
    """Lay out one cut: submitted, won, share and sum of each line, and of all together."""
    most = max((line.submitted.value for line in lines), default=0)
    heads = [
        pgettext("figures", "Submitted"),
        pgettext("figures", "Won"),
        _("Share of winners"),
        _("Sum of support"),
    ]
    shown = lines if is_whole or len(lines) <= LINES_AT_ONCE else lines[:LINES_AT_ONCE]
    return Table(
        part=part,
        anchor=anchor_of(block, part),
        title=title,
        head=[head, *heads],
        rows=[
            Row(
                name_of(line, part),
                _cells(line.submitted, line.won, line.awarded, block.currency),
                line.submitted.value / most if most else 0.0,
                heads,
            )
            for line in shown
        ],
        total=Row(
            _("Total"),
            _cells(block.submitted, block.won, block.awarded, block.currency),
            heads=heads,
        ),
        left_out=len(lines) - len(shown),
    )


def funnel_table(block: Block) -> Table:
    """The way from an application to a grant, each step beside the one before it."""
    steps = list(block.funnel)
    before = [None, *steps[:-1]]
    submitted, heads = block.submitted.value, [_("Applications"), _("Of the step before")]
    return Table(
        part="funnel",
        anchor=anchor_of(block, "funnel"),
        title=_("The way of an application"),
        head=[pgettext("figures", "Step"), *heads],
        rows=[
            Row(
                step_name(step),
                [_linked(step.figure), Cell(_of_step_before(step, previous))],
                step.figure.value / submitted if submitted else 0.0,
                heads,
            )
            for step, previous in zip(steps, before, strict=True)
        ],
    )


def winners_table(block: Block) -> Table:
    """Different organisations that won in each year: for the first time, and again."""
    most = max((line.all.value for line in block.by_winners), default=0)
    heads = [
        _("Organisations that won"),
        pgettext("figures", "New"),
        pgettext("figures", "Repeated"),
    ]
    return Table(
        part="winners",
        anchor=anchor_of(block, "winners"),
        title=_("New and repeated winners"),
        head=[_("Year of the contest"), *heads],
        rows=[
            Row(
                str(line.year),
                [_linked(line.all), _linked(line.new), _linked(line.repeated)],
                line.all.value / most if most else 0.0,
                heads,
            )
            for line in block.by_winners
        ],
    )


def _cells(submitted: Figure, won: Figure, awarded: Figure, currency: str) -> list[Cell]:
    return [
        _linked(submitted),
        _linked(won),
        Cell(share_words(won.value, submitted.value)),
        Cell(money(awarded.value, currency or "RUB"), awarded),
    ]


def _linked(figure: Figure) -> Cell:
    return Cell(count(figure.value), figure)


def _of_step_before(step: Step, previous: Step | None) -> str:
    return share_words(step.figure.value, previous.figure.value) if previous else NOTHING
