"""What is typed about a decision: a move, a smaller sum, the words of a publication."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.asking import LONGEST_WORDS
from sinergia.base.ui.fields import LinesField, MomentField
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.packs.rules import Rules
from sinergia.review.actions.items import ItemGiven
from sinergia.review.actions.publishing import Planned
from sinergia.review.forms.sums import add_lines, moves_said, read_sums
from sinergia.review.models import Award, Examination, Item, Publication, Sitting
from sinergia.review.queries.decision import BY_RULES
from sinergia.review.queries.results import STANDING, ResultsFilter, is_hushed
from sinergia.review.queries.sittings import Asked

LONGEST = 2_000  # characters of a reason, of a text of the publication


class SittingForm(forms.Form):
    """Which sitting; the only one is chosen already."""

    sitting = forms.ChoiceField(label=_("Sitting"))

    def __init__(self, sittings: Sequence[Sitting], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.sittings = {str(one.key): one for one in sittings}
        named = [
            (key, gettext("Minutes %(number)s") % {"number": one.number})
            for key, one in self.sittings.items()
        ]
        self.fields["sitting"].choices = named  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> Sitting:
        """The sitting that was chosen."""
        return self.sittings[self.cleaned_data["sitting"]]


class MoveForm(SittingForm):
    """A move across the line with its reason."""

    moved = forms.ChoiceField(label=_("Where it is moved"), choices=moves_said)
    reason = LinesField(
        label=_("Reason"), help_text=_("It is published."), rows=3, max_length=LONGEST
    )
    field_order = ("moved", "reason", "sitting")

    @property
    def is_back(self) -> bool:
        """Whether what was adopted before is taken back."""
        return bool(self.cleaned_data["moved"] == BY_RULES)

    def given(self, about: Examination, question: str) -> ItemGiven:
        """What is proposed about an application. question: as it is usually worded."""
        said = self.cleaned_data
        return ItemGiven(Item.Kind.MOVE, question, said["reason"], about, said["moved"])


class LessForm(SittingForm):
    """A smaller sum, line by line; an empty box leaves a line whole."""

    reason = LinesField(
        label=_("Reason"),
        help_text=_("It stands in the minutes."),
        rows=3,
        max_length=LONGEST,
    )

    def __init__(
        self,
        lines: Sequence[Asked],
        currency: str,
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.currency, self.names = currency, [one.id for one in lines]
        add_lines(self, lines, currency)
        self.order_fields([*self.names, "reason", "sitting"])

    def clean(self) -> dict[str, Any]:
        """Sums in minor units."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        self.left = read_sums(self, self.names, self.currency)
        return said

    @property
    def is_back(self) -> bool:
        """Whether the whole sum is proposed: what was cut before is not cut any more."""
        return not self.left

    def given(self, about: Examination, question: str) -> ItemGiven:
        """What is proposed about an application. question: as it is usually worded."""
        reason = self.cleaned_data["reason"]
        return ItemGiven(Item.Kind.LESS, question, reason, about, left=self.left)


class PublicationForm(OpenedForm):
    """When the result is told, and what is said with it. The moment by the contest's clock."""

    publish_at = MomentField(
        label=_("Date and hour of publication"),
        help_text=_("Until then nobody outside the centre sees anything of the decision."),
        required=False,
    )
    intro = LinesField(label=_("Above the results"), required=False, rows=3, max_length=LONGEST)
    next_ru = LinesField(
        label=_("What winners do next, in Russian"),
        help_text=_("It stands in the letter of every winner."),
        required=False,
        rows=3,
        max_length=LONGEST,
    )
    next_en = LinesField(
        label=_("What winners do next, in English"),
        help_text=_("Empty: the Russian text goes."),
        required=False,
        rows=3,
        max_length=LONGEST,
    )

    def planned(self) -> Planned:
        """What is planned."""
        return Planned(**self.cleaned_data)


def said_of(row: Publication | None) -> Mapping[str, object]:
    """What is planned already, as the form shows it."""
    names = ("publish_at", "intro", "next_ru", "next_en")
    return {name: getattr(row or Publication(), name) for name in names}


class WhyForm(forms.Form):
    """A reason."""

    why = LinesField(label=_("Reason"), rows=3, max_length=LONGEST)


class ResultsForm(forms.Form):
    """Search and filters of results. Shown, never validated: junk was dropped before."""

    q = forms.CharField(
        label=_("Number, title or organisation"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_WORDS}),
    )

    def __init__(
        self,
        asked: ResultsFilter,
        rules: Rules | None,
        language: str,
        *,
        sort: str = "",
        is_told: bool = True,
    ) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")
        outcomes = [
            *Award.Outcome.choices,
            ("below", gettext("Below the line")),
            ("short", gettext("The money does not reach it")),
            ("moved", gettext("Moved by the commission")),
            ("unmoved", gettext("Winners without a move by the commission")),
        ]
        if is_told and is_hushed(rules):
            outcomes = [one for one in outcomes if one[0] not in STANDING]
        if is_told:
            outcomes.append(("declined", gettext("Declined by the winner")))
        sizes = [(one.code, one.name.told(language)) for one in rules.categories] if rules else []
        offered: dict[str, tuple[str, Sequence[tuple[str, Any]]]] = {
            "outcome": (gettext("Decision"), [("", gettext("All of them")), *outcomes]),
            "category": (gettext("Category"), [("", gettext("All categories")), *sizes]),
        }
        for name, (label, choices) in offered.items():
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)
        if sort:
            self.fields["sort"] = forms.CharField(initial=sort, widget=forms.HiddenInput)
