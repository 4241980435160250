"""Whether the rows are whole: tables, triggers, seals, kept figures."""

from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError, OperationalError, connection
from django.db.models import Count, Q
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.applications.actions.recounting import recount_organisations
from sinergia.base.journal import guard as journal_guard
from sinergia.base.journal.actions import LOUD_AFTER
from sinergia.base.journal.queries import (
    last_head,
    lately_unsealed_entries,
    unsealed_entries,
    verify_journal,
    was_root,
)
from sinergia.base.search import guard as search_guard
from sinergia.base.search.queries import is_index_whole
from sinergia.organisations.actions.counting import recount_register
from sinergia.web.commands.preparing import pending_migrations
from sinergia.web.commands.searching import mend_search, rows_astray
from sinergia.web.operations.facts.fact import Fact, State
from sinergia.web.operations.versions import database_bytes, last_migration

ROOT_SIGNS = 16  # of a root, enough to compare by eye


def facts_of_database(*, now: datetime, is_deep: bool) -> Iterator[Fact]:
    """Look whether the file is whole and the tables are of this version."""
    damage = _damage() if is_deep else ""
    yield Fact(
        code="database",
        name=_("Database"),
        value=damage or filesizeformat(database_bytes()),
        state=State.BROKEN if damage else State.ORDER,
        means=_("Everything that was ever entered."),
        mend=_("the file is damaged (%s): restore a backup.") % damage if damage else "",
    )
    if damage:  # whatever else is asked of it may end the whole look
        return
    pending = pending_migrations()
    behind = ngettext(
        "%(number)d step behind, from %(first)s", "%(number)d steps behind, from %(first)s",
        len(pending),
    )  # fmt: skip
    yield Fact(
        code="migrations",
        name=_("Tables"),
        value=behind % {"number": len(pending), "first": pending[0]}
        if pending
        else last_migration(),
        state=State.BROKEN if pending else State.ORDER,
        means=_("Each version of Sinergia has its own tables; the last step taken is named."),
        mend=_("older version, run “sinergia init --admin EMAIL”."),
    )


def facts_of_journal(*, now: datetime, is_deep: bool, root: str = "") -> Iterator[Fact]:
    """Look for the triggers and the seals; deeply, compute every seal again.

    root: the beginning of one noted down before, which has to be among the kept ones.
    """
    missing = journal_guard.missing(connection)
    yield _triggers("journal_triggers", _("Triggers of the journal"), missing)
    faults = verify_journal().faults if is_deep else []
    waiting = unsealed_entries() if is_deep else lately_unsealed_entries()
    late = Count("pk", filter=Q(at__lt=now - LOUD_AFTER))
    counted, head = waiting.aggregate(all=Count("pk"), late=late), last_head()
    told = _("%(size)d sealed, root %(root)s…, %(waiting)d wait")
    value = told % {
        "size": head.size if head else 0,
        "root": head.root[:ROOT_SIGNS] if head else "—",
        "waiting": counted["all"],
    }
    agree = _("%s does not agree with its seal: somebody changed it.")
    compare = _("Compare it with a backup; tell whoever relies on the journal.")
    mend = _("entries wait for their seal: is “sinergia worker” running?")
    yield Fact(
        code="seals",
        name=_("Seals of the journal"),
        value=" ".join(agree % place for place in faults) or value,
        state=State.BROKEN if faults or counted["late"] else State.ORDER,
        means=_("Who did what is sealed every few seconds, so that no line can be changed unseen."),
        mend=compare if faults else mend,
    )
    if root:
        is_kept = was_root(root)
        yield Fact(
            code="noted_root",
            name=_("Root noted down before"),
            value=_("is kept") if is_kept else _("not there: the end of the journal was cut off"),
            state=State.ORDER if is_kept else State.BROKEN,
            mend=compare,
        )


def facts_of_search(*, now: datetime, is_deep: bool) -> Iterator[Fact]:
    """Look for the triggers of the index; deeply, compare it with the rows."""
    missing = search_guard.missing(connection)
    yield _triggers("search_triggers", _("Triggers of search"), missing)
    if not is_deep:
        return
    astray, is_whole = rows_astray(), is_index_whole()
    told = ngettext("%d row is not as in the index", "%d rows are not as in the index", astray)
    right = _("right") if is_whole else _("the words of the index are damaged")
    yield Fact(
        code="search_rows",
        name=_("Rows that search finds"),
        value=told % astray if astray else right,
        state=State.ORDER if is_whole and not astray else State.BROKEN,
        means=_("Every row is found by its words, and none that is no more."),
        mend=_("Run “sinergia check --figures”."),
    )


def facts_of_figures(*, now: datetime, is_deep: bool) -> Iterator[Fact]:
    """Count every kept figure again; what was wrong is mended and told."""
    mended = recount_organisations()
    told = ngettext(
        "counts of %d organisation were wrong; they are right now.",
        "counts of %d organisations were wrong; they are right now.",
        len(mended),
    )
    yield Fact(
        code="figures",
        name=_("Kept figures"),
        value=told % len(mended) if mended else _("right"),
        state=State.BROKEN if mended else State.ORDER,
    )
    wrong = recount_register()
    told = ngettext(
        "%d count of the register's filters was wrong; it is right now.",
        "%d counts of the register's filters were wrong; they are right now.",
        wrong,
    )
    yield Fact(
        code="register_counts",
        name=_("Numbers beside the register's filters"),
        value=told % wrong if wrong else _("right"),
        state=State.BROKEN if wrong else State.ORDER,
    )
    wrong = mend_search()
    told = ngettext(
        "search knew %d row wrongly; it is right now.",
        "search knew %d rows wrongly; they are right now.",
        wrong,
    )
    yield Fact(
        code="search_words",
        name=_("Words that rows are found by"),
        value=told % wrong if wrong else _("right"),
        state=State.BROKEN if wrong else State.ORDER,
    )


def _triggers(code: str, name: str, missing: list[str]) -> Fact:
    told = _("trigger %s is missing: run “sinergia init --admin EMAIL”.")
    return Fact(
        code=code,
        name=name,
        value=_("missing: %s") % ", ".join(missing) if missing else _("all there"),
        state=State.BROKEN if missing else State.ORDER,
        means=_("The database itself refuses what must not happen."),
        mend=told % ", ".join(missing) if missing else "",
    )


def _damage() -> str:
    """What SQLite finds wrong in its file; PostgreSQL has tools of its own."""
    if connection.vendor != "sqlite":
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            told = [str(row[0]) for row in cursor.fetchall()]
    except OperationalError:  # busy, or not there: nothing is known of the file
        raise
    except DatabaseError as error:
        return str(error)
    return "" if told == ["ok"] else told[0]
