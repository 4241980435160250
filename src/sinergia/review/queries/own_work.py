"""How far an expert is: what is to be signed, how many sheets wait, how many are signed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from sinergia.review.access import NEEDED, OPEN
from sinergia.review.models import Expert, Sheet, Statement
from sinergia.review.queries.sheets import is_decided_about
from sinergia.review.queries.statements import to_sign


@dataclass(frozen=True)
class Standing:
    """One expert's work. to_sign: kinds of statements; open, signed: sheets."""

    expert: Expert
    to_sign: Sequence[str]
    open: int
    signed: int

    @property
    def is_ready(self) -> bool:
        """Whether applications are shown."""
        return not set(NEEDED) & set(self.to_sign)


def standings_of(experts: Iterable[Expert]) -> list[Standing]:
    """Every one of these experts, in two questions to the database."""
    rows = list(experts)
    signed: dict[int, dict[str, Statement]] = {row.pk: {} for row in rows}
    for one in Statement.objects.filter(expert__in=signed, ended_at=None):
        signed[one.expert_id][one.kind] = one
    needed = ~Q(stage__in=OPEN) | ~is_decided_about()
    sheets = Sheet.objects.filter(needed, expert__in=signed).values_list("expert", "stage")
    counted = Counter((expert, stage) for expert, stage in sheets.order_by())
    return [
        Standing(
            row,
            to_sign(signed[row.pk]),
            sum(counted[row.pk, stage] for stage in OPEN),
            counted[row.pk, Sheet.Stage.SIGNED],
        )
        for row in rows
    ]
