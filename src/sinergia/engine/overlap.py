"""What two projects share, word for word: passages, and how much of a text they come to.

Texts are compared by every run of seven words, folded (A. Broder, On the resemblance and
containment of documents, 1997: the share is the containment, counted in words and not in runs).
Seven words in a row are hardly written twice by chance; a text of fewer words is left out, as
chance would find it everywhere. A run that stands in `common` begins no passage.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from sinergia.engine.project import parse_path
from sinergia.engine.text import fold
from sinergia.packs.rules.fields import FIELDS, ROWS, SECTIONS

RUN = 7  # words
MOST_PLACES = 8  # of one run in the other text: who repeats a sentence more often, repeats himself
# What an organisation says of itself and its people is the same in all that it hands in.
COMPARED = ("about", "aims", "plan", "budget")
_WORD = re.compile("[^\\W_]+(?:[\u0300\u0301\u00ad]+[^\\W_]*)*")
_OWN, _OTHER = -1, -2  # between texts: nothing runs from one into the next


@dataclass(frozen=True)
class Passage:
    """What stands in both, as it is written in each. words: how many it has in a row."""

    path: str
    other_path: str
    text: str
    other_text: str
    words: int


@dataclass(frozen=True)
class Overlap:
    """What one text shares with another one. fields: name -> shared words, all words.

    passages: the longest first; none can go on to the right, nor to the left but into another.
    """

    words: int = 0
    shared: int = 0
    fields: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    passages: Sequence[Passage] = ()

    @property
    def share(self) -> float:
        """How much of the text stands in the other one, 0 to 1."""
        return self.shared / self.words if self.words else 0.0


def texts_to_compare(values: Mapping[str, str]) -> dict[str, str]:
    """What people wrote of the project itself, by path: no choices, dates, numbers, addresses."""
    asked = {name for section in COMPARED for name in SECTIONS[section]} - {"videos", "tags_other"}
    chosen = {}
    for path, text in values.items():
        told = parse_path(path)
        if told is None or told.field not in asked:
            continue
        kind = ROWS[told.field].get(told.cell) if told.row else FIELDS[told.field]
        if kind in ("text", "line"):
            chosen[path] = text
    return chosen


def overlaps(
    own: Mapping[str, str], others: Iterable[Mapping[str, str]], *, common: Iterable[str] = ()
) -> list[Overlap]:
    """Compare texts by path with those of each other document, in their order.

    common: what stands in the form, the rules or a template, and so in everybody's text.
    """
    numbers = _Numbers()
    mine = _read(own, numbers, stop=_OWN)
    usual = _read({str(at): text for at, text in enumerate(common)}, numbers, stop=_OTHER)
    runs, known = _runs(mine.words), set(_runs(usual.words))
    counted = [word != _OWN for word in mine.words]
    for at, run in enumerate(runs):
        if run in known:
            counted[at : at + RUN] = [False] * RUN
    compared = _Compared(mine, runs, set(runs) - known, counted)
    return [compared.with_other(_read(other, numbers, stop=_OTHER)) for other in others]


def _runs(words: Sequence[int]) -> list[tuple[int, ...]]:
    return list(zip(*(islice(words, at, None) for at in range(RUN)), strict=False))


class _Numbers(dict[str, int]):
    """Words by number, the same for all that fold alike."""

    def __init__(self) -> None:
        super().__init__()
        self.by_fold: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        """Number a word that was not met yet."""
        number = self[word] = self.by_fold.setdefault(fold(word), len(self.by_fold))
        return number


@dataclass(frozen=True)
class _Read:
    """A document as numbers of words. begins: where each text begins among them, in order."""

    texts: Mapping[str, str]
    words: Sequence[int]
    paths: Sequence[str]
    begins: Sequence[int]

    def path(self, at: int) -> str:
        """Of the text in which a word stands."""
        return self.paths[bisect_right(self.begins, at) - 1]

    def passage(self, start: int, length: int) -> str:
        """Words of one text as they are written."""
        place = bisect_right(self.begins, start) - 1
        first, text = start - self.begins[place], self.texts[self.paths[place]]
        found = islice(_WORD.finditer(text), first, None)
        begin = next(found).start()
        return text[begin : next(islice(found, length - 2, None)).end()]


def _read(texts: Mapping[str, str], numbers: _Numbers, *, stop: int) -> _Read:
    words: list[int] = []
    paths, begins = [], []
    for path in sorted(texts):
        found = _WORD.findall(texts[path])
        if len(found) >= RUN:
            paths.append(path)
            begins.append(len(words))
            words += [numbers[word] for word in found]
            words.append(stop)
    return _Read(texts, words, paths, begins)


@dataclass(frozen=True)
class _Compared:
    """One document, ready to be held against others."""

    mine: _Read
    runs: Sequence[tuple[int, ...]]
    seeds: set[tuple[int, ...]]
    counted: Sequence[bool]

    def with_other(self, other: _Read) -> Overlap:
        where: dict[tuple[int, ...], list[int]] = {}
        runs = _runs(other.words)
        both = self.seeds.intersection(runs)
        for at, run in enumerate(runs if both else ()):
            if run in both and len(places := where.setdefault(run, [])) < MOST_PLACES:
                places.append(at)
        found = list(self._passages(other, where)) if where else []
        covered = {at for start, _there, length in found for at in range(start, start + length)}
        shared = Counter(self.fields[at] for at in covered if self.counted[at])
        passages = [
            Passage(
                path=self.mine.path(start),
                other_path=other.path(there),
                text=self.mine.passage(start, length),
                other_text=other.passage(there, length),
                words=length,
            )
            for start, there, length in found
        ]
        return Overlap(
            words=sum(self.words.values()),
            shared=sum(shared.values()),
            fields={name: (shared[name], words) for name, words in self.words.items()},
            passages=sorted(passages, key=lambda one: (-one.words, one.path)),
        )

    @cached_property
    def fields(self) -> list[str]:
        """The field in which each word stands."""
        ends = [*self.mine.begins, len(self.mine.words)][1:]
        told: list[str] = []
        for path, end in zip(self.mine.paths, ends, strict=True):
            told += [path.partition("/")[0]] * (end - len(told))
        return told

    @cached_property
    def words(self) -> Counter[str]:
        """How many words are counted in each field."""
        pairs = zip(self.fields, self.counted, strict=True)
        return Counter(name for name, is_counted in pairs if is_counted)

    def _passages(
        self, other: _Read, where: Mapping[tuple[int, ...], Sequence[int]]
    ) -> Iterable[tuple[int, int, int]]:
        """Start here, start there, words; the longest one from each place on."""
        at, floor = 0, 0
        while at < len(self.runs):
            places = where.get(self.runs[at])
            if places is None:
                at += 1
                continue
            length, there = max(
                ((self._reach(other, at, there), there) for there in places),
                key=lambda one: (one[0], -one[1]),
            )
            back = self._back(other, at, there, floor)
            yield at - back, there - back, length + back
            at += length - RUN + 1
            floor = at

    def _reach(self, other: _Read, at: int, there: int) -> int:
        mine, theirs, length = self.mine.words, other.words, RUN
        most = min(len(mine) - at, len(theirs) - there)
        while length < most and mine[at + length] == theirs[there + length]:
            length += 1
        return length

    def _back(self, other: _Read, at: int, there: int, floor: int) -> int:
        mine, theirs, back = self.mine.words, other.words, 0
        most = min(at - floor, there)
        while back < most and mine[at - back - 1] == theirs[there - back - 1]:
            back += 1
        return back
