"""Who reads which application: an optimum that anybody can check without a solver."""

from sinergia.engine.assigning.filling import Impossible, Shortage
from sinergia.engine.assigning.prices import Examined, examine
from sinergia.engine.assigning.scale import Whole, in_whole_numbers, in_written_numbers
from sinergia.engine.assigning.solving import Assignment, assign
from sinergia.engine.assigning.task import Task, task_of

__all__ = [
    "Assignment",
    "Examined",
    "Impossible",
    "Shortage",
    "Task",
    "Whole",
    "assign",
    "examine",
    "in_whole_numbers",
    "in_written_numbers",
    "task_of",
]
