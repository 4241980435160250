"""What a rule has against an act, so that a person can mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Gap:
    """One thing to mend. code: a sentence of `said/`; path: the field it is about."""

    code: str
    path: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818  it is an answer to a person
    """A rule says no; every gap at once."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(", ".join(f"{gap.code} {gap.path}".strip() for gap in gaps))
        self.gaps = list(gaps)
