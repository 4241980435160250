"""`sinergia load KIND FILE`: regions, municipalities, maps and figures; grants beside them."""

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Protocol, TypeVar

import typer
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sinergia.applications.reading import LAYOUT as GRANTS
from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.words import explain_unreadable
from sinergia.base.ui.templatetags.figures import count
from sinergia.calls.queries import LONGEST_CODE
from sinergia.organisations.reading import LAYOUT as REGISTER
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
from sinergia.web.commands.load_organisations import Asked, load_organisations
from sinergia.web.commands.loading import Options, check_format, check_language, columns_told
from sinergia.web.commands.terminal import FAILED, Failure, say

LONGEST_SOURCE = 40
SHOWN = 20  # refused rows that the terminal shows one by one

Read = TypeVar("Read", contravariant=True)

File = Annotated[Path, typer.Argument(metavar="FILE")]
DryRun = Annotated[bool, typer.Option("--dry-run")]
Format = Annotated[str, typer.Option("--format")]
Report = Annotated[Path | None, typer.Option("--report")]
Mapped = Annotated[list[str] | None, typer.Option("--map")]
Language = Annotated[str, typer.Option("--lang")]


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
    report: Report = None,
    format: Format = "text",  # noqa: A002
    mapping: Mapped = None,
    language: Language = "",
) -> None:
    """Load a fund's table of applications."""
    _check_code("--fund", fund, LONGEST_CODE)
    columns = columns_told(mapping or [], [field.code for field in GRANTS.fields])
    options = _options(dry_run, report, format, language)
    if code := load_grants(file, fund, columns, options):
        raise typer.Exit(code)


def organisations(
    file: File,
    source: Annotated[str, typer.Option("--source")] = "",
    region: Annotated[str, typer.Option("--region")] = "",
    known_only: Annotated[bool, typer.Option("--known-only")] = False,  # noqa: FBT002
    dry_run: DryRun = False,  # noqa: FBT002
    report: Report = None,
    format: Format = "text",  # noqa: A002
    mapping: Mapped = None,
    language: Language = "",
) -> None:
    """Load a list of organisations into the register."""
    _check_code("--source", source, LONGEST_SOURCE, is_needed=False)
    columns = columns_told(mapping or [], [field.code for field in REGISTER.fields])
    options = _options(dry_run, report, format, language)
    if code := load_organisations(file, Asked(source, region, known_only), columns, options):
        raise typer.Exit(code)


def _options(is_dry: bool, report: Path | None, format: str, language: str) -> Options:  # noqa: A002, FBT001
    check_format(format)
    check_language(language)
    return Options(is_dry, report, format, language or get_language() or "ru")


def _run(
    file: Path,
    read: Callable[[Path], Read],
    take: Take[Read],
    *,
    is_dry_run: bool,
    format: str,  # noqa: A002  # the option is called so
) -> None:
    """Load, tell how it ended; leave with 1 where the file or every row of it was refused."""
    check_format(format)
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


def _check_code(option: str, code: str, longest: int, *, is_needed: bool = True) -> None:
    is_short = (bool(code) or not is_needed) and len(code) <= longest
    if not is_short or any(sign.isspace() for sign in code):
        told = _("%(option)s: a code of 1 to %(longest)s signs without blanks.")
        raise ValidationError(told % {"option": option, "longest": longest})


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


COMMANDS = (regions, municipalities, geometry, indicators, grants, organisations)
