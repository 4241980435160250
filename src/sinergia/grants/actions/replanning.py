"""A next plan of a grant is put in force: whatever hangs on the plan follows."""

from datetime import datetime

from sinergia.engine.granting.changes import following_parts, settled_texts
from sinergia.engine.granting.plan import GrantPlan, write_plan
from sinergia.grants.models import Grant, Plan
from sinergia.grants.queries.changes import HANDED_IN, held_of
from sinergia.grants.queries.grants import grants_rules, latest_plan, thawed_plan
from sinergia.grants.queries.reports import final_due


def put_in_force(grant: Grant, plan: GrantPlan, *, now: datetime) -> Plan:
    """Make the next version; a moved end moves the last period and terms of reports with it.

    Reports that nobody has handed in are written by the new plan from now on; those that were
    handed in stay by theirs. Part of an action that holds the lock of the grant.
    """
    kept, base = write_plan(settled_texts(plan), plan.grant), latest_plan(grant)
    made = Plan.objects.create(
        grant=grant,
        version=base.version + 1,
        content=kept.content,
        digest=kept.digest,
        made_at=now,
    )
    grant.reports.filter(submitted_at=None).update(plan=made)
    # What the change moves: texts of a project won elsewhere may tell another day than its papers.
    if plan.document.ends_on != thawed_plan(base, grant).document.ends_on:
        _move_end(grant, plan)
    return made


def _move_end(grant: Grant, plan: GrantPlan) -> None:
    ends_on = plan.document.ends_on
    if ends_on is None or ends_on == grant.ends_on:
        return
    rules = grants_rules(grant)
    grant.ends_on = ends_on
    grant.save(update_fields=["ends_on"])
    parts = held_of(grant).parts
    last = grant.periods.order_by("-number").first()
    waiting = grant.reports.exclude(stage__in=HANDED_IN)
    if last is not None and parts:
        moved = following_parts(parts, ends_on, report_workdays=rules.report_workdays)[-1]
        last.ends_on, last.report_on = moved.ends_on, moved.report_on
        last.save(update_fields=["ends_on", "report_on"])
        waiting.filter(period=last).update(due_on=moved.report_on)
    waiting.filter(period=None).update(due_on=final_due(grant))
