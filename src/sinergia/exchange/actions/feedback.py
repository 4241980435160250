"""What a delegate thought of a visit: once, changed until thirty days after it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.exchange.models import Delegate, Feedback, Session
from sinergia.exchange.queries.feedback import is_open
from sinergia.people.models import Person

LONGEST = 2_000  # characters


@dataclass(frozen=True)
class Opinion:
    """1 to 5 for use and arrangement, the best session, a line."""

    useful: int
    arranged: int
    best: Session | None = None
    text: str = ""


@transaction.atomic
def give_feedback(
    delegate: Delegate, opinion: Opinion, *, actor: Person | None, now: datetime
) -> Feedback:
    """Keep what a delegate thinks. actor: none where it comes by the delegate's own link.

    The journal notes that somebody answered, not who. Raises Refused once the term is over.
    """
    rows = Delegate.objects.select_for_update(of=("self",)).select_related("visit__course")
    delegate = rows.get(pk=delegate.pk)
    visit = delegate.visit
    is_own = actor is None or (actor.is_active and delegate.person_id == actor.pk)
    if not is_own or delegate.gone_at is not None or visit.course.removed_at is not None:
        raise PermissionDenied
    _refuse(delegate, opinion, now=now)
    given = {
        "useful": opinion.useful,
        "arranged": opinion.arranged,
        "best": opinion.best,
        "text": clean(opinion.text)[:LONGEST],
        "at": now,
    }
    row, is_new = Feedback.objects.update_or_create(
        delegate=delegate, defaults=given, create_defaults=given | {"visit": visit}
    )
    if is_new:
        record("visit.feedback_given", about=visit, actor=visit, at=now)
    return row


def _refuse(delegate: Delegate, opinion: Opinion, *, now: datetime) -> None:
    gaps = [] if is_open(delegate.visit, now=now) else [Gap("feedback.over")]
    marks = {"useful": opinion.useful, "arranged": opinion.arranged}
    gaps += [Gap("feedback.no_mark", name) for name, mark in marks.items() if not 1 <= mark <= 5]
    if opinion.best is not None and opinion.best.visit_id != delegate.visit_id:
        gaps.append(Gap("feedback.no_session", "best"))
    if gaps:
        raise Refused(gaps)
