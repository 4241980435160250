"""`sinergia load grants`: a fund's table from the terminal, with progress and a report."""

import gc
import json
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.applications.actions import loads
from sinergia.applications.reading import GrantsFile, read_grants
from sinergia.applications.words import explain, report_lines, result_word
from sinergia.base.tables.models import Load, LoadNote
from sinergia.base.tables.queries import notes_of
from sinergia.base.tables.reading import Unreadable
from sinergia.base.tables.words import explain_unreadable
from sinergia.base.ui.templatetags.figures import count
from sinergia.calls.models import Fund
from sinergia.calls.queries import fund_by
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.web.commands.progress import progress
from sinergia.web.commands.terminal import Failure, say

SHOWN = 20  # notes on rows that the terminal shows; the report holds all
WAIT_SECONDS = 0.5


def load_grants(  # the command's own options
    file: Path,
    *,
    fund: str,
    dry_run: bool,
    report: Path | None,
    format: str,  # noqa: A002  # the option is called so
    mapping: Mapping[str, str],
    language: str,
) -> int:
    """Load `file` for the fund of code `fund`; give the exit code."""
    translation.activate(language)
    started = time.monotonic()
    gc.disable()  # rows live to the end: looking for garbage among them takes a quarter of the time
    if report is not None:
        report.touch()  # better refused now than after the load
    known = fund_by(fund) or Fund(code=fund)
    try:
        table = read_grants(file, mapping, known.currency)
    except Unreadable as fault:
        raise Failure(f"{file}: {explain_unreadable(fault)}") from fault
    if dry_run:
        counts, notes = _try(table, known, is_quiet=format == "json")
    else:
        counts, notes = _load(table, file, fund, mapping, is_quiet=format == "json")
    seconds = round(time.monotonic() - started, 2)
    if report is not None:
        write_report(report, notes)
    if format == "json":
        say(json.dumps({**counts, "seconds": seconds}))
    else:
        _tell(counts, notes, seconds, is_dry=dry_run)
    return 1 if counts["refused"] == counts["rows"] else 0


def write_report(path: Path, notes: Iterable[LoadNote]) -> None:
    """Write what was said of rows as CSV that a spreadsheet opens."""
    with path.open("wb") as out:
        out.writelines(report_lines(notes))


def _try(table: GrantsFile, fund: Fund, *, is_quiet: bool) -> tuple[dict[str, int], list[LoadNote]]:
    with progress(_("Trying"), is_quiet=is_quiet) as told:
        tally = loads.try_load(table.rows, fund, told=told)
    return tally.as_counts(), tally.notes


def _load(
    table: GrantsFile, file: Path, fund: str, mapping: Mapping[str, str], *, is_quiet: bool
) -> tuple[dict[str, int], list[LoadNote]]:
    me = command_person(timezone.now())
    load = loads.offer_grants(
        file, fund, file_name=file.name, mapping=mapping, actor=me, now=timezone.now()
    )
    if load.rows_done and not is_quiet:
        say(_("Going on with a load that was broken off, from row %s.") % count(load.rows_done))
    with progress(_("Loading"), is_quiet=is_quiet) as told:
        _run_in_turn(load, table, me=me, told=told)
    return dict(load.counts), list(notes_of(load))


def _run_in_turn(load: Load, table: GrantsFile, *, me: Person, told: loads.Told) -> None:
    """Wait for another load's end; two at once would resolve organisations against each other."""
    is_told = False
    while True:
        try:
            loads.run_load(load, table.rows, actor=me, pace=loads.ALONE, told=told)
        except loads.Busy:
            if not is_told:
                sys.stderr.write(_("Another file is being loaded; waiting for its end.") + "\n")
                is_told = True
            time.sleep(WAIT_SECONDS)
        else:
            return


def _tell(
    counts: Mapping[str, int], notes: list[LoadNote], seconds: float, *, is_dry: bool
) -> None:
    rows = counts["rows"]
    if is_dry:
        say(_("Tried without changing anything:"))
    say(
        ngettext("%(rows)s row in %(seconds)s s", "%(rows)s rows in %(seconds)s s", rows)
        % {"rows": count(rows), "seconds": seconds}
    )
    for result in loads.RESULTS:
        if counts[result] or result == "created":
            say(f"  {result_word(result, counts[result])}: {count(counts[result])}")
    for note in [note for note in notes if note.result == "word"]:
        say(f"  {explain(note.code)} «{note.value}» × {count(note.times)}")
    rest = [note for note in notes if note.result in ("queued", "refused")]
    for note in rest[:SHOWN]:
        value = f" [{note.value}]" if note.value else ""
        say(f"  {_('row')} {note.row} {note.subject}: {explain(note.code)}{value}")
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
