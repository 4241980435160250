"""What the worker does for itself."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from sinergia.base.bulk import look_again
from sinergia.base.errands.models import Errand, Worker
from sinergia.base.errands.steps import in_small_steps
from sinergia.base.journal.actions import seal_all

KEPT_DONE = timedelta(days=30)
DEAD_AFTER = timedelta(days=1)  # so long a worker that was killed is still told of
SURELY_KEPT = timedelta(hours=1)  # a session that was just opened has its row by then


def prune() -> None:
    """Forget what was done a month ago, and workers that were killed."""
    now = timezone.now()
    done = Errand.objects.filter(Q(done_at__lt=now - KEPT_DONE))
    for step in in_small_steps(list(done.values_list("pk", flat=True))):
        Errand.objects.filter(pk__in=step).delete()
    Worker.objects.filter(seen_at__lt=now - DEAD_AFTER).delete()


def forget_sessions() -> None:
    """Forget sessions that are over, and from where and by what they were opened."""
    now = timezone.now()
    over = Session.objects.filter(expire_date__lt=now)
    for step in in_small_steps(list(over.values_list("pk", flat=True))):
        Session.objects.filter(pk__in=step).delete()
    kept = Session.objects.filter(session_key=OuterRef("session_key"))
    left = UserSession.objects.filter(~Exists(kept), created_at__lt=now - SURELY_KEPT)
    for step in in_small_steps(list(left.values_list("pk", flat=True))):
        UserSession.objects.filter(pk__in=step).delete()


def look_at_tables() -> None:
    """Have the database look at its tables anew: what was typed in a day changes what is quick."""
    look_again()


def seal_rest() -> None:
    """Seal what the sealing of every five seconds passed over: entries committed very late."""
    seal_all(now=timezone.now())
