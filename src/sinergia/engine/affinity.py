"""How near an application is to what an expert knows: in whole numbers of a hundred, part by part.

Theme: its direction is one of the expert's. Topic: words of the topic that it chose stand in what
the expert says of themselves. Text: so do words of the application, each weighed by how few
applications have it (inverse document frequency; K. Spärck Jones, 1972), the logarithm in whole
numbers: the same affinity on every machine. Words come here as lemmas; order means nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

THEME, TOPIC, TEXT = 40, 20, 40  # a hundred; without a topic the text has its part, too
RARE = 3  # words that only one application has: so many shared ones are the whole of the text
NAMED = 4  # shared words that are shown
STEP = 1_000  # applications compared at once


@dataclass(frozen=True)
class Subject:
    """What an application is about. topic: lemmas of the topic that was chosen; text: of it all."""

    direction: str
    topic: frozenset[str]
    text: frozenset[str]


@dataclass(frozen=True)
class Knowledge:
    """What an expert knows. words: lemmas of what they say of themselves."""

    directions: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class Parts:
    """Why an affinity is what it is. words: those that the texts share, the rarest first."""

    theme: int
    topic: int
    text: int
    topic_most: int
    text_most: int
    words: tuple[str, ...]

    @property
    def total(self) -> int:
        """Of a hundred."""
        return self.theme + self.topic + self.text


class Affinities:
    """The applications and experts of a contest, each pair of which has an affinity.

    weights: of words, and `number` of applications, as they were counted before: so one of them is
    looked at alone by what all of them were compared by.
    """

    def __init__(
        self,
        subjects: Sequence[Subject],
        experts: Sequence[Knowledge],
        *,
        weights: Mapping[str, int] | None = None,
        number: int | None = None,
    ) -> None:
        self.subjects, self.experts = subjects, experts
        self.number = len(subjects) if number is None else number
        most = (self.number + 1).bit_length()
        spoken = frozenset[str]().union(*(one.words for one in experts))
        times = Counter(word for one in subjects for word in one.text & spoken)
        if weights is None:
            weights = {word: ((self.number + 1) // n).bit_length() for word, n in times.items()}
        self.weights = {word: weights.get(word, most) for word in times}
        self.whole = RARE * most

    def table(self) -> npt.NDArray[np.int64]:
        """Every affinity [applications x experts]."""
        shape = (len(self.subjects), len(self.experts))
        places = {word: at for at, word in enumerate(sorted(self.weights))}
        weights = np.array([self.weights[word] for word in places], dtype=np.float32)
        known = _marks([one.words & places.keys() for one in self.experts], places)
        told = np.zeros(shape, dtype=np.int64)
        for start in range(0, shape[0], STEP):
            some = self.subjects[start : start + STEP]
            marks = _marks([one.text & places.keys() for one in some], places)
            # Sums of small whole numbers: exact in this type, whatever their order.
            shared = np.minimum(((marks * weights) @ known.T).astype(np.int64), self.whole)
            most = np.array([[_text_most(one)] for one in some], dtype=np.int64).reshape(-1, 1)
            told[start : start + STEP] = most * shared // self.whole
        return told + self._themes() + self._topics()

    def parts(self, subject: int, expert: int) -> Parts:
        """The affinity of one pair, told."""
        one, reader = self.subjects[subject], self.experts[expert]
        shared = one.text & reader.words
        weight = min(sum(self.weights[word] for word in shared), self.whole)
        rarest = sorted(shared, key=lambda word: (-self.weights[word], word))
        return Parts(
            theme=THEME * (one.direction in reader.directions),
            topic=_topic(one, reader),
            text=_text_most(one) * weight // self.whole,
            topic_most=TOPIC if one.topic else 0,
            text_most=_text_most(one),
            words=tuple(rarest[:NAMED]),
        )

    def _themes(self) -> npt.NDArray[np.int64]:
        codes = {one.direction for one in self.subjects}
        rows = {code: [THEME * (code in one.directions) for one in self.experts] for code in codes}
        told = [rows[one.direction] for one in self.subjects]
        return np.array(told, dtype=np.int64).reshape(len(self.subjects), len(self.experts))

    def _topics(self) -> npt.NDArray[np.int64]:
        rows: dict[frozenset[str], list[int]] = {}
        for one in self.subjects:
            if one.topic not in rows:
                rows[one.topic] = [_topic(one, reader) for reader in self.experts]
        told = [rows[one.topic] for one in self.subjects]
        return np.array(told, dtype=np.int64).reshape(len(self.subjects), len(self.experts))


def _topic(subject: Subject, reader: Knowledge) -> int:
    """By the share of the topic's words that the expert says."""
    if not subject.topic:
        return 0
    return TOPIC * len(subject.topic & reader.words) // len(subject.topic)


def _text_most(subject: Subject) -> int:
    return TEXT if subject.topic else TEXT + TOPIC


def _marks(rows: Sequence[frozenset[str]], places: dict[str, int]) -> npt.NDArray[np.float32]:
    told = np.zeros((len(rows), len(places)), dtype=np.float32)
    for at, words in enumerate(rows):
        told[at, [places[word] for word in words]] = 1
    return told
