"""The card of a published practice: what a reader wants to know in half a minute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sinergia.engine.shown import money_shown, number_shown
from sinergia.packs.practices import Level, lists
from sinergia.packs.practices.fields import ASPECTS
from sinergia.practices.models import Check, Practice
from sinergia.practices.queries.writing import Written
from sinergia.practices.words.fields import LABELS

COSTS = ("cost_start", "cost_month", "cost_each")


@dataclass(frozen=True)
class Rung:
    """A level of a ladder as it is read: its number of how many, its name, what it means."""

    number: int
    of: int
    name: str
    meaning: str


@dataclass(frozen=True)
class Card:
    """Half a minute of a practice. costs: label and sum. aspects: what the authors say of each.

    confirmed_by, confirmed_at: which consultant confirmed how sure it is, "" where the reader is
    not to know, and when; none where the authors alone say so.
    """

    essence: str
    audiences: Sequence[str]
    theme: str
    costs: Sequence[tuple[str, str]]
    beneficiaries: str
    evidence: Rung
    maturity: Rung
    aspects: Sequence[tuple[str, str]]
    is_hosting: bool
    hosting: str
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    ground: str = ""


def card_of(
    told: Written, language: str, *, confirmed: Check | None, names: Mapping[UUID, str]
) -> Card:
    """Make it of the published text. names: of accounts by their keys."""
    practice, document = told.practice, told.document
    texts, known = document.texts, lists()
    audiences = {one.code: one.name.told(language) for one in known.audiences}
    return Card(
        essence=texts.get("essence", practice.essence),
        audiences=[audiences[code] for code in document.audiences],
        theme=practice.theme.name if practice.theme is not None else "",
        costs=[
            (str(LABELS[name]), money_shown(document.sums[name], practice.currency, language))
            for name in COSTS
            if name in document.sums
        ],
        beneficiaries=_number(told, "beneficiaries", language),
        evidence=_rung(known.evidence, practice.evidence, language),
        maturity=_rung(known.maturity, practice.maturity, language),
        aspects=list(_aspects(told, language)),
        is_hosting=document.is_hosting,
        hosting=texts.get("hosting_when", ""),
        confirmed_by=names.get(confirmed.done_by, "") if confirmed and confirmed.done_by else "",
        confirmed_at=confirmed.done_at if confirmed is not None else None,
        ground=confirmed.ground if confirmed is not None else "",
    )


def apply_address(practice: Practice) -> str:
    """Where a practice is taken home: the square code of its passport leads there."""
    return f"{reverse('practices:practice', args=[practice.key])}apply/"


def _rung(ladder: Sequence[Level], number: int, language: str) -> Rung:
    level = ladder[number] if number < len(ladder) else ladder[0]
    name, meaning = level.name.told(language), level.meaning.told(language)
    return Rung(level.level, len(ladder) - 1, name, meaning)


def _aspects(told: Written, language: str) -> Sequence[tuple[str, str]]:
    levels = told.document.aspects
    return [
        (aspect.name.told(language), aspect.levels[levels[aspect.code] - 1].told(language))
        for aspect in lists().aspects
        if aspect.code in ASPECTS and levels[aspect.code]
    ]


def _number(told: Written, name: str, language: str) -> str:
    found = told.document.numbers.get(name)
    return number_shown(int(found), language) if found is not None else ""
