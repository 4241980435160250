"""How an installation lies in one file.

The file is a tar: `manifest.json` first, then `database`, `files/...`, and `secret_key` where the
installation made its own. The manifest gives the SHA-256 of every part, so a restore is sure of
all of them before it touches anything.
"""

import hashlib
import os
import tarfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from sinergia.web.commands.terminal import Failure

FORMAT = "sinergia-backup/1"
CHUNK = 1024 * 1024  # bytes read at once
LONGEST_MANIFEST = 200 * 1024 * 1024  # bytes; a million files fit
PIECES = ("database", "files", "secret_key")
UNFINISHED = ".part"  # being written by the site; whole, it gets its name
MOST_TURNS = 3


class Manifest(BaseModel):
    """What the file says about itself. parts: name in the tar -> SHA-256, hex."""

    format: str
    version: str
    vendor: str
    made_at: str
    migrations: list[str]
    parts: dict[str, str]


def pack(database: Path, manifest: Manifest, target: Path) -> None:
    """Write the file; begin anew where one of the parts was removed meanwhile by the site."""
    for _turn in range(MOST_TURNS - 1):
        try:
            return _write(database, manifest, target)
        except FileNotFoundError:
            continue
    return _write(database, manifest, target)


def _write(database: Path, manifest: Manifest, target: Path) -> None:
    """Write the file; the digests of its parts are filled into the manifest first."""
    parts = dict(kept_parts(database))
    manifest.parts = {name: digest_of(path) for name, path in parts.items()}
    with tarfile.open(target, "w:gz", compresslevel=1) as tar:
        said = manifest.model_dump_json(indent=1).encode()
        head = tarfile.TarInfo("manifest.json")
        head.size = len(said)
        tar.addfile(head, BytesIO(said))
        for name, path in parts.items():
            tar.add(path, name, recursive=False)
    target.chmod(0o600)


def kept_parts(database: Path) -> Iterator[tuple[str, Path]]:
    """Name everything that is kept and where it lies now."""
    yield "database", database
    key = key_path()
    if key.exists():
        yield "secret_key", key
    folder = Path(settings.MEDIA_ROOT)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix != UNFINISHED:
            yield f"files/{path.relative_to(folder).as_posix()}", path


def unpack(source: Path, folder: Path) -> Manifest:
    """Take the file apart into `folder`; raise Failure unless every part is there and whole."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            manifest = read_manifest(tar)
            found = {name: _take(tar, member, folder) for name, member in _members(tar, manifest)}
    except (tarfile.TarError, EOFError, zlib.error, ValidationError) as error:
        raise Failure(_("%s is no backup of Sinergia, or it is damaged.") % source) from error
    if found != manifest.parts:
        raise Failure(_("%s is damaged: its parts are not those it was made of.") % source)
    return manifest


def read_manifest(tar: tarfile.TarFile) -> Manifest:
    """Read the first part of a backup."""
    head = tar.next()
    if head is None or head.name != "manifest.json" or head.size > LONGEST_MANIFEST:
        raise tarfile.ReadError("no manifest")
    manifest = Manifest.model_validate_json(_opened(tar, head).read())
    if manifest.format != FORMAT:
        raise tarfile.ReadError("another format")
    return manifest


def key_path() -> Path:
    """Where the installation keeps the secret key it made for itself."""
    folder: Path = settings.ENVIRONMENT.data_dir
    return folder / "secret_key"


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _members(tar: tarfile.TarFile, manifest: Manifest) -> Iterator[tuple[str, tarfile.TarInfo]]:
    """Give the promised parts; one that nobody promised, or that leads outside, ends it."""
    while (member := tar.next()) is not None:
        path = PurePosixPath(member.name)
        is_safe = path.parts[:1] and path.parts[0] in PIECES and ".." not in path.parts
        if not (is_safe and member.isfile() and member.name in manifest.parts):
            raise tarfile.ReadError("a part that does not belong")
        yield member.name, member


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    """Write one part out; give its digest."""
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    source, digest = _opened(tar, member), hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _opened(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = tar.extractfile(member)
    if file is None:
        raise tarfile.ReadError("not a file")
    return file
