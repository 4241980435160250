"""Saying what a fund's words mean; every application that was filed with them follows."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.applications.access import may_settle
from sinergia.applications.models import Application
from sinergia.applications.queries.filing import filed_and_won
from sinergia.base.journal.actions import record
from sinergia.calls.models import Outcome, StatusWord
from sinergia.engine.pieces import pieces
from sinergia.organisations.actions import write_counts
from sinergia.people.models import Person


@transaction.atomic
def map_statuses(meanings: Mapping[UUID, str], *, actor: Person, now: datetime) -> int:
    """Give status words their meaning: {key of the word: outcome}; return how many changed.

    Raises ValueError for an outcome that is none.
    """
    if not may_settle(actor):
        raise PermissionDenied
    changed = 0
    words = StatusWord.objects.select_for_update().filter(key__in=meanings).order_by("pk")
    for word in words:
        outcome = Outcome(meanings[word.key])
        if word.outcome == outcome:
            continue
        word.outcome = outcome
        word.save(update_fields=["outcome"])
        _follow(word)
        record("status.mapped", about=word, actor=actor, at=now, codes={"outcome": outcome.value})
        changed += 1
    return changed


def _follow(word: StatusWord) -> None:
    """Applications with this word change their outcome, organisations their counts."""
    rows = Application.objects.filter(status=word)
    rows.update(outcome=word.outcome)
    owners = rows.exclude(organisation=None).values_list("organisation", flat=True).distinct()
    filed, won = filed_and_won()
    for chunk in pieces(owners.order_by("organisation"), 500):
        write_counts(chunk, filed=filed, won=won)
