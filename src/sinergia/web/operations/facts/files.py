"""Whether the bytes of every kept file are in the store, as many as there were."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from sinergia.base.files.adapters.store import StoreUnavailable, the_store
from sinergia.base.files.models import StoredFile
from sinergia.base.files.queries import kept_files
from sinergia.web.operations.facts.fact import Fact, State

MOST_NAMED = 20  # files that are named; the rest are counted


def facts_of_files(*, now: datetime, is_deep: bool) -> Iterator[Fact]:
    """Read every kept file; name those that are missing or are not what was kept."""
    lost = [file for file in kept_files() if not is_whole(file)]
    named = ", ".join(str(file.key) for file in lost[:MOST_NAMED])
    yield Fact(
        code="files_whole",
        name=_("Files of people"),
        value=_("missing or changed: %(number)s (%(keys)s)") % {"number": len(lost), "keys": named}
        if lost
        else _("all there"),
        state=State.BROKEN if lost else State.ORDER,
        means=_("Whether everything that was sent can be given out."),
        mend=_("Bring these files back from a backup: “sinergia restore” names their places."),
    )


def is_whole(file: StoredFile) -> bool:
    """Whether its bytes are there and have the digest that was kept, and its small picture too."""
    counted, store = sha256(), the_store()
    lengths = {file.place: file.size}
    if file.small_size is not None:
        lengths[file.small_place] = file.small_size
    try:
        if any(store.length(place) != length for place, length in lengths.items()):
            return False
        for piece in store.pieces(file.place, start=0, length=file.size):
            counted.update(piece)
    except StoreUnavailable:
        return False
    return counted.hexdigest() == file.digest
