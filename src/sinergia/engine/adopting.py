"""The life of a practice that was taken home: which state follows on which."""

from collections.abc import Mapping

MOVES: Mapping[str, tuple[str, ...]] = {
    "intended": ("running", "dropped"),
    "running": ("proven", "dropped", "intended"),
    "proven": ("running", "dropped"),
    "dropped": ("intended",),
}
BEFORE: Mapping[str, str] = {"running": "intended", "proven": "running", "dropped": "intended"}


def may_move(before: str, after: str) -> bool:
    """Whether one state follows on the other."""
    return after in MOVES[before]


def state_before(state: str) -> str:
    """Where a way back leads; "" from where there is none."""
    return BEFORE.get(state, "")
