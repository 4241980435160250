"""What the worker runs for files."""

from django.utils import timezone

from sinergia.base.files import actions
from sinergia.base.files.adapters.store import the_store
from sinergia.base.files.models import StoredFile


def remove_bytes(place: str) -> None:
    """Forget the bytes of a removed file; while the store is down the errand comes again."""
    if StoredFile.objects.filter(place=place).exists():
        return
    store = the_store()
    store.remove(place)
    store.remove(StoredFile(place=place).small_place)


def sweep() -> None:
    """Let go of uploads whose day is over."""
    actions.sweep_uploads(now=timezone.now())
