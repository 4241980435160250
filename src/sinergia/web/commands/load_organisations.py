"""`sinergia load organisations`: the register from the terminal, with progress and a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergia.base.tables.models import Load
from sinergia.base.tables.results import Tally
from sinergia.base.tables.running import ALONE, Told
from sinergia.organisations.actions import loads
from sinergia.organisations.actions.sources import ensure_source, remember_layout
from sinergia.organisations.models import Source
from sinergia.organisations.queries.sources import source_open_to, source_remembered
from sinergia.organisations.reading import (
    OrganisationsFile,
    code_for,
    is_our_table,
    read_organisations,
)
from sinergia.organisations.words.loads import WORDING
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.places.queries import region_by
from sinergia.web.commands.loading import Options, load_rows, run_in_turn
from sinergia.web.commands.terminal import Failure, say


@dataclass(frozen=True)
class Asked:
    """What the command line says of the file. source, region: codes, "" for not said."""

    source: str
    region: str
    is_known_only: bool


def load_organisations(
    path: Path, asked: Asked, mapping: Mapping[str, str], options: Options
) -> int:
    """Load `path`; give the exit code."""

    def try_load(told: Told) -> Tally:
        file = read_organisations(path, mapping)
        code = _code(file, path, asked)
        source = source_open_to(None, code) or Source(code=code, name=path.name)
        return loads.try_load(file, _wanted(source, asked), told=told)

    def load(told: Told) -> Load:
        file = read_organisations(path, mapping)
        me, now = command_person(timezone.now()), timezone.now()
        source = _source(file, path, asked, actor=me, now=now)
        if not options.is_quiet:
            say(_("Source: %s") % source.code)
        offered = loads.offer_file(
            path,
            _wanted(source, asked),
            file_name=path.name,
            mapping=mapping,
            actor=me,
            now=now,
        )
        return run_in_turn(
            offered,
            lambda: loads.run_load(offered, file, actor=me, pace=ALONE, told=told),
            is_quiet=options.is_quiet,
        )

    return load_rows(path, WORDING, options, try_load=try_load, load=load)


def _source(
    file: OrganisationsFile, path: Path, asked: Asked, *, actor: Person, now: datetime
) -> Source:
    """The source of a file, from now on that of every file with its headings."""
    source = ensure_source(_code(file, path, asked), name=path.name, actor=actor, now=now)
    if source.centre_id is not None:
        told = _("The source “%s” is a centre’s: its people load it on the page of loads.")
        raise Failure(told % source.code)
    if not is_our_table(file.opened.headings.labels):
        remember_layout(source, file.headings, actor=actor)
    return source


def _code(file: OrganisationsFile, path: Path, asked: Asked) -> str:
    """The source that was named; else the one whose files look so; else a new one."""
    if asked.source:
        return asked.source
    if is_our_table(file.opened.headings.labels):
        raise Failure(_("It is our own table: say with --source where its list comes from."))
    known = source_remembered(None, file.headings)
    return known.code if known is not None else code_for(path.name, file.headings)


def _wanted(source: Source, asked: Asked) -> loads.Wanted:
    region = region_by(asked.region) if asked.region else None
    if asked.region and region is None:
        raise Failure(_("There is no region “%s” here.") % asked.region[:60])
    return loads.Wanted(source, is_known_only=asked.is_known_only, region=region)
