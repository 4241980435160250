"""A project told as a practice: what it has said already is not asked again."""

import re
from collections.abc import Iterator
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.engine.drafts import Row
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.shown import amount_of
from sinergia.engine.text import fold
from sinergia.packs.practices import lists
from sinergia.packs.practices.fields import LONGEST
from sinergia.people.models import Person
from sinergia.practices.actions.adopting import grow_practice
from sinergia.practices.actions.starting import Begun, begin_practice
from sinergia.practices.models import Practice
from sinergia.practices.queries.practices import practice_by
from sinergia.projects.access import may_write
from sinergia.projects.models import Project
from sinergia.projects.queries.writing import Written, written

# A capital after it, and no abbreviation before: neither "г. Рудный Лог" nor "Петров И. С.".
END_OF_SENTENCE = re.compile(r"(?<=[\w»)]{3}[.!?…])\s(?=[«\"]?[A-ZА-ЯЁ])")


@transaction.atomic
def make_practice(project: Project, *, told_by: str = "", actor: Person, now: datetime) -> Practice:
    """Begin a practice with the texts of a project; pressed twice it is begun once.

    The project stays as it is; where it does a practice that was taken home, the new one grew from
    that. Raises Refused as beginning a practice does, and where it was put away meanwhile.
    """
    if project.removed_at is not None or not may_write(actor, project):
        raise PermissionDenied
    given = Begun(
        title=project.title,
        key=uuid5(NAMESPACE_URL, f"practice of project {project.key}"),
        told_by=told_by or project.told_by,
        texts=dict(texts_for_practice(written(project))),
        source=f"project:{project.key}",
    )
    told = practice_by(str(given.key))
    if told is not None and told.removed_at is not None:
        raise Refused([Gap("practice_put_away")])
    made = begin_practice(project.organisation, given, actor=actor, now=now)
    if project.adoption is not None and told is None:
        grow_practice(made, project.adoption, actor=actor, now=now)
    return made


def texts_for_practice(told: Written) -> Iterator[tuple[str, str]]:
    """What a project says of a practice, by the practice's paths; empty texts are left out."""
    texts, rows = told.document.texts, told.document.rows
    yield "essence", first_sentence(texts.get("summary", ""))
    yield "problem", texts.get("problem", "")
    yield "actions", texts.get("summary", "")
    yield "result", _result(rows["results"], texts.get("qualitative", ""))
    yield "effect", texts.get("qualitative", "")
    for row in rows["results"]:
        yield f"results/{row.id}/what", row.texts.get("what", "")
        yield f"results/{row.id}/number", row.texts.get("number", "")
        yield f"results/{row.id}/how", row.texts.get("proof", "")
    for row in rows["tasks"]:
        yield f"steps/{row.id}/what", row.texts.get("text", "")
    for row in rows["target_groups"]:
        yield f"audiences/{row.id}/who", _audience(row.texts.get("text", ""))
    if told.document.total_minor:
        yield "cost_start", f"{amount_of(told.document.total_minor, told.rules.currency):f}"


def first_sentence(text: str) -> str:
    """What a summary begins with, where it is short enough to be the essence of a practice."""
    first = END_OF_SENTENCE.split(" ".join(text.split()), maxsplit=1)[0]
    return first if len(first) <= LONGEST["essence"] else ""


def _audience(words: str) -> str:
    """The code of the list that is called so; else the words: its people choose the nearest."""
    folded = fold(words)
    named = (one for one in lists().audiences if folded in (fold(one.name.ru), fold(one.name.en)))
    found = next(named, None)
    return found.code if found is not None else " ".join(words.split())


def _result(rows: list[Row], qualitative: str) -> str:
    counted = [row.texts for row in rows if "number" in row.texts]
    lines = (f"{one.get('what', '')}: {one['number']}" for one in counted)
    return "\n".join(lines) or qualitative
