"""Of which project an application is: by its submission here, or by somebody's word."""

from django.db.models import QuerySet

from sinergia.applications.models import Application, Origin
from sinergia.people.models import Person
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import projects_of

MOST = 200  # projects of one organisation to choose from, the latest first


def is_handed_in_here(application: Application) -> bool:
    """Whether its submission says of which project it is."""
    return hasattr(application, "submission")


def origin_of(application: Application) -> Origin | None:
    """What a person has said."""
    found: Origin | None = getattr(application, "origin", None)
    return found


def projects_to_name(person: Person, application: Application) -> QuerySet[Project]:
    """Projects of its organisation that a person may see, the latest first."""
    rows = projects_of(person).filter(organisation=application.organisation)
    return rows.order_by("-changed_at", "-pk")[:MOST]
