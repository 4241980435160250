"""Remarks as a page shows them: where they stand, who said what, whether the text has changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sinergia.base.drafts.words import Choice
from sinergia.engine.project import parse_path, questions_put
from sinergia.engine.refusal import Gap
from sinergia.packs.rules.fields import ANSWERS, ROWS, SECTIONS
from sinergia.people.models import Person
from sinergia.projects.models import Project
from sinergia.projects.queries.writing import Written
from sinergia.projects.words.fields import CELLS, LABELS
from sinergia.projects.words.form import place_said
from sinergia.projects.words.outline import SECTION_OF
from sinergia.projects.words.questions import question_said
from sinergia.support.models import Remark, Thread
from sinergia.support.queries.remarks import team_of, text_at, version_at

STATES: dict[str, Promise] = {
    "open": gettext_lazy("Open remarks"),
    "waiting": gettext_lazy("Wait for your answer"),
    "resolved": gettext_lazy("Resolved remarks"),
    "all": gettext_lazy("All remarks"),
}


@dataclass(frozen=True)
class Spoken:
    """One remark. is_of_centre: said by the centre; is_own: by whoever reads."""

    remark: Remark
    is_of_centre: bool
    is_own: bool


@dataclass(frozen=True)
class ThreadShown:
    """A thread. place: its field in words; url: where it is written; now: its text, if changed."""

    thread: Thread
    place: str
    url: str
    said: Sequence[Spoken]
    is_changed: bool = False
    now: str = ""

    @property
    def name(self) -> str:
        """The field, as the form names it."""
        return self.thread.path.partition("/")[0]

    @property
    def last(self) -> Spoken | None:
        """What was said last and not taken back."""
        return next((one for one in reversed(self.said) if one.remark.removed_at is None), None)


def shown_at(threads: Sequence[Thread], told: Written, reader: Person) -> list[ThreadShown]:
    """Threads of one project beside its texts."""
    fields, team = list(told.fields.values()), team_of([told.project])
    made = []
    for one in threads:
        is_changed = version_at(fields, one.path) != one.version
        now = text_at(fields, one.path) if is_changed else ""
        said = _spoken(one, told.project, team, reader)
        place, url = place_of(one.path, told), url_of(one.path, told.project)
        made.append(ThreadShown(one, place, url, said, is_changed, now))
    return made


def shown_in_list(threads: Sequence[Thread], reader: Person) -> list[ThreadShown]:
    """Threads of many projects, in short: their texts are not read."""
    team = team_of([one.project for one in threads])
    return [
        ThreadShown(
            one,
            str(LABELS.get(one.path.partition("/")[0], _("Questions of the contest"))),
            url_of(one.path, one.project),
            _spoken(one, one.project, team, reader),
        )
        for one in threads
    ]


def place_of(path: str, told: Written) -> str:
    """A place as a reader finds it: the field; of a row its beginning and the cell."""
    said, parsed = place_said(Gap("field.missing", path), told), parse_path(path)
    if parsed is None or not parsed.row:
        return said
    return f"{said} — {CELLS[parsed.field, parsed.cell]}"


def url_of(path: str, project: Project) -> str:
    """Where a text is written."""
    name = path.partition("/")[0]
    url = reverse("projects:section", args=[project.key, SECTION_OF.get(name, "about")])
    is_block = name == path and SECTIONS[SECTION_OF[name]][name] in ("rows", "files", "links")
    return f"{url}#{'b' if is_block or path in ROWS else 'f'}-{path.replace('/', '-')}"


def places_of(told: Written, asked: str) -> list[Choice]:
    """What a remark may be about: a field with each of its cells, or, where none is named, all."""
    name = asked.partition("/")[0]
    if name == ANSWERS:
        return [(asked, place_of(asked, told))]
    if name not in told.rules.fields:
        named = [one for one in LABELS if one in told.rules.fields]
        return [*((one, str(LABELS[one])) for one in named), *_questions(told)]
    whole = [(name, str(LABELS[name]))]
    rows = told.document.rows.get(name, [])
    paths = [
        f"{name}/{row.id}/{cell}" for row in rows for cell in row.texts if (name, cell) in CELLS
    ]
    return [*whole, *((path, place_of(path, told)) for path in paths)]


def _questions(told: Written) -> list[Choice]:
    language = get_language() or "ru"
    put = questions_put(told.rules.questions, told.document.texts)
    paths = (f"{ANSWERS}/{one.code}" for one in put)
    return [(path, question_said(path, told.rules, language)) for path in paths]


def _spoken(
    thread: Thread, project: Project, team: Iterable[tuple[int, int]], reader: Person
) -> list[Spoken]:
    said: list[Remark] = getattr(thread, "said", [])
    known = set(team)
    return [
        Spoken(
            one,
            is_of_centre=(project.organisation_id, one.author_id) not in known,
            is_own=one.author_id == reader.pk,
        )
        for one in said
    ]
