"""Certificates of a training: a number for each who was there, for nobody else."""

from collections.abc import Callable
from datetime import datetime
from secrets import choice
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from sinergia.base.journal.actions import record
from sinergia.base.journal.queries import said_in_all
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.support.actions.trainings import locked, tell_all
from sinergia.support.models import Enrolment, Training

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is taken for another one
GIVEN = "training.certificates_given"  # in the journal
HIDDEN = 8  # of them: 40 bits, so that nobody counts through the numbers of others


def a_tail() -> str:
    """The part of a number that nobody can guess."""
    return "".join(choice(SIGNS) for _ in range(HIDDEN))


@transaction.atomic
def give_certificates(
    training: Training, *, actor: Person, now: datetime, tail: Callable[[], str] = a_tail
) -> int:
    """Give a number to everybody who was there and has none; each is told. Give how many.

    Raises Refused where the training is not marked as held, or nobody was there.
    """
    training = locked(training, actor)
    if training.stage != Training.Stage.HELD:
        raise Refused([Gap("training.not_held")])
    there = training.enrolments.filter(attended_at__isnull=False).exclude(name="")
    if not there.exists():
        raise Refused([Gap("training.nobody_was_there")])
    rows = list(there.filter(certificate="").order_by("name_folded", "pk"))
    if not rows:
        return 0
    day = timezone.localtime(training.starts_at, ZoneInfo(training.centre.time_zone))
    # By the journal: who was taken out since has no number, and nobody is to get theirs.
    first = said_in_all(("support.training", training.key), GIVEN, "rows") + 1
    for number, row in enumerate(rows, start=first):
        row.certificate = f"{day:%y%m%d}-{number:03}-{tail()}"
    Enrolment.objects.bulk_update(rows, ["certificate"])
    codes: dict[str, str | int] = {"rows": len(rows)}
    record("training.certificates_given", about=training, actor=actor, at=now, codes=codes)
    tell_all(training, "certificate", now=now)
    return len(rows)
