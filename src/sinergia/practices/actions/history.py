"""Pictures of whole practices: kept after a while of quiet, by hand, before one is restored."""

from datetime import datetime

from django.db import transaction

from sinergia.base.drafts import actions as pictures
from sinergia.base.drafts.actions import saves_that_empty, saves_that_restore, texts_of
from sinergia.base.journal.actions import Keyed, record
from sinergia.engine.practice import PRACTICE
from sinergia.engine.text import clean_line
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.people.queries import account_by
from sinergia.practices.actions.saving import QUIET, locked, promise_quiet, save_fields
from sinergia.practices.models import Practice, PracticeRevision

SCHEMA = "practice/1"
# What the public reads, and what the consultant was given: such a picture keeps its name.
KEPT = (PracticeRevision.Why.SENT, PracticeRevision.Why.PUBLISHED)


@transaction.atomic
def keep_revision(
    practice: Practice, name: str, *, actor: Person, now: datetime
) -> PracticeRevision:
    """Keep a picture of a practice under a name; one that stands as it is, is named."""
    practice = locked(practice, actor)
    revision = keep_picture(practice, PracticeRevision.Why.NAMED, actor=actor, now=now)
    if revision.why not in KEPT:
        revision.why = PracticeRevision.Why.NAMED
    revision.name = clean_line(name)[:200]
    revision.save(update_fields=["why", "name"])
    record("practice.named", about=practice, actor=actor, at=now)
    return revision


@transaction.atomic
def keep_quiet(practice: Practice, *, now: datetime) -> None:
    """Keep a picture if nobody has written for a while; else later."""
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    if practice.changed_at > now - QUIET:
        promise_quiet(practice, now=practice.changed_at)
        return
    last = practice.texts.order_by("-at").first()
    if last is not None:
        actor = account_by(last.by) or command_person(now)
        keep_picture(practice, PracticeRevision.Why.QUIET, actor=actor, now=now)


@transaction.atomic
def restore(revision: PracticeRevision, *, actor: Person, now: datetime) -> Practice:
    """Bring the texts of an earlier picture back; what stands now is kept as a picture first."""
    practice = locked(revision.practice, actor)
    keep_picture(practice, PracticeRevision.Why.RESTORED, actor=actor, now=now)
    saves = saves_that_restore(practice.texts, PRACTICE, texts_of(revision))
    save_fields(practice, saves, actor=actor, now=now)
    record("practice.restored", about=practice, actor=actor, at=now)
    return practice


@transaction.atomic
def take_out_row(practice: Practice, field: str, row: str, *, actor: Person, now: datetime) -> None:
    """Empty the texts of a row, so that it is shown no more; taken out twice it is out once.

    What stood before is kept as a picture. Whoever still writes in the row comes into conflict and
    may keep what they wrote.
    """
    practice = locked(practice, actor)
    if saves := saves_that_empty(practice.texts, PRACTICE, field, row):
        keep_picture(practice, PracticeRevision.Why.TAKEN_OUT, actor=actor, now=now)
        save_fields(practice, saves, actor=actor, now=now)


def keep_picture(
    practice: Practice, why: PracticeRevision.Why, *, actor: Keyed, now: datetime
) -> PracticeRevision:
    """Keep what stands in a practice, unless the last picture shows the very same."""
    made: PracticeRevision
    made, is_new = pictures.keep_picture(
        practice.texts, practice.revisions, schema=SCHEMA, why=why.value, by=actor.key, now=now
    )
    if is_new:
        record("practice.pictured", about=practice, actor=actor, at=now, codes={"why": why.value})
    return made
