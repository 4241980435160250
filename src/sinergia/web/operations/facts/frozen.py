"""Whether rules of contests and applications are what their checksums say."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.applications.models import Submission
from sinergia.applications.queries.submissions import handed_in_rows, read_frozen
from sinergia.calls.models import ContestRules
from sinergia.calls.queries.contests import all_rules, rules_kept
from sinergia.engine.project import Broken
from sinergia.web.operations.facts.fact import Fact, State

Row = TypeVar("Row", ContestRules, Submission)


def facts_of_frozen(*, now: datetime, is_deep: bool) -> Iterator[Fact]:
    """Read each of them; what was changed in the database is named."""
    rules = _changed(all_rules(), rules_kept)
    yield _fact("rules", _("Rules of contests"), [_version(one) for one in rules])
    documents = _changed(handed_in_rows(), read_frozen)
    yield _fact("documents", _("Applications as handed in"), [str(one) for one in documents])


def _changed(rows: Iterable[Row], read: Callable[[Row], object]) -> list[Row]:
    found = []
    for row in rows:
        try:
            read(row)
        except Broken:
            found.append(row)
    return found


def _version(row: ContestRules) -> str:
    return f"{row.contest.call.name}, " + _("version %(number)s") % {"number": row.version}


def _fact(code: str, name: str, changed: list[str]) -> Fact:
    told = ngettext("%d was changed", "%d were changed", len(changed)) % len(changed)
    return Fact(
        code=code,
        name=name,
        value=f"{told}: " + "; ".join(changed[:10]) if changed else _("as their checksums say"),
        state=State.BROKEN if changed else State.ORDER,
        means=_("What is frozen is changed by nobody, in the database neither."),
        mend=_("Compare it with a backup; nothing is decided by what was changed."),
    )
