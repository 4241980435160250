"""A published practice is taken out of the catalogue with a reason, and put back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.organisations.queries.roles import staff_serving
from sinergia.people.models import Person
from sinergia.practices.access import is_author, may_put_back, may_write
from sinergia.practices.actions.changing import note_change
from sinergia.practices.actions.indexing import index_practice
from sinergia.practices.actions.publishing import tell_team
from sinergia.practices.actions.saving import locked_by_anybody
from sinergia.practices.actions.sending import close_check
from sinergia.practices.actions.telling import tell_side
from sinergia.practices.models import Check, Practice, Withdrawal
from sinergia.practices.queries.feeds import adopters_of
from sinergia.practices.queries.practices import check_of, withdrawal_of

Stage = Practice.Stage


@transaction.atomic
def withdraw_practice(practice: Practice, why: str, *, actor: Person, now: datetime) -> Practice:
    """Take a practice out of the catalogue; whoever took it home keeps what they have, and is told.

    What lies with the consultant comes back: published, it would undo the withdrawal. Pressing
    twice is harmless. Raises Refused where no reason is given.
    """
    practice = locked_by_anybody(practice)
    if not may_write(actor, practice):
        raise PermissionDenied
    if practice.stage != Stage.PUBLISHED:
        return practice
    reason = clean(why).strip()
    if not reason:
        raise Refused([Gap("nothing_said", "why")])
    is_by_centre = not is_author(actor, practice)
    Withdrawal.objects.create(
        practice=practice, why=reason, is_by_centre=is_by_centre, by=actor.key, at=now
    )
    check = check_of(practice)
    if check is not None:
        close_check(check, Check.Outcome.TAKEN_BACK, actor=actor, now=now)
    practice.stage = Stage.WITHDRAWN
    practice.save(update_fields=["stage"])
    index_practice(practice)
    note_change(practice, now=now)
    by = "centre" if is_by_centre else "organisation"
    record("practice.withdrawn", about=practice, actor=actor, at=now, codes={"by": by})
    for adoption in adopters_of(practice):
        tell_side(adoption, adoption.organisation, "practices.home_withdrew", actor=actor, now=now)
    url = reverse("practices:writing", args=[practice.key])
    if is_by_centre:
        tell_team(practice, "practices.withdrawn", url, actor, now=now, words=reason)
    else:
        _tell_staff(practice, url, reason, actor, now=now)
    return practice


@transaction.atomic
def put_back_practice(practice: Practice, *, actor: Person, now: datetime) -> Practice:
    """Put a practice back as it was published; pressing twice is harmless."""
    practice = locked_by_anybody(practice)
    withdrawal = withdrawal_of(practice)
    is_by_centre = withdrawal is not None and withdrawal.is_by_centre
    if practice.removed_at or not may_put_back(actor, practice, is_by_centre=is_by_centre):
        raise PermissionDenied
    if withdrawal is None or practice.stage != Stage.WITHDRAWN:
        return practice
    withdrawal.ended_by, withdrawal.ended_at = actor.key, now
    withdrawal.save(update_fields=["ended_by", "ended_at"])
    practice.stage = Stage.PUBLISHED
    practice.save(update_fields=["stage"])
    index_practice(practice)
    note_change(practice, now=now)
    record("practice.put_back", about=practice, actor=actor, at=now)
    url = reverse("practices:practice", args=[practice.key])
    tell_team(practice, "practices.published", url, actor, now=now)
    return practice


def _tell_staff(practice: Practice, url: str, words: str, actor: Person, *, now: datetime) -> None:
    if practice.organisation is None:
        return
    for person in staff_serving(practice.organisation).exclude(pk=actor.pk):
        tell(
            person,
            "practices.withdrawn",
            now=now,
            about=practice,
            url=url,
            title=practice.title,
            words=words,
        )
