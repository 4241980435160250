"""A practice of others, and who applies it at home."""

from uuid import uuid4

from sinergia.base.drafts.actions import Save
from sinergia.engine.project import parse_path
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.actions.adopting import Intent, intend
from sinergia.practices.models import Adoption, Practice
from sinergia.projects.actions.adopting import (
    Draft,
    apply_at_home,
)
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.models import Project
from tests.arrange import (
    NOON,
)
from tests.practices.arrange import write


def someone(name: str) -> Person:
    return Person.objects.get(name=name)


def upper(text: str) -> str:
    return f"«{text}»"


def applied(practice: Practice, adopters: Organisation, **given: str) -> tuple[Adoption, Project]:
    draft = Draft(uuid4(), upper, help=given.pop("help", ""))
    intent = Intent(way=given.get("way", "alone"))
    told = apply_at_home(practice, adopters, intent, draft, actor=someone("adopter"), now=NOON)
    assert told[1] is not None
    return told[0], told[1]


def typed(project: Project, path: str, text: str) -> None:
    parsed = parse_path(path)
    assert parsed is not None
    there = project.fields.filter(path=path).first()
    save = Save(parsed, text, there.version if there else 0)
    save_fields(project, [save], actor=someone("adopter"), now=NOON)


def intend_by_authors(grown: Practice, practice: Practice) -> Adoption:
    """The authors take home what grew from their own practice."""
    write(grown, {"title": "Выросла"})
    Practice.objects.filter(pk=grown.pk).update(stage="published", published_at=NOON)
    authors = practice.organisation
    assert authors is not None
    return intend(grown, authors, Intent(), actor=someone("author"), now=NOON)
