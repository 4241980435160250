"""What a contest held here decided is written where applications and figures are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sinergia.applications.actions.spine import enter
from sinergia.applications.models import Application, Submission
from sinergia.applications.queries.filing import filed_and_won
from sinergia.base.journal.actions import Keyed, record
from sinergia.calls.models import Call
from sinergia.organisations.actions import write_counts


@dataclass(frozen=True)
class Told:
    """What became of a submission. outcome: of `calls.models.Outcome`."""

    submission: int
    outcome: str
    awarded_minor: int


@transaction.atomic
def write_outcomes(
    call: Call, told: Sequence[Told], *, decided_on: date, actor: Keyed, now: datetime
) -> int:
    """Write outcome, sum and day of applications; give how many changed. Twice is harmless.

    A few hundred at once, not more. What was hidden from experts gets its row among applications
    now; a contest for practice has none, and is passed over.
    """
    rows = Submission.objects.filter(pk__in=[one.submission for one in told])
    beside = ("application", "contest__call__fund", "organisation", "frozen__rules")
    held = {row.pk: row for row in rows.select_related(*beside)}
    changed: dict[tuple[str, int, date], list[int]] = {}  # most have the same: nothing
    owners = set()
    for one in told:
        row = held.get(one.submission)
        if row is None or row.contest.is_training:
            continue
        application = enter(row)
        wanted = (one.outcome, one.awarded_minor, decided_on)
        if (application.outcome, application.awarded_minor, application.decided_on) == wanted:
            continue
        changed.setdefault(wanted, []).append(application.pk)
        owners.add(application.organisation_id)
    if not changed:
        return 0
    for (outcome, minor, day), pks in changed.items():
        rows_alike = Application.objects.filter(pk__in=pks)
        rows_alike.update(outcome=outcome, awarded_minor=minor, decided_on=day)
    filed, won = filed_and_won()
    write_counts([pk for pk in owners if pk is not None], filed=filed, won=won)
    number = sum(map(len, changed.values()))
    codes: dict[str, str | int] = {"number": number}
    record("applications.outcomes_written", about=call, actor=actor, at=now, codes=codes)
    return number
