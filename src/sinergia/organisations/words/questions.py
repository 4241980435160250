"""What a question of a load says, and in which words it is answered in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.ui.templatetags.figures import count
from sinergia.organisations.actions.loads.rows import row_from
from sinergia.organisations.models import Centre, Organisation, Question
from sinergia.organisations.queries.questions import KIND_NAMES, Alike, numbers_shown
from sinergia.organisations.words import explain
from sinergia.organisations.words.loads import Values, field_said


@dataclass(frozen=True)
class Shown:
    """A question as a list shows it. who: the organisation, of a hidden one what the row calls it.

    waits: the centre whose answer it waits for, "" where the reader may give it.
    """

    question: Question
    who: str
    sentence: str
    field: str
    ours: str
    theirs: str
    waits: str


def questions_shown(questions: Sequence[Question], asked: Mapping[int, Centre]) -> list[Shown]:
    """Questions in the reader's words; two queries for any number. asked: by `centres_asked`."""
    told = [(one.field, value) for one in questions for value in (one.ours, one.theirs)]
    values = Values(told)
    return [_shown(one, values, asked.get(one.pk)) for one in questions]


def kinds_shown(
    counts: Mapping[str, int], addresses: Mapping[str, str], chosen: str
) -> list[tuple[str, str, bool]]:
    """Kinds of questions for the navigation, each with how many wait."""
    words = [(_("All of them"), addresses[""], not chosen)]
    words += [
        (f"{name} ({count(counts[kind])})", addresses[kind], kind == chosen)
        for kind, name in KIND_NAMES.items()
    ]
    return words


def group_said(group: Alike) -> str:
    """What a group of questions is about."""
    if group.code == "conflict":
        words = ngettext(
            "“%(field)s” in the source “%(source)s”: %(number)s question",
            "“%(field)s” in the source “%(source)s”: %(number)s questions",
            group.number,
        )
        number = count(group.number)
        return words % {
            "field": field_said(group.field), "source": group.name, "number": number
        }  # fmt: skip
    words = ngettext(
        "A load of the source “%(source)s”: %(number)s row without a valid number",
        "A load of the source “%(source)s”: %(number)s rows without a valid number",
        group.number,
    )
    return words % {"source": group.name, "number": count(group.number)}


def answers_alike(group: Alike) -> list[tuple[str, str]]:
    """In which ways a group may be answered in one go, and how the buttons read."""
    if group.code == "conflict":
        return [
            (Question.Result.KEPT, _("Keep all as they stand")),
            (Question.Result.TAKEN, _("Take all as the file says")),
        ]
    return [
        (Question.Result.ENTERED, _("Enter all as new organisations")),
        (Question.Result.DROPPED, _("Leave all out")),
    ]


def proposed_said(proposed: Iterable[Organisation]) -> list[tuple[Organisation, str]]:
    """Organisations with what tells two of one name apart."""
    return [(one, _("It is %s") % _described(one)) for one in proposed]


def _described(one: Organisation) -> str:
    numbers = ", ".join(
        f"{number.get_scheme_display()} {number.value}" for number in numbers_shown(one)
    )
    region = one.region.name if one.region else ""
    return " · ".join(part for part in (one.name, region, numbers) if part)


def _shown(question: Question, values: Values, asked: Centre | None) -> Shown:
    texts = row_from(bytes(question.content)).texts
    named = texts.get("short_name") or texts.get("name", "")
    organisation = question.organisation
    has_field = bool(question.field)
    return Shown(
        question=question,
        who=organisation.name if organisation is not None and organisation.is_public else named,
        sentence=explain(question.code),
        field=field_said(question.field) if has_field else "",
        ours=values.said(question.field, question.ours) if has_field else "",
        theirs=values.said(question.field, question.theirs) if has_field else question.theirs,
        waits=asked.organisation.short_name or asked.organisation.name if asked else "",
    )
