"""What is typed to put an item on the agenda."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergia.base.ui.fields import LineField
from sinergia.engine.text import clean
from sinergia.review.actions.items import ABOUT_ONE, ItemGiven
from sinergia.review.forms.commission import text
from sinergia.review.forms.sums import add_lines, moves_said, read_sums
from sinergia.review.models import Examination, Item, Sheet
from sinergia.review.queries.sittings import Asked

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

    question = LineField(
        label=_("Question"),
        help_text=_("As it is put to the vote and stands in the minutes."),
        widget=text(3),
        max_length=3_000,
    )
    moved = forms.ChoiceField(label=_("Where it is moved"), choices=moves_said)
    final = forms.DecimalField(
        label=_("Final rating"),
        min_value=Decimal(0),
        max_digits=10,
        decimal_places=4,
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
        lines: Sequence[Asked] = (),
        sheets: Sequence[Sheet] = (),
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.about, self.names = kind, about, [one.id for one in lines]
        for name, its in (("moved", Kind.MOVE), ("final", Kind.RATING), ("sheet", Kind.UNFOUNDED)):
            if kind != its:
                del self.fields[name]
        if self.is_about_one:
            self.fields["reason"].required = True
        if kind == Kind.MOVE:
            self.fields["reason"].help_text = _("It is published with the result.")
        if kind == Kind.UNFOUNDED:
            named = [(str(one.key), one.expert.code) for one in sheets]
            self.fields["sheet"].choices = named  # type: ignore[attr-defined]  # a choice field
        add_lines(self, lines, self._currency)
        self.order_fields(["question", *self.names])

    @property
    def is_about_one(self) -> bool:
        """Whether it is about a single application."""
        return self.kind in ABOUT_ONE

    def clean(self) -> dict[str, Any]:
        """Read the sums."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        self.left = read_sums(self, self.names, self._currency)
        return said

    def given(self) -> ItemGiven:
        """What was typed."""
        said = self.cleaned_data
        return ItemGiven(
            kind=self.kind,
            question=said["question"],
            reason=clean(said["reason"]).strip(),
            examination=self.about,
            moved=said.get("moved", ""),
            final=str(said.get("final", "")),
            sheet=said.get("sheet", ""),
            left=self.left,
        )

    @property
    def _currency(self) -> str:
        return self.about.submission.currency if self.about else "RUB"
