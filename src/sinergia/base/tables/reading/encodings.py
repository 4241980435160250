"""In which encoding a text file is written: tried over the whole file, judged by plausibility."""

from codecs import getincrementaldecoder
from collections import Counter
from dataclasses import dataclass
from math import hypot
from pathlib import Path

from sinergia.base.tables.reading.book import Unreadable

_MARKS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_SAMPLE = 1 << 20  # bytes looked at where counting is enough
_READ = 1 << 20
# Every second byte of UTF-16 in our languages is 0 (Latin) or 4 (Cyrillic).
_HIGH_HALVES = (0x00, 0x04)
_MOST, _FEW = 0.75, 0.3
_BROKEN_SHARE = 0.02  # of the signs beyond ASCII; above it the file is no damaged UTF-8
_STRAY, _CONTROL_SHARE = 20, 0.01  # bytes, and share of all; above both the file is no text
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
_CYRILLIC = ("cp1251", "koi8-r", "cp866")
# How often each letter stands in Russian text, in thousandths; the rarest left out.
_OFTEN = {
    "о": 110,
    "е": 85,
    "а": 80,
    "и": 74,
    "н": 67,
    "т": 63,
    "с": 55,
    "р": 47,
    "в": 45,
    "л": 44,
    "к": 35,
    "м": 32,
    "д": 30,
    "п": 28,
    "у": 26,
    "я": 20,
    "ы": 19,
    "ь": 17,
    "г": 17,
    "з": 16,
    "б": 16,
    "ч": 14,
    "й": 12,
    "х": 10,
    "ж": 9,
    "ш": 7,
    "ю": 6,
    "ц": 5,
    "щ": 4,
    "э": 3,
    "ф": 3,
}
_PLAUSIBLE = 0.75  # registers of names reach 0.9, other alphabets 0.6
_FEWEST_SIGNS = 40  # fewer say nothing


@dataclass(frozen=True)
class Spelling:
    """An encoding and how many signs of the file are broken in it."""

    encoding: str
    damaged: int = 0


def detect_encoding(path: Path) -> Spelling:
    """Find the encoding: a mark, UTF-16 without one, UTF-8, then the Cyrillic code pages.

    Raises Unreadable("not_a_table") for binary files, ("encoding") where none makes sense.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    marked = next((name for mark, name in _MARKS.items() if sample.startswith(mark)), "")
    encoding = marked or _utf_16_without_mark(sample)
    if encoding:
        return Spelling(encoding, _tally(path, encoding).broken)
    _refuse_binary(sample)
    tally = _tally(path, "utf-8")
    if tally.broken <= tally.beyond_ascii * _BROKEN_SHARE:
        return Spelling("utf-8", tally.broken)
    encoding = _code_page(path)
    return Spelling(encoding, _tally(path, encoding).broken)


def _utf_16_without_mark(sample: bytes) -> str:
    pairs = len(sample) // 2
    if not pairs or b"\0" not in sample:
        return ""
    even, odd = (
        sum(sample[start : pairs * 2 : 2].count(half) for half in _HIGH_HALVES) / pairs
        for start in (0, 1)
    )
    if odd > _MOST and even < _FEW:
        return "utf-16-le"
    return "utf-16-be" if even > _MOST and odd < _FEW else ""


def _refuse_binary(sample: bytes) -> None:
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _STRAY + len(sample) * _CONTROL_SHARE:
        raise Unreadable("not_a_table")


@dataclass(frozen=True)
class _Tally:
    beyond_ascii: int
    broken: int


def _tally(path: Path, encoding: str) -> _Tally:
    """Decode the whole file and count what is beyond ASCII and what is broken."""
    decoder = getincrementaldecoder(encoding)(errors="replace")
    beyond = broken = 0
    with path.open("rb") as file:
        while read := file.read(_READ):
            text = decoder.decode(read)
            if not text.isascii():
                beyond += len(text) - len(text.encode("ascii", "ignore"))
                broken += text.count("\ufffd")
    return _Tally(beyond, broken + decoder.decode(b"", True).count("\ufffd"))  # noqa: FBT003


def _code_page(path: Path) -> str:
    """Choose the code page in which the letters are those a Russian text has most of."""
    counts: Counter[int] = Counter()
    with path.open("rb") as file:
        while read := file.read(_READ):
            counts.update(read)
    high = {byte: count for byte, count in counts.items() if byte >= 0x80}
    best = max(_CYRILLIC, key=lambda encoding: _likeness(high, encoding))
    if _likeness(high, best) < _PLAUSIBLE and sum(high.values()) >= _FEWEST_SIGNS:
        raise Unreadable("encoding")
    return best


def _likeness(high: dict[int, int], encoding: str) -> float:
    """Compare how often signs stand here and in Russian, whatever their case: 0 to 1.

    The cosine between the two counts, each taken as a vector.
    """
    signs: Counter[str] = Counter()
    for byte, count in high.items():
        signs[bytes([byte]).decode(encoding, "replace").casefold()] += count
    together = sum(often * signs[letter] for letter, often in _OFTEN.items())
    return together / max(1.0, hypot(*signs.values()) * hypot(*_OFTEN.values()))
