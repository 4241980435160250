"""Bytes on their way in: one file for each upload, in a folder that no backup looks into."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from sinergia.base.files.adapters.disk import MINE, MINE_TO_READ, open_mine


def folder() -> Path:
    """Where they lie: beside the kept files, not among them; made if it is not there."""
    found = Path(settings.MEDIA_ROOT).parent / "uploads"
    found.mkdir(parents=True, exist_ok=True, mode=MINE)
    return found


def path_of(key: UUID) -> Path:
    """Where the bytes of one upload gather."""
    return folder() / key.hex


def write_whole(key: UUID, pieces: Iterable[bytes]) -> int:
    """Write all of a file that came with a form; give its size in bytes."""
    with open_mine(path_of(key)) as file:
        return sum(file.write(piece) for piece in pieces)


@contextmanager
def opened_alone(key: UUID, *, waits: bool = False) -> Iterator[BinaryIO]:
    """Open an upload's file so that no other request works on it meanwhile.

    Raises BlockingIOError where another one is just doing so, unless this one waits for its end.
    """
    descriptor = os.open(path_of(key), os.O_RDWR | os.O_CREAT, MINE_TO_READ)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield file


def put_at(file: BinaryIO, offset: int, piece: bytes) -> None:
    """Write a piece at its place and through to the disk; what stood behind it is cut off."""
    file.seek(offset)
    file.write(piece)
    file.truncate()
    file.flush()
    os.fsync(file.fileno())


def forget(key: UUID) -> None:
    """Delete what has gathered."""
    path_of(key).unlink(missing_ok=True)


def forget_before(moment: datetime) -> None:
    """Delete what nobody has written to since then, whoever may have left it there."""
    for path in folder().iterdir():
        if path.is_file() and path.stat().st_mtime < moment.timestamp():
            path.unlink(missing_ok=True)
