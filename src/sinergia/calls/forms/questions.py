"""What is typed about a contest: a question, its answer, why it is hidden."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.calls.actions.questions import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_REASON,
    Published,
)
from sinergia.calls.models import ContestQuestion


def _area(rows: int, longest: int) -> forms.Textarea:
    """The action counts characters, a line break as one; the browser is told the same number."""
    return forms.Textarea(attrs={"rows": rows, "maxlength": longest})


class AskForm(forms.Form):
    """A question about a contest."""

    question = forms.CharField(
        label=_("Your question"),
        help_text=_(
            "The question and its answer are published on this page, without your name. "
            "Write nothing in it about yourself or other people."
        ),
        widget=_area(4, LONGEST_QUESTION),
    )


class AnswerForm(forms.Form):
    """A question as everybody will read it, and its answer."""

    wording = forms.CharField(
        label=_("The question as it is published"),
        help_text=_("Take out names and whatever tells who asks; whoever asked is never named."),
        widget=_area(4, LONGEST_QUESTION),
    )
    answer = forms.CharField(label=_("Answer"), widget=_area(8, LONGEST_ANSWER))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def given(self) -> Published:
        """What is to be published."""
        said = self.cleaned_data
        return Published(said["wording"], said["answer"], said["seen"])


class HideForm(forms.Form):
    """Why a question is not published."""

    reason = forms.CharField(
        label=_("Why it is not published"),
        help_text=_("Whoever asked is told this; nobody else is."),
        widget=_area(4, LONGEST_REASON),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


def answer_initial(question: ContestQuestion) -> dict[str, object]:
    """What stands published, or what was asked where nothing is."""
    wording = question.wording or question.asked
    return {"wording": wording, "answer": question.answer, "seen": question.version}
