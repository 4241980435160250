"""What the worker runs for help on the way, gathered where it looks for it."""

from sinergia.support.tasks.help import remind_steps, tell_appointed, tell_called_off
from sinergia.support.tasks.readings import remind_reading
from sinergia.support.tasks.trainings import write_to_enrolled, write_to_training

__all__ = [
    "remind_reading",
    "remind_steps",
    "tell_appointed",
    "tell_called_off",
    "write_to_enrolled",
    "write_to_training",
]
