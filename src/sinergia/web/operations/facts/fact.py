"""One thing that is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How something stands: in order; worth a look; broken, so that somebody has to act."""

    ORDER = "order"
    LOOK = "look"
    BROKEN = "broken"


@dataclass(frozen=True)
class Fact:
    """One line. Texts are ready, in the reader's language."""

    code: str  # for machines
    name: str  # what is looked at
    value: str  # how it stands
    state: State
    means: str = ""  # what that means
    mend: str = ""  # what to do where it is not in order
    address: str = ""  # the name of the page that shows more
    query: str = ""  # what is asked of that page

    @property
    def is_in_order(self) -> bool:
        """Whether nobody has to look."""
        return self.state == State.ORDER

    @property
    def advice(self) -> str:
        """What to do now; nothing where it is in order."""
        return "" if self.is_in_order else self.mend


@dataclass(frozen=True)
class Part:
    """Lines that belong together."""

    code: str
    name: str
    facts: Sequence[Fact]

    @property
    def state(self) -> State:
        """The worst of its lines."""
        states = {fact.state for fact in self.facts}
        return next((one for one in (State.BROKEN, State.LOOK) if one in states), State.ORDER)
