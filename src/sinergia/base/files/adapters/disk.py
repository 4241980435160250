"""The store on this machine's disk, under MEDIA_ROOT: readable by its owner alone."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from sinergia.base.files.adapters.store import PIECE, StoreUnavailable

LEAST_FREE_BYTES = 500 * 1024 * 1024  # below it the database is in danger: nothing new is taken
MINE = 0o700
MINE_TO_READ = 0o600


def free_bytes() -> int:
    """How much room is left beside the data."""
    return shutil.disk_usage(settings.ENVIRONMENT.data_dir).free


class Disk(FileSystemStorage):
    """Files by their random places; each appears whole or not at all."""

    def put(self, place: str, source: Path) -> None:
        """Copy, write through to the disk, and only then give it its name."""
        target = Path(self.path(place))
        part = target.with_name(f"{target.name}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=MINE)
            with source.open("rb") as given, open_mine(part) as taken:
                shutil.copyfileobj(given, taken, PIECE)
                taken.flush()
                os.fsync(taken.fileno())
            part.replace(target)
            settle(target.parent)
        except OSError as fault:
            raise StoreUnavailable(type(fault).__name__) from fault

    def pieces(self, place: str, *, start: int, length: int) -> Iterator[bytes]:
        """Read from the middle, piece by piece."""
        try:
            with Path(self.path(place)).open("rb") as file:
                file.seek(start)
                while length > 0:
                    piece = file.read(min(PIECE, length))
                    if not piece:
                        raise StoreUnavailable("shorter than it should be")
                    length -= len(piece)
                    yield piece
        except OSError as fault:
            raise StoreUnavailable(type(fault).__name__) from fault

    def length(self, place: str) -> int:
        """Ask the disk."""
        try:
            return Path(self.path(place)).stat().st_size
        except OSError as fault:
            raise StoreUnavailable(type(fault).__name__) from fault

    def remove(self, place: str) -> None:
        """Delete the file, and what a copy that was cut short has left of it."""
        target = Path(self.path(place))
        try:
            target.unlink(missing_ok=True)
            target.with_name(f"{target.name}.part").unlink(missing_ok=True)
        except OSError as fault:
            raise StoreUnavailable(type(fault).__name__) from fault


def open_mine(path: Path) -> BinaryIO:
    """Open a file to write that nobody else on the machine can read; what was there is gone."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return os.fdopen(os.open(path, flags, MINE_TO_READ), "wb")


def settle(folder: Path) -> None:
    """Write a folder's list of names through to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
