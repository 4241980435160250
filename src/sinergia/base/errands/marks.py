"""What a task says of itself to the worker that runs it."""

from collections.abc import Callable

Task = Callable[..., None]


def in_one_transaction(task: Task) -> Task:
    """Have a task's rows and the word that it is done be committed together: neither alone.

    For tasks whose effect lies in our database and which end under 100 ms. Not for those that
    wait for the outside world: on SQLite nobody else writes meanwhile.
    """
    task.is_in_one_transaction = True  # type: ignore[attr-defined]  # read by the function below
    return task


def is_in_one_transaction(task: Task) -> bool:
    """Whether a task was marked so."""
    return getattr(task, "is_in_one_transaction", False)
