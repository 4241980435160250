"""What pages of a project have in common."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404

from sinergia.engine.project import Path, parse_path
from sinergia.people.http import SignedInRequest
from sinergia.projects.models import Project
from sinergia.projects.queries.projects import projects_of


def project_of(request: SignedInRequest, key: UUID) -> Project:
    """A project that whoever asks may read and write; hidden and missing look alike."""
    found = projects_of(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def typed_in(data: Mapping[str, str]) -> dict[Path, str]:
    """What a form brings for the fields of a project, by path; anything else is left out."""
    given = ((parse_path(name), text) for name, text in data.items())
    return {path: text for path, text in given if path is not None}
