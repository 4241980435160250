"""Practices as the catalogue has them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sinergia.base.drafts.actions import keep_picture
from sinergia.organisations.models import Organisation
from sinergia.places.models import Theme
from sinergia.practices.actions.indexing import index_practice
from sinergia.practices.models import Practice, PracticeAudience, PracticeRevision, PracticeText
from tests.arrange import NOON, a_practice

SAID = {
    "essence": "Реабилитолог приезжает к семьям в сёла.",
    "problem": "В сёлах нет своего специалиста.",
    "actions": "Выездные занятия раз в неделю.",
    "audiences/aaaaaa/who": "families",
    "steps/aaaaaa/what": "Собрать заявки семей",
    "steps/bbbbbb/what": "Провести занятия",
    "steps/bbbbbb/who": "реабилитолог",
    "results/aaaaaa/what": "Семьи занимаются дома",
    "results/aaaaaa/number": "46",
    "results/aaaaaa/how": "Анкета до и после",
    "resources/aaaaaa/what": "Бензин",
    "resources/aaaaaa/quantity": "40",
    "resources/aaaaaa/cost": "1500",
}


def published(
    title: str = "Домашний маршрут",
    *,
    organisation: Organisation | None = None,
    theme: Theme | None = None,
    audiences: Sequence[str] = ("families",),
    texts: dict[str, str] | None = None,
    **columns: object,
) -> Practice:
    """A practice that stands in the catalogue with its published text, found by its words."""
    practice = a_practice(title, organisation=organisation)
    practice.theme, practice.essence = theme, SAID["essence"]
    for name, value in columns.items():
        setattr(practice, name, value)
    practice.save()
    PracticeAudience.objects.bulk_create(
        PracticeAudience(practice=practice, code=code) for code in audiences
    )
    write(practice, {"title": title, **(SAID if texts is None else texts)})
    index_practice(practice)
    return practice


def write(practice: Practice, texts: dict[str, str], *, at: datetime = NOON) -> PracticeRevision:
    """Write texts and publish them as they stand."""
    by = uuid4()
    practice.texts.all().delete()
    PracticeText.objects.bulk_create(
        PracticeText(practice=practice, path=path, value=text, version=1, by=by, at=at)
        for path, text in texts.items()
    )
    made, _is_new = keep_picture(
        practice.texts, practice.revisions, schema="practice/1", why="published", by=by, now=at
    )
    assert isinstance(made, PracticeRevision)
    return made
