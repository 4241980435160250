"""The demo's register brought up to date: each centre loads what its ministry sent."""

import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from sinergia.base.tables.running import ALONE
from sinergia.organisations.actions.fields import map_fields
from sinergia.organisations.actions.loads import Wanted, offer_file, run_load
from sinergia.organisations.actions.sources import ensure_source, remember_layout
from sinergia.organisations.models import Centre
from sinergia.organisations.queries.fields import mapped_fields
from sinergia.organisations.queries.roles import capacities_of, centre_of
from sinergia.organisations.reading import read_organisations
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.places.models import Region
from sinergia.places.queries import region_by, themes_of
from sinergia.web.demo import stock
from sinergia.web.demo.story import Demo

HEAD = "head"


def load_list(demo: Demo, code: str) -> None:
    """Have the head of a region's centre load the ministry's list; again it changes nothing."""
    head, centre = _head_of(demo, code)
    with tempfile.TemporaryDirectory() as folder:
        rows = (row.columns(code) for row in demo.list_of(code))
        path = write_csv(Path(folder) / f"nko-{code.lower()}.csv", rows)
        file, now = read_organisations(path, {}), timezone.now()
        name, told = stock.ministry().sources[code], f"ministry-{code.lower()}"
        source = ensure_source(told, name=name, centre=centre, actor=head, now=now)
        remember_layout(source, file.headings, centre=centre, actor=head)
        wanted = Wanted(source, centre, region=told_region(code))
        load = offer_file(path, wanted, file_name=path.name, mapping={}, actor=head, now=now)
        run_load(load, file, actor=head, pace=ALONE)


def map_works(code: str, me: Person) -> None:
    """Say which of a region's themes the list's fields of work belong to."""
    region, words = told_region(code), stock.themes()[code]
    works = {word: stock.fields()[field] for field, word in stock.ministry().works.items()}
    names = {theme: name for theme, name, _ in words.themes}
    keys = {theme.name_ru: theme.key for theme in themes_of(region)}
    meanings: dict[UUID, UUID | None] = {
        one.field.key: keys[names[words.national[works[one.field.name].direction - 1]]]
        for one in mapped_fields(region)
    }
    map_fields(region, meanings, actor=me, now=timezone.now())


def write_csv(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """Write rows under their own headings, as an operator's file would hold them."""
    given: Sequence[Mapping[str, object]] = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(given[0]))
        writer.writeheader()
        writer.writerows(given)
    return path


def told_region(code: str) -> Region:
    """A region of the story, loaded by its first step."""
    region = region_by(code)
    if region is None:
        raise LookupError(code)
    return region


def _head_of(demo: Demo, code: str) -> tuple[Person, Centre]:
    email = next(row.email for row in demo.people if (row.role, row.region) == (HEAD, code))
    head = invented_people().get(email=email)
    return head, next(centre_of(one) for one in capacities_of(head) if one.is_staff)
