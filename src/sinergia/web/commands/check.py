"""`sinergia check`: is everything in order, and if not, what mends it."""

import shutil
from collections.abc import Callable, Iterator
from typing import Annotated

import typer
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sinergia.applications.actions.recounting import recount_organisations
from sinergia.base.errands.queries import given_up_errands, waiting_errands
from sinergia.base.journal import guard as journal_guard
from sinergia.base.journal.actions import LOUD_AFTER
from sinergia.base.journal.queries import unsealed_entries, verify_journal
from sinergia.base.search import guard as search_guard
from sinergia.web.commands.preparing import is_static_stale, pending_migrations
from sinergia.web.commands.terminal import say

LEAST_FREE_BYTES = 500 * 1024 * 1024


def check(*, figures: Annotated[bool, typer.Option("--figures")] = False) -> None:
    """Go through everything, tell what is wrong, leave with 1 if anything is."""
    parts: list[tuple[str, Callable[[], Iterator[str]]]] = [
        (pgettext("checked part", "configuration"), faults_of_configuration),
        (pgettext("checked part", "database"), faults_of_database),
        (pgettext("checked part", "journal"), faults_of_journal),
        (pgettext("checked part", "search"), faults_of_search),
        (pgettext("checked part", "errands"), faults_of_errands),
        (pgettext("checked part", "disk"), faults_of_disk),
    ]
    if figures:
        parts.append((pgettext("checked part", "figures"), faults_of_figures))
    count = 0
    for name, faults_of in parts:
        faults = list(faults_of())
        count += len(faults)
        for line in faults or [pgettext("checked part", "in order")]:
            say(f"{name}: {line}")
    if count:
        say(ngettext("%d thing to mend.", "%d things to mend.", count) % count)
        raise typer.Exit(1)


def faults_of_configuration() -> Iterator[str]:
    """Look at the settings as Django does, and at what is served beside the pages."""
    for message in run_checks():
        if message.level >= ERROR:
            yield f"{message.msg} ({message.id})"
    if is_static_stale():
        yield _("styles and scripts are of another version: run “sinergia init --admin EMAIL”.")
    if settings.IS_DEMO and settings.ENVIRONMENT.has_https:
        yield _("SINERGIA_DEMO=1 lets anybody enter: take it away on a real site.")


def faults_of_database() -> Iterator[str]:
    """Look whether the file is whole and the tables are of this version."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            told = [str(row[0]) for row in cursor.fetchall()]
        if told != ["ok"]:
            yield _("the file is damaged (%s): restore a backup.") % told[0]
    pending = pending_migrations()
    if pending:
        yield _("older version, run “sinergia init --admin EMAIL” (%s).") % ", ".join(pending)


def faults_of_journal() -> Iterator[str]:
    """Look for the triggers, walk the seals, ask whether somebody seals at all."""
    for name in journal_guard.missing(connection):
        yield _("trigger %s is missing: run “sinergia init --admin EMAIL”.") % name
    for place in verify_journal().faults:
        yield _("%s does not agree with its seal: somebody changed it.") % place
    if unsealed_entries().filter(at__lt=timezone.now() - LOUD_AFTER).exists():
        yield _("entries wait for their seal: is “sinergia worker” running?")


def faults_of_search() -> Iterator[str]:
    """Look for the index and its triggers; on SQLite compare it with the rows."""
    for name in search_guard.missing(connection):
        yield _("trigger %s is missing: run “sinergia init --admin EMAIL”.") % name


def faults_of_errands() -> Iterator[str]:
    """Look for errands that nobody runs, and for those that failed too often."""
    if waiting_errands(timezone.now() - LOUD_AFTER).exists():
        yield _("errands wait: is “sinergia worker” running?")
    for errand in given_up_errands()[:20]:
        yield _("errand %(name)s failed %(count)d times (%(error)s).") % {
            "name": errand.name,
            "count": errand.attempts,
            "error": errand.last_error,
        }


def faults_of_disk() -> Iterator[str]:
    """Look whether there is room left."""
    free = shutil.disk_usage(settings.ENVIRONMENT.data_dir).free
    if free < LEAST_FREE_BYTES:
        yield _("%d MB free in the data folder.") % (free // 1024 // 1024)


def faults_of_figures() -> Iterator[str]:
    """Count every kept figure again; what was wrong is mended and told."""
    mended = recount_organisations()
    if mended:
        told = ngettext(
            "counts of %d organisation were wrong; they are right now.",
            "counts of %d organisations were wrong; they are right now.",
            len(mended),
        )
        yield told % len(mended)


COMMANDS = (check,)
