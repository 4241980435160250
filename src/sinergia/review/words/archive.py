"""What counting an archive anew showed, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import money
from sinergia.engine.bundle import RowCheck, sentence_of
from sinergia.engine.bundle.faults import Fault
from sinergia.review.words.course import rating_said


@dataclass(frozen=True)
class CheckSaid:
    """A row counted anew. differs: what is not as it was told, a sentence each."""

    check: RowCheck
    differs: Sequence[str]
    rating: str = ""
    awarded: str = ""


def faults_said(faults: Sequence[Fault]) -> list[str]:
    """Every fault in a sentence."""
    said = []
    for fault in faults:
        sentence, values = sentence_of(fault)
        said.append(_(sentence) % values)
    return said


def checks_said(rows: Sequence[RowCheck], currency: str) -> list[CheckSaid]:
    """Rows with what was counted, as it is read, and with what differs."""
    told = _("%(name)s: told %(told)s, counted %(counted)s")
    return [
        CheckSaid(
            row,
            [
                told
                % {
                    "name": name,
                    "told": row.told.get(name, "—") or "—",
                    "counted": row.counted.get(name, "—") or "—",
                }
                for name in row.differs
            ],
            rated_said(row.counted.get("rating", "")),
            money(int(row.counted.get("awarded_minor") or 0), currency),
        )
        for row in rows
    ]


def rated_said(number: str) -> str:
    """A rating as an archive writes it: 63.1 -> 63,10; none is a dash."""
    return rating_said(Decimal(number) if number else None)
