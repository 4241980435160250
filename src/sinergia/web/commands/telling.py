"""Telling the demo's story to an empty installation, step by step, through its own actions."""

import json
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.utils import timezone

from sinergia.applications.actions import loads
from sinergia.applications.actions.words import map_statuses
from sinergia.applications.queries.words import status_words
from sinergia.applications.reading import read_grants
from sinergia.base.bulk import look_again
from sinergia.base.journal.actions import seal_all
from sinergia.calls.actions import describe_fund, ensure_fund, map_directions
from sinergia.calls.queries import mapped_directions
from sinergia.engine.refusal import Refused
from sinergia.engine.text import fold
from sinergia.people.actions import command_person, invent_person
from sinergia.people.models import Person
from sinergia.places import actions as places
from sinergia.places.queries import region_by, themes_of
from sinergia.places.reading import (
    read_indicators,
    read_municipalities,
    read_outlines,
    read_regions,
)
from sinergia.web.commands.adopting import take_practices_home
from sinergia.web.commands.asking import ask_about_contests
from sinergia.web.commands.beside import read_drafts
from sinergia.web.commands.deciding import decide_former
from sinergia.web.commands.drafting import write_projects
from sinergia.web.commands.elsewhere import take_over_list
from sinergia.web.commands.furnishing import furnish
from sinergia.web.commands.granting import tell_visited
from sinergia.web.commands.helping import give_help
from sinergia.web.commands.holding import hold_contests
from sinergia.web.commands.intake import intake_steps
from sinergia.web.commands.joining import tell_joining
from sinergia.web.commands.listing import load_list, map_works, told_region, write_csv
from sinergia.web.commands.practising import tell_practices
from sinergia.web.commands.reviewing import begin, mend, score, seat
from sinergia.web.commands.teaching import hold_trainings
from sinergia.web.commands.visiting import go_visiting
from sinergia.web.commands.winners import keep_winners
from sinergia.web.commands.writing import write_to_many
from sinergia.web.demo.rows import columns_of
from sinergia.web.demo.story import Demo

Step = Callable[[], object]
TOLD = "told"  # stands in the mark once every step was taken


def steps_of(demo: Demo, *, now: datetime) -> list[Step]:
    """Every step of the story in its order; each may be taken again and changes nothing then."""
    me = command_person(now)
    funds = [fund.code for fund in demo.funds]
    return [
        partial(_load_places, demo, me),
        partial(_draw_maps, demo, me),
        partial(_name_funds, demo, me),
        partial(_name_themes, demo, me),
        *(partial(_load_grants, demo, code, me) for code in funds),
        partial(_map_statuses, demo, me),
        partial(_map_themes, demo, me),
        partial(_invite, demo, me),
        partial(furnish, demo, me),
        *(partial(load_list, demo, region.code) for region in demo.regions),
        *(partial(map_works, region.code, me) for region in demo.regions),
        write_to_many,
        hold_contests,
        ask_about_contests,
        hold_trainings,
        write_projects,
        read_drafts,
        partial(tell_practices, demo, me),
        take_practices_home,
        *intake_steps(demo, me),
        partial(take_over_list, demo),
        *(partial(step, demo, me) for step in (begin, score, mend, seat)),
        partial(decide_former, demo, me),
        keep_winners,
        tell_joining,
        partial(go_visiting, demo, me),
        tell_visited,
        partial(give_help, demo),
        lambda: seal_all(now=timezone.now()),
        look_again,
    ]


def was_begun() -> bool:
    """Whether a demo was begun here and broken off."""
    return _mark().exists()


def was_told() -> bool:
    """Whether the story was told here to its end."""
    mark = _mark()
    return mark.exists() and mark.read_text(encoding="utf-8") == TOLD


def note_told() -> None:
    """Note that it was: people are there long before its end, and mean nothing."""
    _mark().write_text(TOLD, encoding="utf-8")


def _mark() -> Path:
    return Path(settings.MEDIA_ROOT).parent / "demo"


