"""Filters of the register that somebody goes back to: named, renamed, let go of."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line
from sinergia.organisations.models import SavedFilter
from sinergia.people.models import Person

MOST_SAVED = 50
LONGEST_QUERY: int = SavedFilter._meta.get_field("query").max_length or 0  # noqa: SLF001  # public in Django


@transaction.atomic
def save_filter(name: str, query: str, *, actor: Person, now: datetime) -> SavedFilter:
    """Keep a filter under a name; the same name again means the new filter.

    query: as the address of the list says it. Raises Refused for no name, for the 51st, and
    for one that is longer than can be kept: cut, it would ask for something else.
    """
    theirs = SavedFilter.objects.select_for_update().filter(person=actor)
    called = _named(name)
    if len(query) > LONGEST_QUERY:
        raise Refused([Gap("filter_too_long", "name")])
    known = next((one for one in theirs if one.name == called), None)
    if known is None and len(theirs) >= MOST_SAVED:
        raise Refused([Gap("filters_too_many", "name")])
    saved, _made = SavedFilter.objects.update_or_create(
        person=actor, name=called, defaults={"query": query, "made_at": now}
    )
    record("filter.saved", about=saved, actor=actor, at=now)
    return saved


@transaction.atomic
def rename_filter(saved: SavedFilter, name: str, *, actor: Person, now: datetime) -> SavedFilter:
    """Call it otherwise. Raises Refused where another of theirs is called so."""
    if saved.person_id != actor.pk:
        raise PermissionDenied
    theirs = SavedFilter.objects.select_for_update().filter(person=actor)
    called = _named(name)
    if any(one.name == called for one in theirs if one.pk != saved.pk):
        raise Refused([Gap("filter_named_so", "name")])
    saved.name = called
    saved.save(update_fields=["name"])
    record("filter.renamed", about=saved, actor=actor, at=now)
    return saved


@transaction.atomic
def remove_filter(saved: SavedFilter, *, actor: Person, now: datetime) -> None:
    """Let go of it; whose it is may."""
    if saved.person_id != actor.pk:
        raise PermissionDenied
    record("filter.removed", about=saved, actor=actor, at=now)
    saved.delete()


def _named(name: str) -> str:
    called = clean_line(name)[:100]
    if not called:
        raise Refused([Gap("name_missing", "name")])
    return called
