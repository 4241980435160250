"""Files of an archive in one ZIP, the same bytes for the same files on every machine.

Nothing is compressed: what a compressor writes differs from one version of it to another. So an
archive can be packed anew from its own files, and any byte that differs was changed.
"""

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO

from sinergia.engine.bundle.faults import Fault
from sinergia.engine.seal import canonical, root

SCHEMA = "sinergia-archive/1"
MANIFEST = "manifest.json"
FILES = (
    "applications.json",
    "contest.json",
    "experts.json",
    "minutes.json",
    "ranking.csv",
    "rules.json",
    "sheets.json",
)
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP knows
_MODE = 0o644 << 16
_UNIX = 3


@dataclass(frozen=True)
class Packed:
    """content: a ZIP. root: of the tree over its files, hex."""

    content: bytes
    root: str


@dataclass(frozen=True)
class Opened:
    """What an archive holds. root: of the tree over the files that are there, hex."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    root: str = ""
    faults: Sequence[Fault] = ()


def pack(files: Mapping[str, bytes]) -> Packed:
    """Pack files with the list of their digests."""
    head = root_of(files)
    listed = [
        {"name": name, "sha256": sha256(files[name]).hexdigest(), "size": len(files[name])}
        for name in sorted(files)
    ]
    manifest = canonical({"schema": SCHEMA, "root": head, "files": listed})
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in [(MANIFEST, manifest), *sorted(files.items())]:
            info = zipfile.ZipInfo(name, _MOMENT)
            info.create_system, info.external_attr = _UNIX, _MODE
            archive.writestr(info, content)
    return Packed(target.getvalue(), head)


def root_of(files: Mapping[str, bytes]) -> str:
    """The root of the tree over names and digests, in the order of names."""
    leaves = [canonical([name, sha256(files[name]).hexdigest()]) for name in sorted(files)]
    return root(leaves).hex()


def opened(content: bytes, *, root: str = "") -> Opened:
    """Read an archive and compare it with its digests. root: the one that was published, if any."""
    try:
        files, faults = _read(content)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return Opened(faults=[Fault("no_zip")])
    there = {*files, *_named(faults)}
    faults += [Fault("missing", {"name": one}) for one in (*FILES, MANIFEST) if one not in there]
    faults += [Fault("strange", {"name": one}) for one in files if one not in (*FILES, MANIFEST)]
    manifest = files.pop(MANIFEST, None)
    head = root_of(files)
    if manifest is not None:
        faults += _against(manifest, files, head)
    if root and head != root:
        faults.append(Fault("other_root"))
    if not faults and pack(files).content != content:
        faults.append(Fault("container"))
    return Opened(files, head, faults)


def _read(content: bytes) -> tuple[dict[str, bytes], list[Fault]]:
    files: dict[str, bytes] = {}
    faults = []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        infos = archive.infolist()
        if sum(one.file_size for one in infos) > len(content):
            raise ValueError("compressed")
        for one in infos:
            if one.compress_type != zipfile.ZIP_STORED or one.filename in files:
                raise ValueError(one.filename)
            try:
                files[one.filename] = archive.read(one)
            except (zipfile.BadZipFile, zlib.error):
                faults.append(Fault("changed", {"name": one.filename}))
    return files, faults


def _named(faults: Sequence[Fault]) -> list[str]:
    return [fault.values["name"] for fault in faults]


def _against(manifest: bytes, files: Mapping[str, bytes], head: str) -> list[Fault]:
    """What the list of digests has against the files."""
    try:
        told = json.loads(manifest)
        listed = {str(one["name"]): str(one["sha256"]) for one in told["files"]}
        is_right = told["schema"] == SCHEMA and canonical(told) == manifest
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return [Fault("manifest")]
    if not is_right:
        return [Fault("manifest")]
    faults = [
        Fault("changed", {"name": name})
        for name in sorted(files)
        if name in listed and sha256(files[name]).hexdigest() != listed[name]
    ]
    if not faults and (told["root"] != head or listed.keys() != files.keys()):
        faults.append(Fault("root"))
    return faults
