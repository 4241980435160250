"""What the commands that load files of rows share: options, turns, what they print."""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.tables.models import Load, LoadNote
from sinergia.base.tables.queries import notes_of
from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.results import RESULTS, Tally
from sinergia.base.tables.running import Busy, Told
from sinergia.base.tables.words import (
    Wording,
    explain_unreadable,
    notes_said,
    report_lines,
    result_word,
)
from sinergia.base.ui.templatetags.figures import count
from sinergia.web.commands.progress import progress
from sinergia.web.commands.terminal import FAILED, Failure, say

FORMATS = ("text", "json")
LANGUAGES = ("", "ru", "en")
SHOWN = 20  # notes on rows that the terminal shows; the report holds all
WAIT_SECONDS = 0.5


@dataclass(frozen=True)
class Options:
    """How a load was asked for on the command line."""

    is_dry: bool
    report: Path | None
    format: str
    language: str

    @property
    def is_quiet(self) -> bool:
        """Whether a program reads what is printed."""
        return self.format == "json"


def check_format(format: str) -> None:  # noqa: A002  # the option is called so
    """Raise ValidationError for a form of printing that is none."""
    if format not in FORMATS:
        raise ValidationError(_("--format is text or json."))


def check_language(language: str) -> None:
    """Raise ValidationError for a language that is none of ours."""
    if language not in LANGUAGES:
        raise ValidationError(_("--lang is ru or en."))


def columns_told(pairs: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """Read FIELD=COLUMN pairs; a field that such a table has not is named."""
    columns = {}
    for pair in pairs:
        field, sign, column = pair.partition("=")
        if not sign or field.strip() not in known:
            told = _("--map is written FIELD=COLUMN, not %(given)s; fields: %(known)s.")
            raise ValidationError(told % {"given": pair[:80], "known": ", ".join(known)})
        columns[field.strip()] = column.strip()
    return columns


def load_rows(
    file: Path,
    wording: Wording,
    options: Options,
    *,
    try_load: Callable[[Told], Tally],
    load: Callable[[Told], Load],
) -> int:
    """Try or load a file, tell how it ended; give the exit code.

    try_load, load: are told how far they are, as they go; raise Unreadable.
    """
    translation.activate(options.language)
    started = time.monotonic()
    gc.disable()  # rows live to the end: looking for garbage among them takes a quarter of the time
    if options.report is not None:
        options.report.touch()  # better refused now than after the load
    try:
        counts, notes = _try(try_load, options) if options.is_dry else _load(load, options)
    except Unreadable as fault:
        raise Failure(f"{file}: {explain_unreadable(fault)}") from fault
    seconds = round(time.monotonic() - started, 2)
    if options.report is not None:
        write_report(options.report, notes, wording)
    if options.is_quiet:
        say(json.dumps({**counts, "seconds": seconds}))
    else:
        _tell(counts, notes, seconds, wording, is_dry=options.is_dry)
    return FAILED if counts["refused"] == counts["rows"] else 0


def run_in_turn(load: Load, run: Callable[[], Load], *, is_quiet: bool) -> Load:
    """Wait for another load's end; two at once would resolve organisations against each other."""
    if load.rows_done and not is_quiet:
        say(_("Going on with a load that was broken off, from row %s.") % count(load.rows_done))
    is_told = False
    while True:
        try:
            return run()
        except Busy:
            if not is_told:
                sys.stderr.write(_("Another file is being loaded; waiting for its end.") + "\n")
                is_told = True
            time.sleep(WAIT_SECONDS)


def write_report(path: Path, notes: Iterable[LoadNote], wording: Wording) -> None:
    """Write what was said of rows as CSV that a spreadsheet opens."""
    with path.open("wb") as out:
        out.writelines(report_lines(notes, wording))


def _try(
    try_load: Callable[[Told], Tally], options: Options
) -> tuple[dict[str, int], list[LoadNote]]:
    with progress(_("Trying"), is_quiet=options.is_quiet) as told:
        tally = try_load(told)
    return tally.as_counts(), tally.notes


def _load(load: Callable[[Told], Load], options: Options) -> tuple[dict[str, int], list[LoadNote]]:
    with progress(_("Loading"), is_quiet=options.is_quiet) as told:
        done = load(told)
    return dict(done.counts), list(notes_of(done))


def _tell(
    counts: Mapping[str, int],
    notes: list[LoadNote],
    seconds: float,
    wording: Wording,
    *,
    is_dry: bool,
) -> None:
    rows = counts["rows"]
    if is_dry:
        say(_("Tried without changing anything:"))
    say(
        ngettext("%(rows)s row in %(seconds)s s", "%(rows)s rows in %(seconds)s s", rows)
        % {"rows": count(rows), "seconds": seconds}
    )
    for result in RESULTS:
        if counts[result] or result == "created":
            say(f"  {result_word(result, counts[result])}: {count(counts[result])}")
    for one in notes_said([note for note in notes if note.result == "word"], wording):
        said = f" «{one.value}»" if one.value else ""
        say(f"  {one.sentence}{said} × {count(one.note.times)}")
    rest = [note for note in notes if note.is_warning and note.result != "word"]
    for one in notes_said(rest[:SHOWN], wording):
        value = f" [{one.told}]" if one.told else ""
        say(f"  {_('row')} {one.note.row} {one.note.subject}: {one.sentence}{value}")
    if len(rest) > SHOWN:
        more = len(rest) - SHOWN
        say(
            ngettext(
                "  … and %(more)s more; --report OUT.csv writes all",
                "  … and %(more)s more; --report OUT.csv writes all",
                more,
            )
            % {"more": count(more)}
        )
