"""What counting an archive anew showed, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergia.engine.bundle import RowCheck, sentence_of
from sinergia.engine.bundle.faults import Fault


@dataclass(frozen=True)
class CheckSaid:
    """A row counted anew. differs: what is not as it was told, a sentence each."""

    check: RowCheck
    differs: Sequence[str]


def faults_said(faults: Sequence[Fault]) -> list[str]:
    """Every fault in a sentence."""
    said = []
    for fault in faults:
        sentence, values = sentence_of(fault)
        said.append(_(sentence) % values)
    return said


def checks_said(rows: Sequence[RowCheck]) -> list[CheckSaid]:
    """Rows with what differs."""
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
        )
        for row in rows
    ]
