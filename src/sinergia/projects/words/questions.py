"""What a contest asks by itself: its questions and answers in words."""

from django.utils.translation import gettext as _

from sinergia.calls.words.questions import choices_of
from sinergia.engine.project import answer_path
from sinergia.packs.rules import Rules
from sinergia.packs.rules.schema import Question

KINDS = {"text": "text", "number": "number", "yes_no": "choice", "choice": "choice"}


def question_at(path: str, rules: Rules) -> Question | None:
    """The question whose answer stands at a path; none that these rules ask."""
    return next((one for one in rules.questions if answer_path(one.code) == path), None)


def question_said(path: str, rules: Rules, language: str) -> str:
    """The words of the question at a path, also where another contest asked it."""
    question = question_at(path, rules)
    return question.text.told(language) if question else _("Question of another contest")


def answer_said(path: str, text: str, rules: Rules, language: str) -> str:
    """An answer as it is read: of a choice its words."""
    question = question_at(path, rules)
    return dict(choices_of(question, language)).get(text, text) if question else text
