"""Letters about trainings, written after the commit; each goes once."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from sinergia.base.errands.marks import in_one_transaction
from sinergia.base.letters.actions import send_letter
from sinergia.support.models import Enrolment, Training
from sinergia.support.queries.enrolments import certified, coming, enrolment_keyed, with_place
from sinergia.support.queries.trainings import training_keyed
from sinergia.support.words.training_letters import letter_of

WHOM: Mapping[str, Callable[[Training], QuerySet[Enrolment]]] = {
    "changed": coming,
    "cancelled": coming,
    "reminder": with_place,
    "certificate": certified,
}
UNDER_WAY = (Training.Stage.OPEN, Training.Stage.CLOSED)


@in_one_transaction
def write_to_enrolled(key: str, kind: str, mark: str = "") -> None:
    """Tell one who enrolled whether they have a place; nothing where they left meanwhile."""
    row = enrolment_keyed(key)
    if row is not None and row.stage != Enrolment.Stage.LEFT:
        _write(row, kind, mark)


def write_to_training(key: str, kind: str, mark: str) -> None:
    """Tell all whom it concerns: another day or place, the end of it, tomorrow, certificates.

    mark: the moment; of a reminder the beginning that it reminds of, so that of a training that
    was moved nobody is reminded wrongly.
    """
    training = training_keyed(key)
    if training is None or not _is_so(training, kind, mark, now=timezone.now()):
        return
    for row in WHOM[kind](training):
        row.training = training
        # Of a certificate one letter, however often others of the training are given.
        _write(row, kind, row.certificate if kind == "certificate" else mark)


def _is_so(training: Training, kind: str, mark: str, *, now: datetime) -> bool:
    """Whether it is still true what would be told."""
    if kind == "reminder":
        is_same = training.starts_at == datetime.fromisoformat(mark)
        return is_same and training.stage in UNDER_WAY and now < training.starts_at
    if kind == "changed":
        return training.stage in UNDER_WAY
    return True


def _write(row: Enrolment, kind: str, mark: str) -> None:
    if not row.email:
        return
    subject, text = letter_of(kind, row)
    send_letter(
        row.email,
        subject=subject,
        text=text,
        language=row.language,
        now=timezone.now(),
        about=f"support.training:{row.training.key}",
        is_secret=True,
        once=f"training:{kind}:{row.key}:{mark}",
    )
