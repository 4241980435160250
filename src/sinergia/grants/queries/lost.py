"""Files of a report whose bytes are not in the store any more: said aloud, each at its place."""

from collections.abc import Iterator

from sinergia.base.files.adapters.store import StoreUnavailable, the_store
from sinergia.base.files.models import StoredFile
from sinergia.engine.refusal import Gap
from sinergia.grants.queries.reports import Written

MOST_TRIED = 500  # files; more are found by `sinergia check --files`


def lost_in(told: Written) -> list[Gap]:
    """What cannot be read of a report, by its places; the first byte of each is tried."""
    return [
        Gap("report.file_lost", path, {"name": file.name})
        for path, file in list(_files(told))[:MOST_TRIED]
        if not is_there(file)
    ]


def is_there(file: StoredFile) -> bool:
    """Whether the store gives the beginning of a file."""
    try:
        next(the_store().pieces(file.place, start=0, length=min(1, file.size)), b"")
    except StoreUnavailable:
        return False
    return True


def _files(told: Written) -> Iterator[tuple[str, StoredFile]]:
    for one in told.files:
        yield one.path, one.file
    for payment in told.payments:
        if payment.file is not None:
            yield f"spendings/{payment.key}", payment.file
