"""Whose rows the matrix asks for: two regions, two centres, one organisation, one person a role."""

from dataclasses import dataclass

from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.models import Region
from tests.arrange import a_person, a_region, an_administrator, an_organisation


@dataclass(frozen=True)
class World:
    """What all samples hang on. people: role to who has it and no other."""

    region: Region
    organisation: Organisation
    people: dict[str, Person]


def a_world() -> World:
    """Make it; valid with the fewest words."""
    region = a_region()
    organisation = an_organisation(region=region)
    people = {
        role: a_person(role)
        for role in (
            "person",
            "leader",
            "editor",
            "outsider",
            "consultant",
            "head",
            "neighbour",
            "official",
        )
    }
    people["administrator"] = an_administrator()
    return World(region=region, organisation=organisation, people=people)
