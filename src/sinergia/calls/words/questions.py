"""Questions about a contest, and those that it asks itself, in words for pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.base.ui.templatetags.figures import count
from sinergia.calls.models import Contest
from sinergia.calls.queries.questions import PARTS, asked_in
from sinergia.packs.rules import Rules
from sinergia.packs.rules.schema import Question


@dataclass(frozen=True)
class Put:
    """What a contest asks beside the project. only: to whom alone it is put; "" to everybody."""

    text: str
    help: str
    choices: Sequence[str]
    is_required: bool
    only: str


def part_tabs(contest: Contest, chosen: str) -> list[tuple[str, str, bool]]:
    """Headings under which a centre finds them, each with its number."""
    names = {
        "waiting": pgettext("questions of a contest", "Without an answer"),
        "answered": pgettext("questions of a contest", "Published"),
        "hidden": pgettext("questions of a contest", "Hidden"),
    }
    return [
        (f"{names[part]}: {count(asked_in(contest, part).count())}", f"?of={part}", part == chosen)
        for part in PARTS
    ]


def put_by(rules: Rules, language: str) -> Sequence[Put]:
    """What rules ask, as whoever thinks of applying reads it."""
    return [
        Put(
            text=one.text.told(language),
            help=one.help.told(language) if one.help else "",
            choices=[each.told(language) for each in one.choices],
            is_required=one.is_required,
            only=_only(one, rules, language),
        )
        for one in rules.questions
    ]


def choices_of(question: Question, language: str) -> Sequence[tuple[str, str]]:
    """What may be chosen, with its words."""
    if question.kind == "yes_no":
        return [("yes", pgettext("answer", "Yes")), ("no", pgettext("answer", "No"))]
    words = [one.told(language) for one in question.choices]
    return list(zip(question.values, words, strict=True))


def _only(question: Question, rules: Rules, language: str) -> str:
    """On which answer to which other question it hangs."""
    when = question.when
    if when is None:
        return ""
    other = next(one for one in rules.questions if one.code == when.question)
    words = dict(choices_of(other, language))
    answers = ", ".join(words[value] for value in when.values)
    told = {"question": other.text.told(language), "answers": answers}
    return _("Asked where “%(question)s” is answered: %(answers)s.") % told
