"""`sinergia check`: is everything in order, and if not, what mends it."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sinergia.web.commands.terminal import say
from sinergia.web.operations.facts import Fact, Part, State, parts_of_now
from sinergia.web.operations.facts.rows import ROOT_SIGNS

ROOT = re.compile(rf"[0-9a-fA-F]{{{ROOT_SIGNS},64}}")
KEPT = ("code", "name", "value", "state", "advice")  # what a machine is told of each fact


def check(
    *,
    figures: Annotated[bool, typer.Option("--figures")] = False,
    files: Annotated[bool, typer.Option("--files")] = False,
    root: Annotated[str, typer.Option("--root")] = "",
    format: Annotated[str, typer.Option("--format")] = "text",  # noqa: A002  # the option's name
) -> None:
    """Go through everything, tell what is wrong, leave with 1 if anything is."""
    now = timezone.now()
    if root and not ROOT.fullmatch(root):
        raise typer.BadParameter(_("--root: the first %d signs of a root, or more.") % ROOT_SIGNS)
    parts = parts_of_now(now=now, is_deep=True, with_figures=figures, with_files=files, root=root)
    if format == "json":
        looked = list(parts)
        say(json.dumps(as_json(looked), ensure_ascii=False, indent=1))
    else:
        looked = [tell(part) for part in parts]
    broken = sum(fact.state == State.BROKEN for part in looked for fact in part.facts)
    if broken and format == "text":
        say(ngettext("%d thing to mend.", "%d things to mend.", broken) % broken)
    if broken:
        raise typer.Exit(1)


def tell(part: Part) -> Part:
    """Say how a part stands as soon as it was looked at."""
    lines = list(lines_of(part.facts)) or [pgettext("checked part", "in order")]
    for line in lines:
        say(f"{part.name}: {line}")
    return part


def lines_of(facts: Sequence[Fact]) -> Iterator[str]:
    """What is not in order, and what mends it."""
    for fact in facts:
        if not fact.is_in_order:
            yield f"{fact.name}: {fact.value}. {fact.advice}".strip()


def as_json(parts: Sequence[Part]) -> dict[str, object]:
    """The same for a machine; `state` is order, look or broken."""
    told = [
        {"part": part.code, **{name: str(getattr(fact, name)) for name in KEPT}}
        for part in parts
        for fact in part.facts
    ]
    return {"is_in_order": all(part.state != State.BROKEN for part in parts), "facts": told}


COMMANDS = (check,)
