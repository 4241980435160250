"""Tables of help, gathered where Django looks for them."""

from sinergia.support.models.help import (
    Channel,
    Client,
    Consultation,
    MoneySource,
    NextStep,
    Promised,
    Request,
    Topic,
)
from sinergia.support.models.readings import Reading, Remark, Thread
from sinergia.support.models.trainings import Enrolment, Training, TrainingFile

__all__ = [
    "Channel",
    "Client",
    "Consultation",
    "Enrolment",
    "MoneySource",
    "NextStep",
    "Promised",
    "Reading",
    "Remark",
    "Request",
    "Thread",
    "Topic",
    "Training",
    "TrainingFile",
]
