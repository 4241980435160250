"""What the worker runs for the index."""

from sinergia.base.search.actions import sweep_index


def sweep() -> None:
    """Leave no trace of forgotten words."""
    sweep_index()
