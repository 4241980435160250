"""The catalogue as a file: one line a practice, the same columns in CSV and XLSX."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergia.base.tables.export import Value, whole_units

if TYPE_CHECKING:
    from sinergia.practices.words.catalogue import Card


def head() -> list[str]:
    """Names of the columns."""
    return [
        _("Practice"),
        _("In one sentence"),
        _("Organisation"),
        _("Region"),
        _("Theme"),
        _("For whom"),
        _("How sure it is"),
        _("How ripe it is"),
        _("Cost to begin"),
        _("Currency"),
        _("Receives visits"),
        _("Taken home"),
        _("In the catalogue since"),
        _("Key"),
        _("Where it is at home"),
    ]


def lines(cards: "Iterable[Card]") -> Iterator[list[Value]]:
    """One line for each, in the order they come."""
    for card in cards:
        row = card.practice
        taken: int = row.taken  # type: ignore[attr-defined]  # annotated by the query
        yield [
            row.title,
            row.essence,
            card.owner,
            card.place or None,
            row.theme.name if row.theme else None,
            card.audiences,
            card.evidence if row.evidence else None,
            card.maturity if row.maturity else None,
            None if row.start_minor is None else whole_units(row.start_minor, row.currency),
            row.currency if row.start_minor is not None else None,
            _("yes") if row.is_hosting else _("no"),
            taken,
            timezone.localdate(row.published_at) if row.published_at else None,
            str(row.key),
            card.home or None,
        ]
