"""The store: where the bytes of files lie, on the disk or in a bucket."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, runtime_checkable

from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages

PIECE = 256 * 1024  # bytes read at once


class StoreUnavailable(Exception):  # noqa: N818  # it may be back in a minute
    """The store did not do what it was asked: down, slow, full, or it refuses us."""


@runtime_checkable
class Store(Protocol):
    """What a store can do; each raises StoreUnavailable, and is safe to be done twice."""

    def put(self, place: str, source: Path) -> None:
        """Keep the bytes of a local file; they are safe when this returns."""
        ...

    def pieces(self, place: str, *, start: int, length: int) -> Iterator[bytes]:
        """Give `length` bytes from `start` on."""
        ...

    def length(self, place: str) -> int:
        """Give how many bytes lie there."""
        ...

    def remove(self, place: str) -> None:
        """Forget what lies there; nothing there is well too."""
        ...


def the_store() -> Store:
    """Give the store of this installation."""
    store = storages["default"]
    if not isinstance(store, Store):
        raise ImproperlyConfigured("STORAGES: the store of files must be one of ours.")
    return store
