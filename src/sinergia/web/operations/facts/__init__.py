"""How the installation stands, part by part: for the status page and for `sinergia check`."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from django.utils.translation import pgettext

from sinergia.web.operations.facts.backups import facts_of_backups
from sinergia.web.operations.facts.errands import facts_of_errands
from sinergia.web.operations.facts.fact import Fact, Part, State
from sinergia.web.operations.facts.files import facts_of_files
from sinergia.web.operations.facts.frozen import facts_of_frozen
from sinergia.web.operations.facts.machine import facts_of_configuration, facts_of_disk
from sinergia.web.operations.facts.messages import facts_of_letters, facts_of_loads
from sinergia.web.operations.facts.rows import (
    facts_of_database,
    facts_of_figures,
    facts_of_journal,
    facts_of_search,
)

__all__ = ["Fact", "Part", "State", "parts_of_now"]

Looker = Callable[..., Iterator[Fact]]


def parts_of_now(
    *,
    now: datetime,
    is_deep: bool = False,
    with_figures: bool = False,
    with_files: bool = False,
    root: str = "",
) -> Iterator[Part]:
    """Look at one part after another.

    is_deep: walk the whole database file, the journal, everything frozen; minutes on a large one.
    with_files: read every kept file from the store, too.
    with_figures: count every kept figure again, and mend what is wrong.
    root: of the journal, noted down before; "" where none was.
    """
    looked: list[tuple[str, str, Looker]] = [
        ("configuration", pgettext("checked part", "configuration"), facts_of_configuration),
        ("database", pgettext("checked part", "database"), facts_of_database),
        ("journal", pgettext("checked part", "journal"), partial(facts_of_journal, root=root)),
        ("search", pgettext("checked part", "search"), facts_of_search),
        ("errands", pgettext("checked part", "errands"), facts_of_errands),
        ("letters", pgettext("checked part", "letters"), facts_of_letters),
        ("loads", pgettext("checked part", "loads"), facts_of_loads),
        ("backup", pgettext("checked part", "backup"), facts_of_backups),
        ("disk", pgettext("checked part", "disk"), facts_of_disk),
    ]
    if is_deep:
        looked.append(
            ("frozen", pgettext("checked part", "rules and applications"), facts_of_frozen)
        )
    if with_figures:
        looked.append(("figures", pgettext("checked part", "figures"), facts_of_figures))
    if with_files:
        looked.append(("files", pgettext("checked part", "files"), facts_of_files))
    for code, name, facts_of in looked:
        yield Part(code, name, list(facts_of(now=now, is_deep=is_deep)))
