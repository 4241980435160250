"""The ranking and what was ruled, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergia.packs.rules.schema import Rules
from sinergia.people.models import Person
from sinergia.review.models import Examination, Ruling
from sinergia.review.queries.ranking import Line
from sinergia.review.words.course import NOTHING, rating_said


@dataclass(frozen=True)
class Said:
    """A line of the ranking. state: what the line says of it, with the kind of its badge."""

    examination: Examination
    place: str
    category: str
    preliminary: str
    final: str
    spread: str
    state: tuple[str, str]


@dataclass(frozen=True)
class RulingSaid:
    """A ruling in words. who: "" where the account is erased."""

    ruling: Ruling
    what: str
    who: str


def said_of(lines: Sequence[Line], rows: Mapping[int, Examination], rules: Rules) -> list[Said]:
    """Lines of the ranking as a page shows them."""
    language, decimals = get_language() or "ru", rules.scoring.decimals
    sizes = {one.code: one.name.told(language) for one in rules.categories}
    return [
        Said(
            examination=rows[one.row.pk],
            place=str(one.place) if one.row.rating is not None else NOTHING,
            category=sizes.get(one.row.category, one.row.category),
            preliminary=rating_said(one.row.preliminary, language, decimals),
            final=rating_said(one.row.final, language, decimals),
            spread=_spread(rows[one.row.pk], language, decimals),
            state=_state(one),
        )
        for one in lines
        if one.row.pk in rows
    ]


def _spread(one: Examination, language: str, decimals: int) -> str:
    return rating_said(one.spread if one.signed > 1 else None, language, decimals)


def ruled_said(rulings: Sequence[tuple[Ruling, Person | None]], rules: Rules) -> list[RulingSaid]:
    """What was ruled about an application."""
    decimals = rules.scoring.decimals
    told = []
    for one, person in rulings:
        if one.sheet is None:
            what = _("Final rating: %(before)s → %(after)s") % {
                "before": rating_said(one.before, decimals=decimals),
                "after": rating_said(one.after, decimals=decimals),
            }
        else:
            values = {"code": one.sheet.expert.code}
            what = _("The sheet of %(code)s is held for unfounded") % values
        told.append(RulingSaid(one, what, person.name if person else ""))
    return told


def codes_of(rules: Rules) -> dict[str, str]:
    """Names of sizes and directions by their codes."""
    language = get_language() or "ru"
    sizes = {one.code: one.name.told(language) for one in rules.categories}
    return sizes | {one.code: one.name.told(language) for one in rules.directions}


def _state(line: Line) -> tuple[str, str]:
    if line.passes is None:
        return "neutral", _("no rating yet")
    return ("ok", _("passes the line")) if line.passes else ("neutral", _("below the line"))
