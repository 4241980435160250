"""What people without an account agree to, as it stood on a day: files of a room's `consents`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class ConsentText:
    """A text that is agreed to. A version in force is never rewritten."""

    version: int
    from_on: date
    text: str


def text_of(place: str, language: str, *, on: date, version: int = 0) -> ConsentText | None:
    """What one agrees to on a day, or what a version says; none where there is no such one.

    place: the room's package and the file's name, "sinergia.support/training".
    """
    told = "en" if language == "en" else "ru"
    known = [
        ConsentText(table["version"], table["from_on"], table[told].strip())
        for table in _versions(place)
        if (table["version"] == version if version else table["from_on"] <= on)
    ]
    return max(known, key=lambda one: one.version, default=None)


@cache
def _versions(place: str) -> list[dict[str, Any]]:
    package, _slash, name = place.partition("/")
    file = files(package) / "consents" / f"{name}.toml"
    versions: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))["versions"]
    return versions
