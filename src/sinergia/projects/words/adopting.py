"""What a page says of a practice that was taken home: origins, differences, steps, maps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergia.base.drafts.words import Origin, short
from sinergia.base.ui.said import sentence
from sinergia.engine.drafts import Path
from sinergia.engine.project import PROJECT
from sinergia.engine.refusal import Gap
from sinergia.packs.practices import ROWS as PRACTICE_ROWS
from sinergia.packs.rules.fields import ROWS
from sinergia.practices.models import Adoption
from sinergia.practices.words.fields import CELLS as PRACTICE_CELLS
from sinergia.practices.words.fields import LABELS as PRACTICE_LABELS
from sinergia.projects.models import TakenField
from sinergia.projects.queries.adopting import Compared, digest_of
from sinergia.projects.words.fields import CELLS, LABELS

ROOMS = ("projects", "practices", "drafts", "register")  # whose sentences are told
HELP: Mapping[str, Promise] = {  # what the authors give, in the project's row of a partner
    Adoption.Way.PARTNER: gettext_lazy("Authors of the practice: partners of the project"),
    Adoption.Way.MENTOR: gettext_lazy("Authors of the practice: mentors of our team"),
    Adoption.Way.LETTER: gettext_lazy("Authors of the practice: a letter of support"),
}
STEPS: Mapping[str, tuple[Promise, Promise]] = {  # by name: the button, and what it means
    "run": (
        gettext_lazy("It runs with us"),
        gettext_lazy("From now on everybody sees on the page of the practice that you do it."),
    ),
    "prove": (
        gettext_lazy("Say what came of it"),
        gettext_lazy(
            "Proven needs a number, how it was measured, and the word of somebody else. "
            "Then everybody reads it beside the results of the authors."
        ),
    ),
    "confirm": (
        gettext_lazy("Confirm that it is proven"),
        gettext_lazy("Your name and the day stand beside it as the ground."),
    ),
    "drop": (
        gettext_lazy("It did not go"),
        gettext_lazy(
            "It stands on the page of the practice no more; "
            "the authors and both centres read the reason."
        ),
    ),
    "back": (
        gettext_lazy("A step back"),
        gettext_lazy(
            "The state before comes back, from “it did not go” that of intending; "
            "what is written stays, a confirmation does not."
        ),
    ),
}


@dataclass(frozen=True)
class Difference:
    """A text of a practice and what the project says in its place; where both stand."""

    anchor: str
    place: str
    source: str
    before: str
    now: str


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language."""
    return sentence(gap, *ROOMS)


def origins_of(taken: Iterable[TakenField], values: Mapping[str, str]) -> dict[str, Origin]:
    """The mark beside each text that was taken, by path: from where, and whether it was changed."""
    marks = {}
    for one in taken:
        text = values.get(one.path, "")
        if text:
            is_changed = digest_of(text) != one.digest
            practice = one.revision.practice
            url = reverse("projects:origin", args=[one.project.key])
            words = _mark(one, practice.title, is_changed=is_changed)
            marks[one.path] = Origin(words, f"{url}#{anchor_of(one.path)}", is_changed)
    return marks


def differences_of(compared: Sequence[Compared], texts: Mapping[str, str]) -> list[Difference]:
    """Texts in words, each with where it stands. texts: of the project, to name its rows."""
    return [
        Difference(
            anchor_of(one.path),
            place_of(one.path, texts),
            source_of(one.source),
            one.before,
            one.now,
        )
        for one in compared
    ]


def place_of(path: str, texts: Mapping[str, str]) -> str:
    """Where a text of a project stands."""
    parsed = PROJECT.parse(path)
    if parsed is None:
        return path
    label = str(LABELS.get(parsed.field, parsed.field))
    if not parsed.row:
        return label
    first = texts.get(str(Path(parsed.field, parsed.row, next(iter(ROWS[parsed.field])))), "")
    cell = CELLS.get((parsed.field, parsed.cell), parsed.cell)
    return f"{label}: {short(first)} — {cell}" if first else f"{label} — {cell}"


def source_of(path: str) -> str:
    """Where a text of a practice stands."""
    field, _slash, rest = path.partition("/")
    label = str(PRACTICE_LABELS.get(field, field))
    cell = rest.partition("/")[2]
    if not cell or len(PRACTICE_ROWS.get(field, ())) == 1:
        return label
    return f"{label} — {PRACTICE_CELLS.get((field, cell), cell)}"


def anchor_of(path: str) -> str:
    """How the page of differences names a text."""
    return f"t-{path.replace('/', '-')}"


def _mark(one: TakenField, title: str, *, is_changed: bool) -> str:
    """Beside a cell of a row in short; beside a field in full."""
    if one.path.count("/"):
        return _("taken and changed") if is_changed else _("as taken")
    told = {"practice": title, "field": source_of(one.source)}
    if is_changed:
        return _("Taken from “%(practice)s” (%(field)s) and changed") % told
    return _("As taken from “%(practice)s” (%(field)s)") % told
