"""What a person decides about a submission."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.applications.actions.screening import Given
from sinergia.applications.models import Decision
from sinergia.base.ui.fields import LinesField
from sinergia.packs.rules import Rules
from sinergia.packs.rules.fields import SECTIONS
from sinergia.projects.words.fields import SECTIONS as TITLES
from sinergia.projects.words.outline import is_asked

MISSING = {  # what a decision against those who applied has to say
    "clause": _("Choose the ground of the rules."),
    "sections": _("Choose at least one section that may be corrected."),
    "words": _("Write what exactly it is about: those who applied will read it."),
}
SAID = (Decision.Kind.REFUSE, Decision.Kind.RETURN, Decision.Kind.WITHDRAW)  # never without words


class DecisionForm(forms.Form):
    """One decision; each kind asks for what it needs."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    clause = forms.ChoiceField(label=_("Ground of the rules"), required=False)
    sections = forms.MultipleChoiceField(
        label=_("Sections that may be corrected"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = LinesField(
        label=_("What those who applied will read"), rows=4, max_length=5_000, required=False
    )

    def __init__(self, kind: str, rules: Rules, language: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["sections"].choices = [  # type: ignore[attr-defined]  # a choice field
            (name, TITLES[name]) for name in SECTIONS if is_asked(name, rules)
        ]
        grounds = [(one.code, f"{one.clause}. {one.text.told(language)}") for one in rules.refusals]
        self.fields["clause"].choices = [("", "—"), *grounds]  # type: ignore[attr-defined]  # a choice field
        if kind in SAID:
            for name, missing in MISSING.items():
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = missing
        if kind != Decision.Kind.REFUSE:
            del self.fields["clause"]
        if kind != Decision.Kind.RETURN:
            del self.fields["sections"]
        if kind == Decision.Kind.REFUSE:
            self.fields["words"].label = _("Evidence: what exactly, where, by which source")
        elif kind == Decision.Kind.RETURN:
            self.fields["words"].label = _("What is to be corrected")
        elif kind == Decision.Kind.WITHDRAW:
            self.fields["words"].label = _("By which statement: its day, number, who signed it")

    def given(self) -> Given:
        """What was decided."""
        said = self.cleaned_data
        return Given(
            kind=self.kind,
            seen=said["seen"],
            words=said["words"],
            clause=said.get("clause", ""),
            sections=said.get("sections", []),
        )
