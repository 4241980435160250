"""How often the database is asked, whatever stands around a question."""

from collections.abc import Iterable

AROUND = ("SAVEPOINT", "RELEASE", "SET")


def questions(captured: Iterable[dict[str, str]]) -> int:
    """The number of statements that read rows."""
    return sum(not one["sql"].startswith(AROUND) for one in captured)
