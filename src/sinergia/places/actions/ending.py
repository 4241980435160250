"""How every load of places ends."""

from datetime import datetime

from django.db import models, transaction

from sinergia.base.journal.actions import record
from sinergia.people.models import Person
from sinergia.places.actions.rows import LoadCounts


def end_load(  # what was loaded, by whom, when, for good or for a trial
    verb: str,
    counts: LoadCounts,
    *,
    actor: Person,
    now: datetime,
    is_dry_run: bool,
    about: models.Model | None = None,
) -> LoadCounts:
    """Note the load in the journal where it changed anything; take a dry run back."""
    if is_dry_run:
        transaction.set_rollback(True)
    elif counts.is_change:
        codes = {name: getattr(counts, name) for name in ("created", "updated", "refused")}
        record(verb, about=about or actor, actor=actor, at=now, codes=codes)
    return counts
