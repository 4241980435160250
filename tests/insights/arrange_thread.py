"""A thread with one row of each step."""

import zlib
from dataclasses import dataclass

from sinergia.applications.models import Application, Origin
from sinergia.exchange.models import Commitment, Programme, Visit
from sinergia.insights.thread.queries import Thread, thread_of
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.models import Adoption, Practice, PracticeRevision
from sinergia.projects.models import Project
from tests.arrange import (
    NOON,
    a_consultant,
    a_delegate,
    a_leader,
    a_practice,
    a_region,
    a_visit,
    an_application,
    an_organisation,
)

NOTHING = zlib.compress(b'{"values": {}}')  # texts of a practice in which nothing is written


@dataclass
class World:
    """A thread from a programme to a grant, and who may see what of it."""

    programme: Programme
    visit: Visit
    practice: Practice
    commitment: Commitment
    adoption: Adoption
    project: Project
    application: Application
    leader: Person
    consultant: Person

    def of(self, kind: str, person: Person | None) -> Thread | None:
        return thread_of(kind, getattr(self, kind).key, person)


def a_world() -> World:
    """From a public programme to a grant, all of it told."""
    visit = a_visit("Визит")
    organisation = an_organisation("Завтра у реки", region=visit.from_region)
    leader = a_leader("leader", organisation=organisation)
    consultant = a_consultant("consultant", centre=visit.centre)
    programme = Programme.objects.create(
        centre=visit.centre,
        name_ru="Синергия",
        name_folded="синергия",
        is_public=True,
        made_at=NOON,
    )
    visit.programme = programme
    visit.stage = Visit.Stage.ACCOUNTED
    visit.save()
    type(visit.course).objects.filter(pk=visit.course.pk).update(is_public=True)
    practice = a_practice(organisation=an_organisation("Полтора шага", region=a_region()))
    origin = PracticeRevision.objects.create(
        practice=practice, why="published", content=NOTHING, size=2, by=leader.key, at=NOON
    )
    adoption = Adoption.objects.create(
        practice=practice,
        origin=origin,
        organisation=organisation,
        made_by=leader.key,
        made_at=NOON,
    )
    commitment = Commitment.objects.create(
        visit=visit, delegate=a_delegate(visit=visit), practice=practice, adoption=adoption,
        organisation=organisation, state="project", made_at=NOON, changed_at=NOON,
        ground="Яровая Т. И., 12 марта",
    )  # fmt: skip
    project = a_project_of(organisation, leader, commitment, adoption)
    application = an_application(organisation=organisation)
    Origin.objects.create(
        application=application, project=project, ground="Письмо", by=leader, at=NOON
    )
    return World(
        programme, visit, practice, commitment, adoption, project, application, leader, consultant
    )


def a_project_of(
    organisation: Organisation,
    person: Person,
    commitment: Commitment | None = None,
    adoption: Adoption | None = None,
) -> Project:
    return Project.objects.create(
        organisation=organisation, title="Тайный черновик", commitment=commitment,
        adoption=adoption, made_by=person.key, made_at=NOON, changed_at=NOON,
    )  # fmt: skip
