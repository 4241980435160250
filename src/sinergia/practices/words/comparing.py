"""Practices side by side: what each says, row by row, of the card and then of the passport."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import count
from sinergia.practices.words.catalogue import Card


@dataclass(frozen=True)
class Row:
    """One thing that is told of each. cells: what is said, and of which practice."""

    label: str
    cells: Sequence[tuple[str, str]]


def rows_of(cards: Sequence[Card]) -> list[Row]:
    """What is told of all; a row of which nobody says anything is left out."""
    told = [
        (_("In one sentence"), [one.practice.essence for one in cards]),
        (_("Organisation"), [one.owner for one in cards]),
        (_("Region"), [one.practice.region.name if one.practice.region else "" for one in cards]),
        (_("Theme"), [one.practice.theme.name if one.practice.theme else "" for one in cards]),
        (_("For whom"), [one.audiences for one in cards]),
        (_("How sure it is"), [one.evidence for one in cards]),
        (_("How ripe it is"), [one.maturity for one in cards]),
        (_("Cost to begin"), [one.cost for one in cards]),
        (_("Receives visits"), [_("yes") if one.practice.is_hosting else _("no") for one in cards]),
        (_("Taken home"), [count(getattr(one.practice, "taken", 0)) for one in cards]),
    ]
    titles = [one.practice.title for one in cards]
    return [
        Row(label, list(zip(values, titles, strict=True))) for label, values in told if any(values)
    ]
