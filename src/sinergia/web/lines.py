"""A line of «Мои дела»."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One line: how many wait, of what, and where they are."""

    number: int
    words: str
    url: str
