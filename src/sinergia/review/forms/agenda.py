"""What is typed to put an item on the agenda."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sinergia.engine.money import read_money
from sinergia.engine.numbers import Unreadable
from sinergia.engine.project import Line
from sinergia.engine.shown import money_shown
from sinergia.engine.text import clean, clean_line
from sinergia.review.actions.items import ABOUT_ONE, REASONED, ItemGiven
from sinergia.review.forms.commission import text
from sinergia.review.models import Award, Examination, Item, Sheet

Kind = Item.Kind


class ApplicationForm(forms.Form):
    """Which application an item is about."""

    of = forms.CharField(
        label=_("Application"),
        help_text=_("Its code under review (A-014) or its number."),
        max_length=40,
        widget=forms.TextInput({"class": "w-16"}),
    )


class ItemForm(forms.Form):
    """One item; each kind asks for what it needs."""

    question = forms.CharField(
        label=_("Question"),
        help_text=_("As it is put to the vote and stands in the minutes."),
        widget=text(3),
        max_length=3_000,
    )
    moved = forms.ChoiceField(label=_("Where it is moved"), choices=Award.Outcome.choices)
    final = forms.DecimalField(
        label=_("Final rating"),
        min_value=Decimal(0),
        max_digits=10,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "w-8", "step": "any", "inputmode": "decimal"}),
    )
    sheet = forms.ChoiceField(label=_("Whose assessment"))
    reason = forms.CharField(
        label=pgettext_lazy("item", "Reason"), widget=text(3), max_length=3_000, required=False
    )

    def __init__(
        self,
        kind: str,
        *args: Any,  # noqa: ANN401  # Django's own signature
        about: Examination | None = None,
        lines: Sequence[Line] = (),
        sheets: Sequence[Sheet] = (),
        language: str = "ru",
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.about, self.lines = kind, about, lines
        for name, its in (("moved", Kind.MOVE), ("final", Kind.RATING), ("sheet", Kind.UNFOUNDED)):
            if kind != its:
                del self.fields[name]
        if kind in REASONED:
            self.fields["reason"].required = True
        if kind == Kind.MOVE:
            self.fields["reason"].help_text = _("It is published with the result.")
        if kind == Kind.UNFOUNDED:
            named = [(str(one.key), one.expert.code) for one in sheets]
            self.fields["sheet"].choices = named  # type: ignore[attr-defined]  # a choice field
        if kind == Kind.LESS:
            self._add_cuts(language)

    @property
    def is_about_one(self) -> bool:
        """Whether it is about a single application."""
        return self.kind in ABOUT_ONE

    def clean(self) -> dict[str, Any]:
        """Read the sums."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for line in self.lines if self.kind == Kind.LESS else ():
            name = f"cut_{line.id}"
            try:
                said[name] = read_money(said.get(name, ""), currency=self._currency) or 0
            except Unreadable:
                self.add_error(name, ValidationError(gettext("Write a sum: 12 500 or 12 500.50.")))
        return said

    def given(self) -> ItemGiven:
        """What was typed."""
        said = self.cleaned_data
        cuts = {one.id: said[f"cut_{one.id}"] for one in self.lines} if self._is_less else {}
        return ItemGiven(
            kind=self.kind,
            question=clean_line(said["question"]),
            reason=clean(said["reason"]).strip(),
            examination=self.about,
            moved=said.get("moved", ""),
            final=str(said.get("final", "")),
            sheet=said.get("sheet", ""),
            cuts=cuts,
        )

    @property
    def _is_less(self) -> bool:
        return self.kind == Kind.LESS

    @property
    def _currency(self) -> str:
        return self.about.submission.currency if self.about else "RUB"

    def _add_cuts(self, language: str) -> None:
        for one in self.lines:
            asked = money_shown(one.asked_minor, self._currency, language)
            self.fields[f"cut_{one.id}"] = forms.CharField(
                label=gettext("Cut by: %(line)s") % {"line": one.what},
                help_text=gettext("Asked for: %(sum)s") % {"sum": asked},
                max_length=40,
                required=False,
                widget=forms.TextInput({"class": "w-12", "inputmode": "decimal"}),
            )
