"""The checks in their order: size, ending, content by its signs, ending against content, opened."""

import re
from pathlib import Path, PurePosixPath

import filetype

from sinergia.base.files.models import Purpose
from sinergia.base.files.reading.kinds import KINDS, Kind
from sinergia.base.files.reading.parcels import open_parcel
from sinergia.base.files.reading.pdf import open_pdf
from sinergia.base.files.reading.pictures import open_picture
from sinergia.base.files.reading.programs import refuse_program
from sinergia.base.files.reading.texts import open_signature, open_text
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line

LONGEST_NAME = 150  # signs
HEAD = 8192  # bytes
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]+')
OPENERS = {
    "pdf": open_pdf,
    "parcel": open_parcel,
    "picture": open_picture,
    "text": open_text,
    "signature": open_signature,
}


def clean_name(name: str) -> str:
    """Free a name of folders, of what cannot be seen, and of what some systems choke on."""
    bare = clean_line(name.replace("\\", "/").rpartition("/")[2])
    bare = clean_line(_NOT_IN_NAMES.sub(" ", bare)).lstrip(". ")
    stem, ending = _parted(bare)
    return f"{stem[: LONGEST_NAME - len(ending)] or 'file'}{ending}"


def refuse_announced(name: str, size: int, purpose: Purpose) -> None:
    """Refuse by name and size alone, before a byte is sent. Raises Refused."""
    if size > purpose.limit:
        raise Refused([Gap(purpose.too_large, values={"size": size, "limit": purpose.limit})])
    if size == 0:
        raise Refused([Gap("file.empty")])
    extension = extension_of(name)
    if extension not in purpose.extensions:
        raise Refused([_other_kind(extension, purpose)])


def inspect(path: Path, name: str, purpose: Purpose) -> Kind:
    """Say what a file is, having looked all through it. Raises Refused with what is wrong."""
    refuse_announced(name, path.stat().st_size, purpose)
    with path.open("rb") as file:
        head = file.read(HEAD)
    refuse_program(head)
    kind = KINDS[extension_of(name)]
    _refuse_disguise(head, kind)
    OPENERS[kind.family](path, kind)
    return kind


def extension_of(name: str) -> str:
    """Give a name's ending in small letters, without the dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def _parted(name: str) -> tuple[str, str]:
    """Part a name from its ending; what is no ending we know of stays in the name."""
    suffix = PurePosixPath(name).suffix
    return (name.removesuffix(suffix), suffix) if len(suffix) <= 6 else (name, "")


def _other_kind(extension: str, purpose: Purpose) -> Gap:
    """Say what to send instead; of kinds that many have, how to turn them into one of ours."""
    if extension in ("heic", "heif"):
        return Gap("file.heic")
    if extension in ("doc", "xls", "ppt", "rtf") and "docx" in purpose.extensions:
        return Gap("file.old_office")
    return Gap("file.extension", values={"kinds": ", ".join(purpose.extensions)})


def _refuse_disguise(head: bytes, kind: Kind) -> None:
    """Refuse a file that by the first signs in it is something else than it is called."""
    found = filetype.guess_mime(head) or ""
    # Plain text has no signs of its own: it is judged as a whole when it is opened.
    if kind.signs and found not in kind.signs:
        raise Refused([Gap("file.disguised", values={"extension": kind.extension})])
