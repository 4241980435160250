"""The row of a submission among all applications, which everybody sees: made, kept, marked."""

from datetime import datetime
from typing import Any

from sinergia.applications.actions.indexing import KIND, findable
from sinergia.applications.models import Application, Submission
from sinergia.applications.queries.filing import filed_and_won
from sinergia.base.search.actions import index_rows
from sinergia.calls.actions import ensure_words
from sinergia.calls.models import Direction, Outcome
from sinergia.calls.queries.contests import day_of, rules_kept
from sinergia.engine.text import fold
from sinergia.organisations.actions import write_counts
from sinergia.projects.actions.starting import note_submitted


def enter(row: Submission) -> Application:
    """Its row among all applications; part of an action, done once.

    Made when it is registered; where the rules hide from experts who applied, at the decision. One
    that was withdrawn and came again goes on in the row that it had.
    """
    if row.application is not None:
        return row.application
    organisation, call = row.organisation, row.contest.call
    told: dict[str, Any] = {
        "title": row.title,
        "title_folded": row.title_folded,
        "direction": _direction(row),
        "region": organisation.region,
        "municipality": organisation.municipality,
        "asked_minor": row.asked_minor,
        "currency": row.currency,
        "outcome": Outcome.PENDING,
        "decided_on": None,
    }
    numbers: dict[str, Any] = {"fund": call.fund, "number": row.shown_number}
    earlier = Submission.objects.filter(contest=row.contest_id, number=row.number)
    is_again = earlier.exclude(application=None).update(application=None)
    if is_again:
        row.application, is_new = Application.objects.update_or_create(**numbers, defaults=told)
    else:  # a list of the fund may have brought the row before
        told |= {"organisation": organisation, "call": call, "contest_year": call.contest_year}
        row.application, is_new = Application.objects.get_or_create(**numbers, defaults=told)
    row.save(update_fields=["application"])
    words = {"title": row.title, "number": row.shown_number, "organisation": organisation.name}
    index_rows(KIND, [findable(row.application.pk, **words)], is_new=is_new)
    return row.application


def take_out(row: Submission, *, now: datetime) -> None:
    """A submission leaves its contest; part of an action that holds it and its project.

    Its entry in the journal stays, and its row among all applications says what became of it.
    """
    row.stage, row.withdrawn_at = Submission.Stage.WITHDRAWN, now
    row.save(update_fields=["stage", "withdrawn_at"])
    note_submitted(row.project, "")
    if row.application is not None:
        note_outcome(row, row.application, Outcome.WITHDRAWN, now=now)


def note_outcome(
    row: Submission, application: Application, outcome: Outcome, *, now: datetime
) -> None:
    """Mark its row with what became of it before any commission, and count anew."""
    application.outcome, application.decided_on = outcome, day_of(now, row.contest)
    application.save(update_fields=["outcome", "decided_on"])
    count_anew(row)


def count_anew(row: Submission) -> None:
    """Keep the numbers of its organisation in step with its rows."""
    filed, won = filed_and_won()
    write_counts([row.organisation_id], filed=filed, won=won)


def _direction(row: Submission) -> Direction | None:
    """The fund's direction of this name, made where the fund had none."""
    rules = rules_kept(row.frozen.rules)
    names = [one.name.ru for one in rules.directions if one.code == row.direction]
    asked = {fold(name): name for name in names}
    words = ensure_words(row.contest.call.fund, directions=asked, statuses={}, calls={})
    return next(iter(words.directions.values()), None)
