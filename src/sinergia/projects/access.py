"""Who may see and write projects. Person first, thing second."""

from sinergia.organisations.access import acts_for, may_serve, may_speak_for
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.projects.models import Project


def may_begin(person: Person, organisation: Organisation) -> bool:
    """Its own people; the centre of its region from the applicant's words."""
    return acts_for(person, organisation) or may_serve(person, organisation)


def may_write(person: Person, project: Project) -> bool:
    """The organisation's own people; the centre of its region where the project is shared."""
    if acts_for(person, project.organisation):
        return True
    return project.is_shared and may_serve(person, project.organisation)


def may_share(person: Person, project: Project) -> bool:
    """Whether the centre reads along is said by the organisation's own people."""
    return acts_for(person, project.organisation)


def may_submit(person: Person, project: Project) -> bool:
    """Leaders alone hand in."""
    return may_speak_for(person, project.organisation)
