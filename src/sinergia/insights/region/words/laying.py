"""One currency's figures, laid out for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import get_currency_name
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sinergia.base.ui.parts import Sheet, Tile
from sinergia.base.ui.templatetags.figures import NOTHING, count, day, percent
from sinergia.engine.intervals import wilson
from sinergia.insights.region.queries.figures import Block, Figures, Step
from sinergia.insights.region.words.drawing import municipalities_map
from sinergia.insights.region.words.naming import step_name, tiles_of
from sinergia.insights.region.words.speaking import (
    Piece,
    sentence_pieces,
    theses_of,
)
from sinergia.insights.region.words.tables import (
    Cell,
    Table,
    funnel_table,
    tables_of,
    winners_table,
)
from sinergia.places.queries import LatestIndicator
from sinergia.places.queries.maps import DrawnSheet


@dataclass(frozen=True)
class LaidBlock:
    """The figures in one currency as the page shows them, in this order."""

    title: str  # the currency, where there are several
    sentence: Sequence[Piece]
    theses: Sequence[Sequence[Piece]]
    tiles: Sequence[Tile]
    interval: str
    tables: Sequence[Table]
    funnel: Table
    beside: Sequence[tuple[str, Cell]]
    winners: Table
    all_winners: Cell
    several_winners: Cell
    several_label: str
    map: Sheet | None  # the first currency's
    is_zero: bool

    @property
    def contents(self) -> list[tuple[str, str, bool]]:
        """The tables of the page and their places on it."""
        tables = [] if self.is_zero else [*self.tables, self.winners, self.funnel]
        return [(table.title, f"#{table.anchor}", False) for table in tables]


def laid_out(
    figures: Figures, block: Block, *, drawn: DrawnSheet | None = None, whole: str = ""
) -> LaidBlock:
    """Lay a block out in the reader's language; `whole` names a table shown to its end."""
    language = get_language() or "ru"
    return LaidBlock(
        title=currency_name(block.currency) if len(figures.blocks) > 1 else "",
        sentence=sentence_pieces(figures, block, language),
        theses=theses_of(figures, block, language),
        tiles=tiles_of(block),
        interval=interval_words(block),
        tables=tables_of(block, whole=whole),
        funnel=funnel_table(block),
        beside=[_beside(step) for step in block.beside if step.figure.value],
        winners=winners_table(block),
        all_winners=Cell(count(block.winners.value), block.winners),
        several_winners=Cell(count(block.repeated_winners.value), block.repeated_winners),
        several_label=_("of them not for the first time:")
        if figures.year
        else _("of them more than once:"),
        map=municipalities_map(drawn, block) if drawn and block is figures.blocks[0] else None,
        is_zero=block.submitted.value == 0,
    )


def interval_words(block: Block) -> str:
    """How sure the share is, one click below the sentence."""
    low, high = wilson(block.won.value, block.submitted.value)
    return _(
        "If chance alone decided and nothing else changed, the share would lie between %(low)s and "
        "%(high)s in 95 cases of 100 (Wilson's interval for %(won)s of %(submitted)s)."
    ) % {
        "low": percent(low),
        "high": percent(high),
        "won": count(block.won.value),
        "submitted": count(block.submitted.value),
    }


def currency_name(code: str) -> str:
    """A currency by its name, with its code: two of them may share a word."""
    name = get_currency_name(code, locale=get_language() or "ru")
    return f"{name[:1].upper()}{name[1:]} ({code})" if name != code else code


def indicator_rows(found: Sequence[LatestIndicator]) -> list[tuple[str, str, str, str, str]]:
    """Figures about the region: name, value with its unit, margin, date, source."""
    return [
        (
            one.latest.name,
            _measured(one.latest.value, one.latest.unit),
            f"±\u00a0{_measured(one.latest.margin, one.latest.unit)}"
            if one.latest.margin is not None
            else NOTHING,
            day(one.latest.on),
            one.latest.source,
        )
        for one in found
    ]


def _measured(value: Decimal, unit: str) -> str:
    number = count(int(value)) if value == value.to_integral_value() else _decimal(value)
    if unit in ("percent", "%"):
        return f"{number}%" if get_language() == "en" else f"{number}\u00a0%"
    return f"{number}\u00a0{_unit(unit, int(value))}".strip()


def _unit(unit: str, number: int) -> str:
    """A unit in the reader's language where it is one of ours; else as its file wrote it."""
    if unit == "people":
        return ngettext("person", "people", number)
    if unit == "organisations":
        return ngettext("organisation", "organisations", number)
    return unit


def _decimal(value: Decimal) -> str:
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if get_language() == "ru" else text


def _beside(step: Step) -> tuple[str, Cell]:
    return step_name(step), Cell(count(step.figure.value), step.figure)
