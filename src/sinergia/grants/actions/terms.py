"""Before the signing: periods and tranches, sum and dates of a grant elsewhere. And the curator."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.granting.periods import Part, faults_of
from sinergia.engine.refusal import Gap
from sinergia.grants.access import may_run
from sinergia.grants.actions.beginning import Won, dated, parts_by, write_first_plan, write_parts
from sinergia.grants.actions.locking import (
    locked,
    need_stage,
    need_to_decide,
    need_to_enter,
    refuse,
)
from sinergia.grants.models import Grant
from sinergia.grants.queries.grants import grants_rules, latest_plan, thawed_plan
from sinergia.notices.actions import tell
from sinergia.organisations.queries.teams import staff_rows
from sinergia.people.models import Person

MOST = 12  # periods


@transaction.atomic
def write_periods(grant: Grant, parts: Sequence[Part], *, actor: Person, now: datetime) -> Grant:
    """Write periods with tranches anew; they come to the grant's sum and time, or are refused."""
    row = locked(grant)
    need_to_enter(actor, row)
    need_stage(row, Grant.Stage.PREPARING, "grant.not_preparing")
    codes = faults_of(parts, sum_minor=row.sum_minor, begins_on=row.begins_on, ends_on=row.ends_on)
    told: dict[str, str | int] = {"sum": row.sum_minor, "currency": row.currency}
    refuse([Gap(code, values=told) for code in codes])
    refuse([Gap("period.too_many")] if len(parts) > MOST else [])
    if list(parts) == _parts_of(row):
        return row
    write_parts(row, list(parts))
    row.papers.update(plan=None)  # an agreement made before tells other tranches
    record("grant.periods_written", about=row, actor=actor, at=now, codes={"number": len(parts)})
    return row


@transaction.atomic
def correct_won(grant: Grant, won: Won, *, actor: Person, now: datetime) -> Grant:
    """Write sum and dates of a grant elsewhere anew; plan and periods follow them."""
    row = locked(grant)
    need_to_enter(actor, row)
    refuse([Gap("grant.of_here")] if row.award_id is not None else [])
    need_stage(row, Grant.Stage.PREPARING, "grant.not_preparing")
    refuse([Gap("grant.no_sum", "sum")] if won.sum_minor <= 0 else [])
    refuse([Gap("grant.ends_early", "ends_on")] if won.ends_on < won.begins_on else [])
    if (row.sum_minor, row.begins_on, row.ends_on) == (won.sum_minor, won.begins_on, won.ends_on):
        return row
    row.sum_minor, row.begins_on, row.ends_on = won.sum_minor, won.begins_on, won.ends_on
    row.save(update_fields=["sum_minor", "begins_on", "ends_on"])
    texts = thawed_plan(latest_plan(row), row).texts
    row.papers.update(plan=None)  # an agreement made before stands on none that still holds
    row.plans.all().delete()
    write_first_plan(row, dated(texts, row), now=now)
    write_parts(row, parts_by(grants_rules(row), row))
    record("grant.corrected", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def name_curator(grant: Grant, person: Person | None, *, actor: Person, now: datetime) -> Grant:
    """Say who of the centre looks after a grant; nobody is a choice, too."""
    row = locked(grant)
    need_to_decide(actor, row)
    if row.curator == person:
        return row
    if person is not None:
        staff = staff_rows(row.centre) if row.centre is not None else None
        is_of_centre = staff.filter(person=person).exists() if staff is not None else False
        if not is_of_centre and not may_run(person, row):
            raise PermissionDenied
    row.curator = person
    row.save(update_fields=["curator"])
    codes: dict[str, str | int] = {"curator": str(person.key) if person is not None else ""}
    record("grant.curator_named", about=row, actor=actor, at=now, codes=codes)
    if person is not None and person != actor:
        tell(person, "grants.curator", now=now, about=row, title=row.application.title)
    return row


def _parts_of(grant: Grant) -> list[Part]:
    return [
        Part(one.begins_on, one.ends_on, one.report_on, one.tranche_minor)
        for one in grant.periods.order_by("number")
    ]
