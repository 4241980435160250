"""Practices side by side: what each says, row by row, of the card and then of the passport."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergia.base.drafts.words import Block
from sinergia.base.ui.templatetags.figures import count
from sinergia.practices.queries.writing import Written
from sinergia.practices.words.catalogue import Card
from sinergia.practices.words.fields import LABELS
from sinergia.practices.words.form import read_blocks

SECTIONS = ("card", "steps", "resources", "costs", "results", "repeating")
COMPARED = (  # of the passport, in this order
    "problem", "actions", "result", "steps", "resources", "cost_month", "cost_each",
    "beneficiaries", "results", "effect", "conditions", "risks", "adaptable", "fixed",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One thing that is told of each. cells: what is said, and of which practice."""

    label: str
    cells: Sequence[tuple[str, str]]


def rows_of(cards: Sequence[Card], texts: Mapping[int, Written]) -> list[Row]:
    """What is told of all; a row of which nobody says anything is left out.

    texts: as they were published, by the practice's number.
    """
    told = [
        (_("In one sentence"), [one.practice.essence for one in cards]),
        (_("Organisation"), [one.owner for one in cards]),
        (_("Where it is at home"), [one.home for one in cards]),
        (_("Region"), [one.place for one in cards]),
        (_("Theme"), [one.practice.theme.name if one.practice.theme else "" for one in cards]),
        (_("For whom"), [one.audiences for one in cards]),
        (_("How sure it is"), [one.evidence for one in cards]),
        (_("How ripe it is"), [one.maturity for one in cards]),
        (_("Cost to begin"), [one.cost for one in cards]),
        (_("Receives visits"), [_("yes") if one.practice.is_hosting else _("no") for one in cards]),
        (_("Taken home"), [count(getattr(one.practice, "taken", 0)) for one in cards]),
    ]
    passports = [_passport(texts.get(one.practice.pk)) for one in cards]
    told += [(str(LABELS[name]), [one.get(name, "") for one in passports]) for name in COMPARED]
    titles = [one.practice.title for one in cards]
    return [
        Row(label, list(zip(values, titles, strict=True))) for label, values in told if any(values)
    ]


def _passport(told: Written | None) -> dict[str, str]:
    """What a published text says, by field."""
    if told is None:
        return {}
    blocks = read_blocks(told, SECTIONS, get_language() or "ru")
    return {one.name: _read(one) for some in blocks.values() for one in some}


def _read(block: Block) -> str:
    """A field as one text; of rows, a line for each."""
    if block.box is not None:
        return block.box.words
    rows = (" · ".join(box.words for box in row.boxes if box.value) for row in block.rows)
    lines = [text for text in rows if text]
    return "\n".join(f"{at}. {text}" for at, text in enumerate(lines, start=1))
