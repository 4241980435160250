"""What pages of a project have in common."""

from uuid import UUID

from django.http import Http404

from sinergia.people.http import SignedInRequest
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import projects_of


def project_of(request: SignedInRequest, key: UUID) -> Project:
    """A project that whoever asks may read and write; hidden and missing look alike."""
    found = projects_of(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found
