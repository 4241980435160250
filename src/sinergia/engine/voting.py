"""Votes of a commission: whether enough are there, what was adopted, who breaks a tie.

How it is counted, for every act alike:

- A session has a quorum where as many members who may vote are there as the order asks for. By
  correspondence whoever has voted is there.
- Whoever is recused from a question leaves its quorum on both sides: they are not among those who
  take part, and one fewer is needed. Somebody takes part in any case.
- Adopted is what has more than half of the votes of those who are there and vote. Who abstains
  votes: an abstention counts among the votes and not for the question.
- A half is no majority. Where the order lets the chair decide between equals, the vote of whoever
  presides does: the chair, or where the chair is not there, the deputy.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal, TypeAlias

Choice: TypeAlias = Literal["for", "against", "abstain"]
LEAST = 1  # members without whom nothing is decided


@dataclass(frozen=True)
class Table:
    """Who decides a question. Members are named by any key.

    entitled: who may vote. present: who is there. recused: from this question.
    presiding: chair and deputies in their order, where they decide between equals; else empty.
    """

    quorum: int
    entitled: Set[Hashable]
    present: Set[Hashable]
    recused: Set[Hashable] = frozenset()
    presiding: Sequence[Hashable] = ()

    @property
    def taking_part(self) -> Set[Hashable]:
        """Who is there, may vote and is not recused."""
        return (self.present & self.entitled) - self.recused

    @property
    def needed(self) -> int:
        """How many of them there must be."""
        return max(self.quorum - len(self.recused & self.entitled), LEAST)

    @property
    def has_quorum(self) -> bool:
        """Whether the question may be decided."""
        return len(self.taking_part) >= self.needed


@dataclass(frozen=True)
class Count:
    """What the votes come to. by_chair: equals, between whom the vote of the chair decided."""

    in_favour: int
    against: int
    abstained: int
    is_adopted: bool
    by_chair: bool = False

    @property
    def cast(self) -> int:
        """How many voted."""
        return self.in_favour + self.against + self.abstained


def is_quorate(quorum: int, entitled: Iterable[Hashable], present: Iterable[Hashable]) -> bool:
    """Whether a session may decide at all."""
    return len(set(entitled) & set(present)) >= max(quorum, LEAST)


def count(table: Table, votes: Mapping[Hashable, Choice]) -> Count:
    """Count the votes of those who take part; those of others are as good as not given."""
    given = {member: vote for member, vote in votes.items() if member in table.taking_part}
    told = list(given.values())
    in_favour, cast = told.count("for"), len(told)
    chair = next((one for one in table.presiding if one in table.taking_part), None)
    by_chair = bool(cast) and in_favour * 2 == cast and chair is not None and chair in given
    is_adopted = in_favour * 2 > cast or (by_chair and given[chair] == "for")
    return Count(in_favour, told.count("against"), told.count("abstain"), is_adopted, by_chair)
