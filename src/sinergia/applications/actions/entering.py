"""Entry of one application by hand: the same row, the same rules as one of a file."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.applications.access import may_enter
from sinergia.applications.actions.filing import Batch
from sinergia.applications.actions.planning import plan_file, words_of_file
from sinergia.applications.actions.rows import FiledRow
from sinergia.applications.models import Application
from sinergia.applications.queries.filing import known_applications
from sinergia.base.journal.actions import record
from sinergia.calls.models import Fund
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person


@transaction.atomic
def enter_application(fund: Fund, row: FiledRow, *, actor: Person, now: datetime) -> Application:
    """File one application as if it stood in the fund's table.

    An application of that number gets a further version. What a load only notes is refused
    here, every cell at once: whoever typed it is there to mend it. Raises Refused.
    """
    if not may_enter(actor):
        raise PermissionDenied
    faults = [row.refusal, *(note for note in row.notes if note.field)]
    if gaps := [Gap(fault.code, fault.field) for fault in faults if fault is not None]:
        raise Refused(gaps)
    known = known_applications(fund, [row.number])
    batch = Batch(plan_file([row], fund), words_of_file([row], fund), known, load=None, now=now)
    verdict = batch.file([row])[0]
    application = Application.objects.get(fund=fund, number=row.number)
    record(
        "application.entered",
        about=application,
        actor=actor,
        at=now,
        codes={"result": verdict.result},
    )
    return application
