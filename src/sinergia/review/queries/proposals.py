"""A proposed assignment as it is kept: who is to read what, and all by which it can be proven."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zlib import compress, decompress

import numpy as np

from sinergia.calls.models import Contest
from sinergia.engine.affinity import Parts
from sinergia.engine.assigning import Task, task_of
from sinergia.engine.assigning.task import Mask, Whole64
from sinergia.engine.seal import canonical
from sinergia.review.models import Assignment

SCHEMA = "sinergia-assignment/1"


@dataclass(frozen=True)
class Reading:
    """That an application, by its place, is to be read by an expert, by theirs; and why."""

    application: int
    expert: int
    parts: Parts


@dataclass(frozen=True)
class Proposal:
    """applications, experts: codes. task: with the affinities of all pairs. prices: of experts.

    weights: of words, with the number of applications by which they were counted.
    """

    applications: Sequence[str]
    experts: Sequence[str]
    task: Task
    readings: Sequence[Reading]
    prices: Sequence[int]
    weights: Mapping[str, int]
    number: int

    @property
    def chosen(self) -> Mask:
        """The readings as a table."""
        told = np.zeros(self.task.allowed.shape, dtype=bool)
        for one in self.readings:
            told[one.application, one.expert] = True
        return told

    def to_bytes(self) -> bytes:
        """Canonical bytes, from which anybody can check that nothing better exists."""
        task = self.task
        values = {
            "affinity": _packed(task.affinity.astype(np.uint8).tobytes()),
            "allowed": _packed(np.packbits(task.allowed).tobytes()),
            "applications": list(self.applications),
            "experts": list(self.experts),
            "least": task.min_load.tolist(),
            "most": task.max_load.tolist(),
            "needs": task.reviews.tolist(),
            "number": self.number,
            "prices": list(self.prices),
            "readings": [_told(one) for one in self.readings],
            "weights": dict(self.weights),
        }
        return canonical({"schema": SCHEMA, "values": values})


def proposal_of(assignment: Assignment) -> Proposal:
    """Read what is kept; of one that was made."""
    told = json.loads(bytes(assignment.content))["values"]
    shape = len(told["applications"]), len(told["experts"])
    affinity = np.frombuffer(_unpacked(told["affinity"]), dtype=np.uint8).reshape(shape)
    bits = np.frombuffer(_unpacked(told["allowed"]), dtype=np.uint8)
    allowed = np.unpackbits(bits, count=shape[0] * shape[1]).astype(bool).reshape(shape)
    return Proposal(
        applications=told["applications"],
        experts=told["experts"],
        task=task_of(
            affinity.astype(np.int32),
            ~allowed,
            reviews=_each(told["needs"]),
            min_load=_each(told["least"]),
            max_load=_each(told["most"]),
        ),
        readings=[_read(*one) for one in told["readings"]],
        prices=told["prices"],
        weights=told["weights"],
        number=told["number"],
    )


def weights_of(assignment: Assignment) -> tuple[Mapping[str, int], int]:
    """By what the words of applications were weighed, and how many applications there were."""
    told = json.loads(bytes(assignment.content))["values"]
    return told["weights"], told["number"]


def assignment_now(contest: Contest) -> Assignment | None:
    """The one that is made, proposed or impossible now; none once it is accepted or dropped."""
    rows = Assignment.objects.filter(contest=contest).defer("content").order_by("-pk")
    last = rows.first()
    over = (Assignment.Stage.ACCEPTED, Assignment.Stage.DROPPED)
    return last if last is not None and last.stage not in over else None


def last_made(contest: Contest) -> Assignment | None:
    """The last one that holds a proposal, whatever became of it."""
    return Assignment.objects.filter(contest=contest).exclude(digest="").order_by("-pk").first()


def assignment_by(key: UUID | str, contest: Contest | None = None) -> Assignment | None:
    """One of them, of a contest where it is given."""
    rows = Assignment.objects.filter(key=key)
    rows = rows if contest is None else rows.filter(contest=contest)
    return rows.select_related("contest__call", "contest__centre").first()


def _each(numbers: Sequence[int]) -> Whole64:
    return np.array(numbers, dtype=np.int64)


def _told(one: Reading) -> list[object]:
    parts = one.parts
    numbers = (parts.theme, parts.topic, parts.text, parts.topic_most, parts.text_most)
    return [one.application, one.expert, *numbers, " ".join(parts.words)]


def _read(application: int, expert: int, *told: object) -> Reading:
    *numbers, words = told
    theme, topic, text, topic_most, text_most = (int(str(one)) for one in numbers)
    parts = Parts(theme, topic, text, topic_most, text_most, tuple(str(words).split()))
    return Reading(application, expert, parts)


def _packed(content: bytes) -> str:
    return b64encode(compress(content, 6)).decode()


def _unpacked(text: str) -> bytes:
    return decompress(b64decode(text))
