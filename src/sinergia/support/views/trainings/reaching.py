"""What pages of trainings have in common."""

from uuid import UUID

from django.http import Http404

from sinergia.organisations.http import StaffRequest
from sinergia.support.access.trainings import may_open_own
from sinergia.support.models import Enrolment, Training, TrainingFile
from sinergia.support.queries.enrolments import enrolment_keyed, people_of
from sinergia.support.queries.trainings import public_trainings, trainings_of
from sinergia.support.words.trainings import crumbs_of, tabs_of


def our_training(request: StaffRequest, key: UUID) -> Training:
    """A training of the centre for which somebody acts; hidden and missing look alike."""
    found = trainings_of(request.centre).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def public_training(key: UUID) -> Training:
    """A training that everybody may open."""
    found = public_trainings().filter(key=key).first()
    if found is None:
        raise Http404
    return found


def our_row(training: Training, row: UUID) -> Enrolment:
    """Somebody who enrolled in it."""
    found = people_of(training).filter(key=row).first()
    if found is None:
        raise Http404
    return found


def own_row(row: UUID, token: str) -> Enrolment:
    """The row of a link that we wrote; a forged one finds nothing, as a missing one."""
    found = enrolment_keyed(row) if may_open_own(row, token) else None
    if found is None or found.training.stage == Training.Stage.DRAFT:
        raise Http404
    return found


def file_in(training: Training, key: UUID, *, with_removed: bool = False) -> TrainingFile:
    """What is handed out at it."""
    rows = training.files.select_related("file", "training__centre")
    found = (rows if with_removed else rows.filter(removed_at=None)).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def framed(training: Training, current: str = "") -> dict[str, object]:
    """What every page of the centre about a training shows."""
    return {
        "training": training,
        "crumbs": crumbs_of(training),
        "tabs": tabs_of(training, current) if current else [],
    }
