"""A practice's texts saved one by one, as `base.drafts` saves them.

Revisions are journalled, not the saves of single fields.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.drafts.actions import Save, Saved, save_texts
from sinergia.base.errands.actions import promise
from sinergia.engine.practice import PRACTICE
from sinergia.engine.text import fold
from sinergia.people.models import Person
from sinergia.practices.access import may_write
from sinergia.practices.models import Practice

QUIET = timedelta(minutes=10)  # after which a picture of the whole is kept
TITLE = Practice._meta.get_field("title").max_length or 0  # noqa: SLF001  # Django's own public name


@transaction.atomic
def save_fields(
    practice: Practice, saves: Sequence[Save], *, actor: Person, now: datetime
) -> list[Saved]:
    """Save texts of one practice; each for itself is written or in conflict.

    What the public reads stays as it was published. Raises Refused where a text is longer than
    anything kept, or rows are more than ever needed; then nothing is written.
    """
    practice = locked(practice, actor)
    done = save_texts(practice.texts, PRACTICE, saves, by=actor.key, now=now)
    if any(one.is_written for one in done):
        _touch(practice, done, now=now)
    return done


def locked(practice: Practice, actor: Person) -> Practice:
    """A practice that this person may write in, nobody else until the transaction ends."""
    practice = locked_by_anybody(practice)
    if practice.removed_at is not None or not may_write(actor, practice):
        raise PermissionDenied
    return practice


def locked_by_anybody(practice: Practice) -> Practice:
    """The same, before it is asked who may."""
    rows = Practice.objects.select_for_update(of=("self",)).select_related("organisation__region")
    return rows.get(pk=practice.pk)


def touch(practice: Practice, *, now: datetime) -> None:
    """Remember when a practice was changed; see to a picture later.

    A change within the quiet time after another one needs no promise: the first one's is waiting.
    """
    is_first = practice.changed_at <= now - QUIET
    practice.changed_at = now
    practice.save(update_fields=["changed_at", "title", "title_folded"])
    if is_first:
        promise_quiet(practice, now=now)


def promise_quiet(practice: Practice, *, now: datetime) -> None:
    """Have a picture kept once nobody has written for a while."""
    # The moment makes it another one than the errand that promises it, which is not done yet.
    once = f"practices.keep_quiet {practice.key} {now.isoformat()}"
    promise("practices.keep_quiet", now=now, after=QUIET, once=once, key=str(practice.key))


def _touch(practice: Practice, done: Iterable[Saved], *, now: datetime) -> None:
    """Remember when it was changed, and how it is called as long as the public knows no name."""
    title = next((one.text for one in done if one.text.path == "title"), None)
    if title is not None and practice.published_at is None:
        practice.title = title.value[:TITLE]
        practice.title_folded = fold(title.value)[:TITLE]
    touch(practice, now=now)
