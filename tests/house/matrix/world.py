"""Whose rows the matrix asks for: two regions, two centres, one organisation, one person a role."""

from dataclasses import dataclass

from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.places.models import Region
from tests.arrange import (
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_region,
    an_administrator,
    an_official,
    an_organisation,
)


@dataclass(frozen=True)
class World:
    """What all samples hang on. people: role to who has it and no other."""

    region: Region
    centre: Centre
    other_centre: Centre
    organisation: Organisation
    people: dict[str, Person]


def a_world() -> World:
    """Make it; valid with the fewest words."""
    region, next_door = a_region(), a_region("XB-YAR", "Ярогорский край")
    centre = a_centre("Центр А", region=region)
    other_centre = a_centre("Центр Б", region=next_door)
    organisation = an_organisation(region=region)
    people = {
        "person": a_person("person"),
        "leader": a_leader("leader", organisation=organisation),
        "editor": a_leader("editor", organisation=organisation, role="editor"),
        "outsider": a_leader("outsider", organisation=an_organisation("Чужие", region=region)),
        "consultant": a_consultant("consultant", centre=centre),
        "head": a_consultant("head", centre=centre, role="head"),
        "neighbour": a_consultant("neighbour", centre=other_centre),
        "official": an_official("official", region=region),
        "administrator": an_administrator("administrator"),
    }
    return World(region, centre, other_centre, organisation, people)
