"""Who is told what becomes of a practice that was taken home."""

from datetime import datetime

from django.urls import reverse

from sinergia.notices.actions import tell
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.roles import staff_serving
from sinergia.people.models import Person
from sinergia.practices.models import Adoption
from sinergia.practices.queries.adoptions import people_told


def tell_authors(
    adoption: Adoption, code: str, *, actor: Person, now: datetime, and_centres: bool = False
) -> None:
    """Tell the authors; and_centres: the consultants of both sides as well."""
    authors = adoption.practice.organisation
    people = {one.pk: one for one in people_told(authors)} if authors is not None else {}
    if and_centres:
        sides = [one for one in (authors, adoption.organisation) if one is not None]
        people |= {one.pk: one for side in sides for one in staff_serving(side)}
    _tell(adoption, list(people.values()), code, actor=actor, now=now)


def tell_side(
    adoption: Adoption, side: Organisation, code: str, *, actor: Person, now: datetime
) -> None:
    """Tell the people of one side."""
    _tell(adoption, people_told(side), code, actor=actor, now=now)


def _tell(
    adoption: Adoption, people: list[Person], code: str, *, actor: Person, now: datetime
) -> None:
    for person in people:
        if person.pk != actor.pk:
            tell(
                person,
                code,
                now=now,
                about=adoption,
                url=reverse("projects:adoption", args=[adoption.key]),
                practice=adoption.practice.title,
                organisation=adoption.organisation.name,
            )
