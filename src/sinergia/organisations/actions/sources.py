"""Where the register's words come from."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.organisations.access import may_load_for
from sinergia.organisations.models import Centre, Source, SourceLayout
from sinergia.organisations.queries.sources import (
    source_open_to,
    source_remembered,
    sources_open_to,
)
from sinergia.people.models import Person


@dataclass(frozen=True)
class FromFile:
    """What a file says of where it comes from.

    name: the file's; code: how a source that nobody named would be called; headings: digest of
    its labels, "" where they are those of our own table, which anybody fills in.
    """

    name: str
    code: str
    headings: str


@transaction.atomic
def find_source(
    told: FromFile, *, chosen: str, named: str, centre: Centre | None, actor: Person, now: datetime
) -> Source:
    """Find the source of a file: the chosen one, the named one, else by headings, else a new one.

    Files of the centre with these headings are its from now on. Raises Refused where nothing
    says where the file comes from.
    """
    source = source_open_to(centre, chosen) if chosen else None
    if source is None and named:
        source = _called(named, centre)
    elif source is None and told.headings:
        source = source_remembered(centre, told.headings)
    if source is None and not (named or told.headings):
        raise Refused([Gap("source_unnamed", "new_source")])
    if source is None:
        name, code = named or told.name, _free_code(told.code)
        source = ensure_source(code, name=name, centre=centre, actor=actor, now=now)
    if told.headings:
        remember_layout(source, told.headings, centre=centre, actor=actor)
    return source


@transaction.atomic
def ensure_source(
    code: str, *, name: str, actor: Person, now: datetime, centre: Centre | None = None
) -> Source:
    """Find the source of this code, or note a new one: of a centre, else of everybody."""
    if not may_load_for(actor, centre):
        raise PermissionDenied
    named = {"name": clean_line(name)[:200], "centre": centre}
    source, is_new = Source.objects.get_or_create(code=code, defaults=named)
    if is_new:
        record("source.noted", about=source, actor=actor, at=now)
    return source


@transaction.atomic
def remember_layout(
    source: Source, headings: str, *, actor: Person, centre: Centre | None = None
) -> None:
    """Know a centre's files with these headings as this source's, until somebody says otherwise."""
    if not may_load_for(actor, centre):
        raise PermissionDenied
    SourceLayout.objects.update_or_create(
        headings=headings, centre=centre, defaults={"source": source}
    )


def _called(name: str, centre: Centre | None) -> Source | None:
    """The source of this name, however it is spaced and written."""
    wanted = fold(clean_line(name))
    known = sources_open_to(centre).order_by("pk")
    return next((one for one in known if fold(one.name) == wanted), None)


def _free_code(code: str) -> str:
    """The code; where another source has it, with a number behind it."""
    taken = set(Source.objects.filter(code__startswith=code).values_list("code", flat=True))
    numbered = (f"{code}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (code, *numbered) if one not in taken)
