"""Projects of the demo's people, written through the same saves as on the site."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from sinergia.base.drafts.actions import Save
from sinergia.calls.models import Contest
from sinergia.engine.drafts import Path
from sinergia.engine.project import parse_path
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.roles import organisations_of
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.actions.starting import Begun, begin_project
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import contests_for, projects_of
from sinergia.web.demo import stock

DAYS = ("starts_on", "ends_on")


def write_projects() -> None:
    """Begin and fill them; taken again, what is there stays as it is."""
    people = {person.email: person for person in invented_people()}
    for told in stock.drafts():
        person = people.get(told["who"])
        if person is not None:
            _write(person, told, now=timezone.now())


def write_project(
    organisation: Organisation,
    contest: Contest | None,
    told: Mapping[str, Any],
    *,
    key: UUID,
    by: Person,
    now: datetime,
) -> Project:
    """Begin a project and fill it; what is there already stays as it is."""
    project = begin_project(organisation, Begun("", key, contest), actor=by, now=now)
    saves = [Save(path, text, 0) for path, text in texts_of(told, contest)]
    save_fields(project, saves, actor=by, now=now)
    return project


def _write(person: Person, told: Mapping[str, Any], *, now: datetime) -> None:
    organisation = organisations_of(person).first()
    key = uuid5(NAMESPACE_URL, f"demo {told['who']} {told['texts']['title']}")
    if organisation is None or projects_of(person).filter(key=key).exists():
        return
    contest = _contest(person, told["region"], now=now)
    write_project(organisation, contest, told, key=key, by=person, now=now)


def _contest(person: Person, region: str, *, now: datetime) -> Contest | None:
    """The contest of a region that is open now; none for a project of no contest."""
    rows = contests_for(person, now=now).filter(centre__regions__region__code=region)
    return rows.first()


def texts_of(told: Mapping[str, Any], contest: Contest | None) -> Iterator[tuple[Path, str]]:
    """Texts by path, with days counted from the first one on which projects may begin."""
    first = contest.project_from if contest is not None else None
    given: dict[str, str] = dict(told["texts"])
    if first is not None:
        given |= dict(zip(DAYS, _days(first, told["begins"], told["ends"]), strict=True))
    for field, row, cells in told["rows"]:
        shown = {name: text for name, text in cells.items() if name not in ("starts", "ends")}
        if first is not None and "starts" in cells:
            days = _days(first, cells["starts"], cells["ends"])
            shown |= dict(zip(DAYS, days, strict=True))
        given |= {f"{field}/{row}/{name}": text for name, text in shown.items()}
    for name, text in given.items():
        path = parse_path(name)
        if path is None:
            raise KeyError(name)
        yield path, text


def _days(first: date, begins: int, ends: int) -> list[str]:
    return [(first + timedelta(days=days)).isoformat() for days in (begins, ends)]
