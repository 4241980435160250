"""What each row of a bank statement means."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergia.engine.refusal import Gap
from sinergia.grants.queries.matching import (
    BAD,
    HELD,
    KNOWN,
    NEW,
    NOBODY,
    OWN,
    ROUBLES,
    SEVERAL,
    Matched,
)
from sinergia.grants.words import explain

KINDS = {
    NEW: "ok",
    KNOWN: "neutral",
    BAD: "bad",
    HELD: "bad",
    NOBODY: "warn",
    SEVERAL: "warn",
    OWN: "warn",
}


@dataclass(frozen=True)
class ShownRow:
    """A row with what becomes of it."""

    matched: Matched
    said: str
    kind: str

    @property
    def currency(self) -> str:
        """In which its sum is shown: that of its grant; before one is known any it was read in."""
        if self.matched.grant is not None:
            return self.matched.grant.currency
        return next(iter(self.matched.row.sums), ROUBLES)


def statement_said(rows: Sequence[Matched]) -> list[ShownRow]:
    """The rows in their order."""
    words = {
        NEW: _("will be entered"),
        KNOWN: _("is entered already"),
        NOBODY: _("of no grant here"),
        SEVERAL: _("may be of several grants: enter it by hand"),
        OWN: _("of your own organisation: a colleague enters it"),
        HELD: _("no tranche of this sum may be paid now"),
    }
    return [ShownRow(one, words.get(one.state) or _faults(one), KINDS[one.state]) for one in rows]


def _faults(one: Matched) -> str:
    codes = one.row.faults or ("statement.bad_date",)
    return " ".join(explain(Gap(code)) for code in codes)
