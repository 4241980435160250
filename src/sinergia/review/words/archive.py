"""What counting an archive anew showed, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sinergia.engine.bundle import Report, RowCheck, sentence_of
from sinergia.engine.shown import money_shown
from sinergia.review.words.course import NOTHING, rating_said


@dataclass(frozen=True)
class CheckSaid:
    """A row counted anew, as shown. differs: what is not as it was told, a sentence each."""

    check: RowCheck
    rating: str
    awarded: str
    differs: Sequence[str]


def faults_said(report: Report) -> list[str]:
    """Every fault in a sentence."""
    said = []
    for fault in report.faults:
        sentence, values = sentence_of(fault)
        said.append(_(sentence) % values)
    return said


def checks_said(rows: Sequence[RowCheck], currency: str, language: str) -> list[CheckSaid]:
    """Rows with what differs."""
    told = _("%(name)s: told %(told)s, counted %(counted)s")
    return [
        CheckSaid(
            row,
            _rating(row.counted.get("rating", ""), language),
            _awarded(row.counted.get("awarded_minor", ""), currency, language),
            [
                told
                % {
                    "name": name,
                    "told": row.told.get(name, "—") or "—",
                    "counted": row.counted.get(name, "—") or "—",
                }
                for name in row.differs
            ],
        )
        for row in rows
    ]


def _rating(text: str, language: str) -> str:
    return rating_said(Decimal(text) if text else None, language)


def _awarded(text: str, currency: str, language: str) -> str:
    return money_shown(int(text), currency, language) if text not in ("", "0") else NOTHING
