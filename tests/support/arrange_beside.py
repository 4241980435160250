"""Texts of a project, typed by one of its people."""

from collections.abc import Mapping

from sinergia.base.drafts.actions import Save
from sinergia.engine.project import parse_path
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.models import Project
from tests.arrange import NOON


def typed(project: Project, actor: Person, texts: Mapping[str, str]) -> None:
    """Save texts upon what stands there."""
    versions = dict(project.fields.values_list("path", "version"))
    parsed = ((parse_path(path), text) for path, text in texts.items())
    saves = [Save(path, text, versions.get(str(path), 0)) for path, text in parsed if path]
    save_fields(project, saves, actor=actor, now=NOON)
