"""Canonical bytes and Merkle trees: how a record shows later that nobody has changed it.

Source: RFC 8785 (canonical JSON), RFC 6962 section 2.1 and RFC 9162 section 2.1.3 (trees), SHA-256.
"""

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import rfc8785

HASH_BYTES = 32
_SIZE_BYTES = 8
SHORTEST_SALT = 16  # bytes
_quoted = json.encoder.encode_basestring


def canonical(values: Mapping[str, object] | Sequence[object]) -> bytes:
    """Write values as the one JSON everybody writes them as.

    Raises ValueError for what JSON cannot carry whole: NaN, integers from 2**53 up, odd types.
    """
    return rfc8785.dumps(values)  # type: ignore[arg-type]  # it checks the parts itself


def canonical_texts(schema: str, values: Mapping[str, str]) -> bytes:
    """Write the envelope of a flat mapping of texts: the bytes of `canonical`, ten times as fast.

    Keys stay within the Basic Multilingual Plane, where both sort alike.
    """
    told = ",".join([f"{_quoted(name)}:{_quoted(values[name])}" for name in sorted(values)])
    return f'{{"schema":{_quoted(schema)},"values":{{{told}}}}}'.encode()


def salted_digest(content: bytes, salt: bytes) -> bytes:
    """Commit to content that could be guessed; without its salt the digest tells nothing.

    HMAC-SHA256 with the salt as the key; ValueError for a salt shorter than 16 bytes.
    """
    if len(salt) < SHORTEST_SALT:
        raise ValueError("a salt has at least 16 bytes")
    return hmac.digest(salt, content, "sha256")


def leaf_hash(leaf: bytes) -> bytes:
    """Hash an entry of a tree."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two hashes into the node above them."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that a growing tree must remember: its size and the roots of its full subtrees.

    peaks: from the largest subtree to the smallest, one for each 1 in the binary size.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> "Frontier":
        """Give the frontier with one more leaf."""
        peaks, node, size = list(self.peaks), leaf_hash(leaf), self.size
        while size & 1:
            node = node_hash(peaks.pop(), node)
            size >>= 1
        return Frontier(self.size + 1, (*peaks, node))

    def root(self) -> bytes:
        """Give the root of the tree so far; the hash of nothing for an empty one."""
        if not self.peaks:
            return sha256(b"").digest()
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = node_hash(peak, node)
        return node

    def to_bytes(self) -> bytes:
        """Write the frontier down: eight bytes of size, then 32 for each peak."""
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, written: bytes) -> "Frontier":
        """Read what `to_bytes` wrote; b"" is an empty tree. ValueError for anything else."""
        size, peaks = int.from_bytes(written[:_SIZE_BYTES], "big"), written[_SIZE_BYTES:]
        if written and len(written) != _SIZE_BYTES + size.bit_count() * HASH_BYTES:
            raise ValueError("not a frontier")
        starts = range(0, len(peaks), HASH_BYTES)
        return cls(size, tuple(peaks[start : start + HASH_BYTES] for start in starts))


def root(leaves: Iterable[bytes]) -> bytes:
    """Give the root of the tree over leaves in their order."""
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.append(leaf)
    return frontier.root()


def proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Give the hashes that lead from one leaf to the root, the lowest first.

    Raises IndexError where there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:half], leaves[half:]
    if index < half:
        return [*proof(left, index), root(right)]
    return [*proof(right, index - half), root(left)]


def verifies(leaf: bytes, index: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Tell whether `path` leads from `leaf` at `index` to the root `head` of a tree of `size`."""
    if not 0 <= index < size:
        return False
    node, place, last = leaf_hash(leaf), index, size - 1
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(step, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, step)
        place, last = place >> 1, last >> 1
    return last == 0 and hmac.compare_digest(node, head)
