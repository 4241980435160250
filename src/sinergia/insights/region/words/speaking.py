"""The official's sentence and the theses, each number tied to the rows it was counted from."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from sinergia.applications.queries.filters import NONE
from sinergia.engine.brief import BriefFigures, NamedFigures, Part, YearFigures
from sinergia.engine.speech import sentence, sentence_parts, theses
from sinergia.insights.region.queries.figures import (
    ORGANISATIONS,
    Block,
    Figure,
    Figures,
    Line,
)

# What the engine calls a figure -> the table of the page that shows it.
TABLES = {"themes": "theme", "municipalities": "municipality"}


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence; `address` opens the rows of its number."""

    text: str
    address: str = ""


def address_of(figure: Figure) -> str:
    """Where the rows of a figure are listed: applications, or organisations where those count."""
    if figure.of == ORGANISATIONS:
        # Where nothing is asked of the applications, there still is one.
        query = figure.asked.to_query(prefix="filed_") or "has=applications"
        return f"{reverse('organisations:list')}?{query}"
    return f"{reverse('applications:list')}?{figure.asked.to_query()}"


def anchor_of(block: Block, part: str) -> str:
    """The place of a table on the page; a currency has its own where there are several."""
    currency = block.submitted.asked.currency
    return f"by-{part}-{currency}" if currency else f"by-{part}"


def sentence_of(figures: Figures, block: Block, language: str) -> str:
    """Say the region in one sentence, "ru" or "en"; no full stop at its end."""
    return sentence(brief_of(figures, block), language)


def sentence_pieces(figures: Figures, block: Block, language: str) -> list[Piece]:
    """Say the same with its numbers as links."""
    return _pieces(block, sentence_parts(brief_of(figures, block), language))


def theses_of(figures: Figures, block: Block, language: str) -> list[list[Piece]]:
    """Give what to say in a speech; the first is the sentence."""
    said = theses(brief_of(figures, block), language)
    return [_pieces(block, thesis.parts) for thesis in said]


def brief_of(figures: Figures, block: Block) -> BriefFigures:
    """Hand the engine what it needs to speak."""
    region, fund = figures.region, figures.fund
    years = [int(line.code) for line in block.by_year if line.is_known]
    return BriefFigures(
        region_kind=region.kind,
        fund_name_ru=fund.name_ru if fund else None,
        fund_name_en=fund.name_en if fund else None,
        is_whole_life=not figures.asked.year,
        year=figures.year,
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        submitted=block.submitted.value,
        organisations=block.organisations.value,
        won=block.won.value,
        awarded_minor=block.awarded.value,
        currency=block.currency or "RUB",
        declined=block.declined.value,
        by_year=[_year_figures(line) for line in block.by_year],
        by_theme=[_named_figures(line) for line in block.by_theme],
        by_municipality=[_named_figures(line) for line in block.by_municipality],
        new_winners=block.new_winners.value,
        repeated_winners=block.repeated_winners.value,
        winners=block.winners.value,
        pending=block.pending.value + block.unknown.value,
    )


def _year_figures(line: Line) -> YearFigures:
    return YearFigures(
        year=int(line.code) if line.is_known else 0,
        submitted=line.submitted.value,
        won=line.won.value,
        awarded_minor=line.awarded.value,
    )


def _named_figures(line: Line) -> NamedFigures:
    return NamedFigures(
        key="" if line.code == NONE else line.code,
        name_ru=line.name_ru,
        name_en=line.name_en,
        submitted=line.submitted.value,
        won=line.won.value,
        awarded_minor=line.awarded.value,
    )


def _pieces(block: Block, parts: Sequence[Part]) -> list[Piece]:
    return [Piece(part.text, _address(block, part.figure) if part.figure else "") for part in parts]


def _address(block: Block, code: str) -> str:
    """Find the rows of a figure by the engine's name for it: `won`, `theme:<key>:won`."""
    if code in TABLES:
        return f"#{anchor_of(block, TABLES[code])}"
    kind, _, rest = code.partition(":")
    if not rest:
        return address_of(_figure(block, kind))
    key, _, what = rest.rpartition(":")
    lines = {
        "year": block.by_year,
        "theme": block.by_theme,
        "municipality": block.by_municipality,
    }[kind]
    line = next(line for line in lines if line.code == key)
    return address_of({"submitted": line.submitted, "awarded": line.awarded}.get(what, line.won))


def _figure(block: Block, code: str) -> Figure:
    """A figure of the block by name; a share and an average are of the won."""
    return {
        "submitted": block.submitted,
        "organisations": block.organisations,
        "awarded": block.awarded,
        "winners": block.winners,
        "new_winners": block.new_winners,
        "repeated_winners": block.repeated_winners,
    }.get(code, block.won)
