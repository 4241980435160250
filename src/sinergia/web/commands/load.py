"""`sinergia load KIND FILE`: regions, municipalities, maps and figures; grants beside them."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Protocol, TypeVar

import typer
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sinergia.base.tables.headings import grants_fields
from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.words import explain_unreadable
from sinergia.base.ui.templatetags.figures import count
from sinergia.calls.queries import LONGEST_CODE
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.places import actions
from sinergia.places.actions import LoadCounts
from sinergia.places.reading import (
    UnusableFile,
    read_indicators,
    read_municipalities,
    read_outlines,
    read_regions,
)
from sinergia.places.words import explain_file, explain_refusal
from sinergia.web.commands.load_grants import load_grants
from sinergia.web.commands.terminal import FAILED, Failure, say

SHOWN = 20  # refused rows that the terminal shows one by one
FORMATS = ("text", "json")

Read = TypeVar("Read", contravariant=True)

File = Annotated[Path, typer.Argument(metavar="FILE")]
DryRun = Annotated[bool, typer.Option("--dry-run")]
Format = Annotated[str, typer.Option("--format")]


class Take(Protocol[Read]):
    """An action that takes in what was read from a file."""

    def __call__(
        self, read: Read, /, *, actor: Person, now: datetime, is_dry_run: bool
    ) -> LoadCounts:
        """Take the rows in, or try to."""
        ...


def regions(file: File, dry_run: DryRun = False, format: Format = "text") -> None:  # noqa: A002, FBT002
    """Load a list of regions with their spellings."""
    _run(file, read_regions, actions.load_regions, is_dry_run=dry_run, format=format)


def municipalities(file: File, dry_run: DryRun = False, format: Format = "text") -> None:  # noqa: A002, FBT002
    """Load a list of municipalities or of towns."""
    _run(file, read_municipalities, actions.load_municipalities, is_dry_run=dry_run, format=format)


def geometry(file: File, dry_run: DryRun = False, format: Format = "text") -> None:  # noqa: A002, FBT002
    """Draw a map of regions or of a region's municipalities."""
    _run(file, read_outlines, actions.load_outlines, is_dry_run=dry_run, format=format)


def indicators(file: File, dry_run: DryRun = False, format: Format = "text") -> None:  # noqa: A002, FBT002
    """Load figures about regions."""
    _run(file, read_indicators, actions.load_indicators, is_dry_run=dry_run, format=format)


def grants(
    file: File,
    fund: Annotated[str, typer.Option("--fund")],
    dry_run: DryRun = False,  # noqa: FBT002
    report: Annotated[Path | None, typer.Option("--report")] = None,
    format: Format = "text",  # noqa: A002
    mapping: Annotated[list[str] | None, typer.Option("--map")] = None,
    language: Annotated[str, typer.Option("--lang")] = "",
) -> None:
    """Load a fund's table of applications."""
    _check_format(format)
    _check_fund(fund)
    columns = _columns(mapping or [])
    if language not in ("", "ru", "en"):
        raise ValidationError(_("--lang is ru or en."))
    code = load_grants(
        file,
        fund=fund,
        dry_run=dry_run,
        report=report,
        format=format,
        mapping=columns,
        language=language or get_language() or "ru",
    )
    if code:
        raise typer.Exit(code)


def _run(
    file: Path,
    read: Callable[[Path], Read],
    take: Take[Read],
    *,
    is_dry_run: bool,
    format: str,  # noqa: A002  # the option is called so
) -> None:
    """Load, tell how it ended; leave with 1 where the file or every row of it was refused."""
    _check_format(format)
    started, now = time.monotonic(), timezone.now()
    try:
        counts = take(read(file), actor=command_person(now), now=now, is_dry_run=is_dry_run)
    except Unreadable as fault:
        raise Failure(f"{file}: {explain_unreadable(fault)}") from fault
    except UnusableFile as fault:
        raise Failure(f"{file}: {explain_file(fault.code, **fault.values)}") from fault
    seconds = round(time.monotonic() - started, 2)
    if format == "json":
        names = ("rows", "created", "updated", "unchanged", "refused")
        say(json.dumps({name: getattr(counts, name) for name in names} | {"seconds": seconds}))
    else:
        _tell(counts, seconds, is_dry_run=is_dry_run)
    _tell_refusals(counts, is_whole=format == "json")
    if counts.refused == counts.rows:
        raise typer.Exit(FAILED)


def _check_fund(code: str) -> None:
    if not code or len(code) > LONGEST_CODE or any(sign.isspace() for sign in code):
        told = _("--fund: a code of 1 to %(longest)s signs without blanks.")
        raise ValidationError(told % {"longest": LONGEST_CODE})


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    """Read FIELD=COLUMN pairs; a field that a table of grants has not is named."""
    known = [field.code for field in grants_fields()]
    columns = {}
    for pair in pairs:
        field, sign, column = pair.partition("=")
        if not sign or field.strip() not in known:
            told = _("--map is written FIELD=COLUMN, not %(given)s; fields: %(known)s.")
            raise ValidationError(told % {"given": pair[:80], "known": ", ".join(known)})
        columns[field.strip()] = column.strip()
    return columns


def _check_format(format: str) -> None:  # noqa: A002  # the option is called so
    if format not in FORMATS:
        raise ValidationError(_("--format is text or json."))


def _tell(counts: LoadCounts, seconds: float, *, is_dry_run: bool) -> None:
    if is_dry_run:
        say(_("Tried without changing anything:"))
    words = ngettext("%(rows)s row in %(seconds)s s", "%(rows)s rows in %(seconds)s s", counts.rows)
    say(words % {"rows": count(counts.rows), "seconds": seconds})
    results = {
        _("created"): counts.created,
        _("updated"): counts.updated,
        _("unchanged"): counts.unchanged,
        _("refused"): counts.refused,
    }
    for word, number in results.items():
        say(f"  {word}: {count(number)}")


def _tell_refusals(counts: LoadCounts, *, is_whole: bool) -> None:
    """Name refused rows on the side: what is printed beside stays clean for a program."""
    shown = counts.refusals if is_whole else counts.refusals[:SHOWN]
    for refusal in shown:
        sys.stderr.write(f"{_('row')} {refusal.row}: {explain_refusal(refusal)}\n")
    more = counts.refused - len(shown)
    if more:
        words = ngettext("… and %(more)s row more", "… and %(more)s rows more", more)
        sys.stderr.write(words % {"more": count(more)} + "\n")


COMMANDS = (regions, municipalities, geometry, indicators, grants)
