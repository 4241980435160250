"""Practices that are ready to be sent, and those that were published, with the fewest words."""

from collections.abc import Mapping
from uuid import uuid4

from sinergia.base.drafts.actions import Save
from sinergia.engine.practice import PRACTICE
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.actions.publishing import Published, publish_practice
from sinergia.practices.actions.saving import save_fields
from sinergia.practices.actions.sending import send_practice
from sinergia.practices.actions.starting import Begun, begin_practice
from sinergia.practices.models import Practice, PracticeRevision
from tests.arrange import NOON, a_theme

CARD = {
    "essence": "Реабилитолог приезжает в сёла, где его нет.",
    "audiences/aaaaaa/who": "special-children",
    "problem": "До ближайшего специалиста 80 км.",
    "actions": "Два раза в месяц выездная бригада занимается с семьями дома.",
    "result": "46 семей занимаются сами.",
}


def write(practice: Practice, texts: Mapping[str, str], *, actor: Person) -> None:
    """Put texts into a practice, over what stood there."""
    versions = dict(practice.texts.values_list("path", "version"))
    parsed = [(PRACTICE.parse(path), path, text) for path, text in texts.items()]
    saves = [
        Save(path, text, versions.get(name, 0)) for path, name, text in parsed if path is not None
    ]
    assert len(saves) == len(texts)
    save_fields(practice, saves, actor=actor, now=NOON)


def a_begun_practice(
    title: str = "Домашний маршрут", *, organisation: Organisation, actor: Person
) -> Practice:
    """A practice of which the title alone is known."""
    return begin_practice(
        organisation, Begun(title, uuid4(), told_by="Яровая Т. И."), actor=actor, now=NOON
    )


def a_ready_practice(
    title: str = "Домашний маршрут",
    *,
    organisation: Organisation,
    actor: Person,
    texts: dict[str, str] | None = None,
) -> Practice:
    """A practice whose card is whole."""
    practice = a_begun_practice(title, organisation=organisation, actor=actor)
    theme = practice.region.themes.first() if practice.region is not None else None
    theme = theme or a_theme(region=practice.region)
    write(practice, CARD | {"theme": str(theme.key)} | (texts or {}), actor=actor)
    return practice


def publish(
    practice: Practice, *, author: Person, consultant: Person, said: Published | None = None
) -> PracticeRevision:
    """Send a practice and have it published."""
    check = send_practice(practice, actor=author, now=NOON)
    return publish_practice(
        practice, check.sent.key, said or Published(), actor=consultant, now=NOON
    )
