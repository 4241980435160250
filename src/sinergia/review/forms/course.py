"""What the operator types and chooses while sheets are written."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sinergia.base.asking import LONGEST_WORDS
from sinergia.base.ui.fields import DayField, LinesField
from sinergia.packs.rules.schema import Rules
from sinergia.review.models import Expert, Flag, Sheet
from sinergia.review.queries.listing import BEGUN, OPEN_CODE, UNFOUNDED, SheetFilter
from sinergia.review.queries.ranking import STATES, RankingFilter

STATE_WORDS = {
    "passes": _("Pass the line"),
    "below": _("Below the line"),
    "unrated": _("Without a rating"),
    "full": _("Read by all"),
    "short": _("Sheets are missing"),
    "divergent": _("Sheets are far apart"),
    "ruled": _("With a final rating of its own"),
}


class TermForm(forms.Form):
    """By which day sheets are to be signed."""

    day = DayField(
        label=_("Last day for signing sheets"),
        help_text=_("The day itself is in time. It is set for all experts of the contest."),
    )


class WhyForm(forms.Form):
    """A reason in words."""

    why = LinesField(label=_("Reason"), max_length=2_000, rows=4)


class WordsForm(forms.Form):
    """What an expert is asked to make clear."""

    words = LinesField(
        label=_("What is to be made clear"),
        help_text=_("The expert reads it as you write it."),
        max_length=2_000,
        rows=5,
    )


class RatingForm(forms.Form):
    """A final rating and its reason."""

    rating = forms.DecimalField(
        label=_("Final rating"),
        max_digits=8,
        decimal_places=4,
        localize=True,
        widget=forms.TextInput(attrs={"class": "w-8", "inputmode": "decimal"}),
    )
    why = LinesField(
        label=_("Reason"),
        help_text=_("It is kept with the name of whoever enters it, and goes into the minutes."),
        max_length=2_000,
        rows=4,
    )


class ReplaceForm(forms.Form):
    """Who reads an application instead."""

    expert = forms.ChoiceField(label=_("Another expert"), widget=forms.RadioSelect)
    why = LinesField(
        label=_("Reason"),
        required=False,
        max_length=2_000,
        rows=2,
    )

    def __init__(self, offered: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        field = self.fields["expert"]
        field.choices = offered  # type: ignore[attr-defined]  # a choice field
        field.initial = offered[0][0] if offered else None


class FilterForm(forms.Form):
    """Search and filters. Shown, never validated: junk in an address was dropped before."""

    q = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_WORDS}),
    )

    def __init__(
        self, values: dict[str, str], label: str, offered: dict[str, tuple[str, list[Any]]]
    ) -> None:
        super().__init__(initial=values, auto_id="filter_%s")
        self.fields["q"].label = label
        for name, (title, choices) in offered.items():
            self.fields[name] = forms.ChoiceField(label=title, required=False, choices=choices)
        for name, text in values.items():
            if name not in self.fields:
                self.fields[name] = forms.CharField(initial=text, widget=forms.HiddenInput)


def sheets_form(asked: SheetFilter, experts: Iterable[Expert]) -> FilterForm:
    """The filter of sheets."""
    people = [(str(one.key), f"{one.code} · {one.name}") for one in experts]
    stages = [
        ("", gettext("All in force")),
        (OPEN_CODE, gettext("Not signed")),
        (BEGUN, gettext("Begun")),
        *Sheet.Stage.choices,
    ]
    flags = [
        ("", gettext("With marks and without")),
        *Flag.Kind.choices,
        (UNFOUNDED, gettext("Held for unfounded")),
    ]
    offered: dict[str, tuple[str, list[Any]]] = {
        "expert": (gettext("Expert"), [("", gettext("All experts")), *people]),
        "stage": (gettext("State"), stages),
        "flag": (gettext("Marks"), flags),
    }
    return FilterForm(asked.values, gettext("Number, code or title"), offered)


def ranking_form(asked: RankingFilter, rules: Rules) -> FilterForm:
    """The filter of the ranking."""
    language = get_language() or "ru"
    sizes = [(one.code, one.name.told(language)) for one in rules.categories]
    directions = [(one.code, one.name.told(language)) for one in rules.directions]
    states = [(code, str(STATE_WORDS[code])) for code in STATES]
    offered: dict[str, tuple[str, list[Any]]] = {
        "category": (gettext("Size of the grant"), [("", gettext("All sizes")), *sizes]),
        "direction": (gettext("Direction"), [("", gettext("All directions")), *directions]),
        "state": (gettext("State"), [("", str(pgettext_lazy("states", "All"))), *states]),
    }
    return FilterForm(asked.values, gettext("Number, code or title"), offered)
