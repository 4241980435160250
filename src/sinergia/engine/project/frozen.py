"""A document as it was handed in, to the byte, with a digest that a single field can be shown by.

The schema is the first leaf; then each field: HMAC-SHA256 of its path and value under a salt of its
own, in the order of the paths. The digest is the root of their tree (RFC 6962). Whoever holds the
content recounts it; an erased field leaves its leaf behind: the digest holds and tells nothing of
what stood there.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sinergia.engine.seal import canonical, root, salted_digest

SALT_BYTES = 16


class Broken(ValueError):  # noqa: N818  # as Refused: named by what happened
    """Frozen content is not what it was, or no frozen content at all."""


@dataclass(frozen=True)
class Frozen:
    """content: canonical bytes. digest: 64 hex digits, the checksum on paper."""

    content: bytes
    digest: str


@dataclass(frozen=True)
class Thawed:
    """values: path -> text. erased: paths whose text was taken out."""

    schema: str
    values: Mapping[str, str]
    erased: frozenset[str]
    digest: str


def freeze(schema: str, values: Mapping[str, str], *, chance: Callable[[int], bytes]) -> Frozen:
    """Freeze texts by path. chance: gives so many random bytes."""
    fields = {
        path: {"salt": chance(SALT_BYTES).hex(), "text": text} for path, text in values.items()
    }
    content = canonical({"schema": schema, "values": fields})
    return Frozen(content, thaw(content).digest)


def thaw(content: bytes, *, digest: str = "") -> Thawed:
    """Read frozen content and count its digest. Raises Broken, also where it is not `digest`."""
    try:
        told = json.loads(content)
        schema, fields = str(told["schema"]), dict(told["values"])
        leaves = [canonical([schema]), *(_leaf(path, fields[path]) for path in sorted(fields))]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Broken("no frozen content") from error
    if canonical(told) != content:
        raise Broken("not in canonical form")
    counted = root(leaves).hex()
    if digest and counted != digest:
        raise Broken("changed")
    erased = frozenset(path for path, one in fields.items() if "leaf" in one)
    values = {path: one["text"] for path, one in fields.items() if path not in erased}
    return Thawed(schema, values, erased, counted)


def erase(content: bytes, paths: Iterable[str]) -> bytes:
    """Take out the texts at some paths with their salts; the digest stays. Raises Broken."""
    thaw(content)
    told = json.loads(content)
    for path in set(paths) & told["values"].keys():
        told["values"][path] = {"leaf": _leaf(path, told["values"][path]).hex()}
    return canonical(told)


def _leaf(path: str, field: Mapping[str, str]) -> bytes:
    if "leaf" in field:
        return _bytes_of(field["leaf"])
    return salted_digest(canonical([path, field["text"]]), _bytes_of(field["salt"]))


def _bytes_of(text: str) -> bytes:
    """Hex in the one way in which it is written here."""
    told = bytes.fromhex(text)
    if told.hex() != text:
        raise ValueError(text)
    return told
