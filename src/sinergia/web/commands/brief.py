"""`sinergia brief`: a region's sentence and figures on the terminal."""

import json
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from difflib import get_close_matches
from typing import Annotated

import typer
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergia.insights.region.queries.comparison import years_of_contests
from sinergia.insights.region.queries.counting import all_funds
from sinergia.insights.region.queries.figures import Block, Figures
from sinergia.insights.region.queries.region import figures_of
from sinergia.insights.region.words.laying import currency_name
from sinergia.insights.region.words.naming import awaiting_words, scope_of
from sinergia.insights.region.words.speaking import sentence_of
from sinergia.insights.region.words.tables import Row, Table, year_table
from sinergia.places.models import Region
from sinergia.places.queries import region_by, regions
from sinergia.web.commands.terminal import say


def brief(
    region: Annotated[str, typer.Option("--region")],
    fund: Annotated[str, typer.Option("--fund")] = "",
    year: Annotated[str, typer.Option("--year")] = "",
    lang: Annotated[str, typer.Option("--lang")] = "",
    format: Annotated[str, typer.Option("--format")] = "text",  # noqa: A002  # the option's name
) -> None:
    """Say a region in a sentence and figures; `--lang` is of the brief, not of the mistakes."""
    figures = figures_of(find_region(region), fund=find_fund(fund), year=find_year(year))
    if format == "json":
        refuse_several_currencies(figures)
    with translation.override(lang) if lang else nullcontext():
        lines = [as_json(figures)] if format == "json" else as_text(figures)
        for line in lines:
            say(line)


COMMANDS = (brief,)


def find_region(named: str) -> Region:
    """The region of a code or of a name in any known spelling."""
    found = region_by(named)
    if found is None:
        known = {name: name for one in regions() for name in (one.code, one.name_ru, one.name_en)}
        raise ValidationError(unknown(_("There is no region “%s”."), named, known))
    return found


def find_fund(code: str) -> str:
    """The code of a fund as it is kept, whatever its case; empty where none is asked."""
    known = {fund.code.casefold(): fund.code for fund in all_funds()}
    if code and code.casefold() not in known:
        raise ValidationError(unknown(_("There is no fund “%s”."), code, known.values()))
    return known.get(code.casefold(), "")


def find_year(year: str) -> str:
    """A year of a contest that is known here; empty where none is asked."""
    if year and not (len(year) == 4 and year.isascii() and year.isdecimal()):
        raise ValidationError(_("A year has four digits: %s.") % shown(year))
    known = [str(one) for one in years_of_contests() if one] if year else []
    if known and year not in known:
        raise ValidationError(unknown(_("There is no contest of the year %s."), year, known))
    return year


def unknown(told: str, given: str, known: Iterable[str]) -> str:
    """Say that something is not known, and what is nearest to it."""
    names = {name.casefold(): name for name in known if name}
    near = [names[name] for name in get_close_matches(given.casefold(), names, n=3, cutoff=0.5)]
    sentence = told % shown(given)
    if not near:
        return sentence
    meant = _("Did you mean: %s?") % ", ".join(near)
    return f"{sentence} {meant}"


def shown(text: str) -> str:
    """Make what was typed fit for one line."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:60]


def refuse_several_currencies(figures: Figures) -> None:
    """One sum cannot be given in two currencies."""
    if len(figures.blocks) > 1:
        names = ", ".join(block.currency for block in figures.blocks)
        raise ValidationError(_("The sums are in several currencies (%s): give --fund.") % names)


def as_json(figures: Figures) -> str:
    """Give the figures for a program."""
    block = figures.blocks[0]
    told = {
        "region": figures.region.code,
        "fund": figures.fund.code if figures.fund else None,
        "submitted": block.submitted.value,
        "organisations": block.organisations.value,
        "won": block.won.value,
        "awarded_minor": block.awarded.value,
        "currency": block.currency or None,
        "awaiting": figures.awaiting.value,
        "sentence": sentence_of(figures, block, get_language() or "ru"),
        "by_year": [
            {
                "year": int(line.code) if line.is_known else None,
                "submitted": line.submitted.value,
                "won": line.won.value,
                "awarded_minor": line.awarded.value,
            }
            for line in block.by_year
        ],
    }
    return json.dumps(told, ensure_ascii=False)


def as_text(figures: Figures) -> list[str]:
    """Give the figures for a person: a block for each currency."""
    lines = [figures.region.name, scope_of(figures)]
    for block in figures.blocks:
        lines += ["", *block_lines(figures, block)]
    if figures.awaiting.value:
        lines += ["", awaiting_words(figures)]
    return lines


def block_lines(figures: Figures, block: Block) -> list[str]:
    """The sentence and the years of one currency."""
    title = [currency_name(block.currency)] if len(figures.blocks) > 1 else []
    said = f"{sentence_of(figures, block, get_language() or 'ru')}."
    if not block.by_year:
        return [*title, said]
    return [*title, said, "", *columns(year_table(block))]


def columns(table: Table) -> list[str]:
    """Set a table in columns: words to the left, numbers to the right."""
    rows = [table.head, *map(texts_of, table.rows)]
    if table.total:
        rows.append(texts_of(table.total))
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.head))]
    return [
        "  ".join(
            text.rjust(width) if place else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def texts_of(row: Row) -> Sequence[str]:
    """A line of a table without its links."""
    return [row.name, *(cell.text for cell in row.cells)]
