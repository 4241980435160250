"""Loading files of organisations into the register."""

from sinergia.organisations.actions.loads.work import (
    Wanted,
    offer_file,
    run_load,
    start_load,
    try_load,
)

__all__ = ["Wanted", "offer_file", "run_load", "start_load", "try_load"]
