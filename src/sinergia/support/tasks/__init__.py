"""What the worker runs for help."""

from sinergia.support.tasks.trainings import write_to_enrolled, write_to_training

__all__ = ["write_to_enrolled", "write_to_training"]