def forget_demo() -> None:
    """Throw the demo of this data folder away; whatever is no demo's stays."""
    folder = Path(settings.MEDIA_ROOT).parent
    if not was_begun():
        return
    connections.close_all()
    for path in folder.glob("sinergia.sqlite3*"):
        path.unlink()
    for made in (Path(settings.MEDIA_ROOT), folder / "letters"):
        shutil.rmtree(made, ignore_errors=True)
    (folder / "demo").unlink()


def _load_places(demo: Demo, me: Person) -> None:
    _mark().touch()
    now = timezone.now()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        regions = read_regions(write_csv(path, map(columns_of, demo.regions)))
        places.load_regions(regions, actor=me, now=now, is_dry_run=False)
        towns = read_municipalities(write_csv(path, map(columns_of, demo.municipalities)))
        places.load_municipalities(towns, actor=me, now=now, is_dry_run=False)
        values = read_indicators(write_csv(path, map(columns_of, demo.indicators)))
        places.load_indicators(values, actor=me, now=now, is_dry_run=False)


def _draw_maps(demo: Demo, me: Person) -> None:
    for collection in (demo.geometry.regions, *demo.geometry.municipalities.values()):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "demo.geojson"
            path.write_text(json.dumps(collection), encoding="utf-8")
            places.load_outlines(
                read_outlines(path), actor=me, now=timezone.now(), is_dry_run=False
            )


def _name_funds(demo: Demo, me: Person) -> None:
    for row in demo.funds:
        now = timezone.now()
        describe_fund(
            ensure_fund(row.code, actor=me, now=now),
            name_ru=row.name_ru,
            name_en=row.name_en,
            currency="RUB",
            region=region_by(row.region) if row.region else None,
            actor=me,
            now=now,
        )


def _name_themes(demo: Demo, me: Person) -> None:
    for row in demo.themes:
        region = told_region(row.region)
        try:
            places.add_theme(region, row.name_ru, name_en=row.name_en, actor=me, now=timezone.now())
        except Refused:  # it is there since the story was broken off
            continue


def _load_grants(demo: Demo, code: str, me: Person) -> None:
    fund = ensure_fund(code, actor=me, now=timezone.now())
    with tempfile.TemporaryDirectory() as folder:
        columns = (row.columns() for row in demo.grants_of(code))
        path = write_csv(Path(folder) / f"{code.lower()}.csv", columns)
        table = read_grants(path, {}, fund.currency)
        load = loads.offer_grants(
            path, code, file_name=path.name, mapping={}, actor=me, now=timezone.now()
        )
        loads.run_load(load, table.rows, actor=me, pace=loads.ALONE)


def _map_statuses(demo: Demo, me: Person) -> None:
    meant = {(row.fund, fold(row.status)): row.outcome for row in demo.statuses}
    words = status_words(only_unknown=True)
    meanings = {
        word.key: meant[word.fund.code, word.word_folded]
        for word in words
        if (word.fund.code, word.word_folded) in meant
    }
    map_statuses(meanings, actor=me, now=timezone.now())


def _map_themes(demo: Demo, me: Person) -> None:
    names = {(row.region, row.code): row.name_ru for row in demo.themes}
    meant = {
        (row.region, row.fund, fold(row.direction)): names[row.region, row.theme]
        for row in demo.theme_mappings
    }
    for code in {row.region for row in demo.theme_mappings}:
        region = told_region(code)
        themes = {theme.name_ru: theme.key for theme in themes_of(region)}
        directions = [one.direction for one in mapped_directions(region)]
        meanings: dict[UUID, UUID | None] = {
            one.key: themes[meant[code, one.fund.code, one.name_folded]]
            for one in directions
            if (code, one.fund.code, one.name_folded) in meant
        }
        map_directions(region, meanings, actor=me, now=timezone.now())


def _invite(demo: Demo, me: Person) -> None:
    for row in demo.people:
        is_administrator = row.role == "administrator"
        invent_person(
            row.email,
            row.name,
            is_administrator=is_administrator,
            actor=me,
            now=timezone.now(),
        )
