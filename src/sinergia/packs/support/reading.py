"""Topics read from the file beside this one."""

import tomllib
from functools import cache
from importlib.resources import files

from sinergia.packs.rules.values import Named, Strict


class Topics(Strict):
    """What is offered, in the order in which it is shown."""

    topics: tuple[Named, ...]


@cache
def shipped_topics() -> tuple[Named, ...]:
    """The topics that a centre without any of its own is offered."""
    text = files("sinergia.packs.support").joinpath("topics.toml").read_text(encoding="utf-8")
    return Topics.model_validate(tomllib.loads(text)).topics
