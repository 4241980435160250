"""What is proposed about an application: a move, or sums line by line."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import get_language, gettext

from sinergia.base.ui.fields import sum_fault_said
from sinergia.engine.money import read_money
from sinergia.engine.numbers import Unreadable
from sinergia.engine.shown import money_shown
from sinergia.review.models import Award
from sinergia.review.queries.decision import BY_RULES
from sinergia.review.queries.sittings import Asked


def moves_said() -> list[tuple[str, str]]:
    """Where an application may be moved, and that it is moved no more."""
    named = [(code, str(label)) for code, label in Award.Outcome.choices]
    return [*named, (BY_RULES, gettext("as the rules have it"))]


def add_lines(form: forms.Form, lines: Sequence[Asked], currency: str) -> None:
    """A box for what is left of each line, by its id; an empty one leaves a line whole."""
    for one in lines:
        form.fields[one.id] = forms.CharField(
            label=gettext("What is left: %(line)s")
            % {"line": one.what or gettext("The whole sum")},
            help_text=asked_said(one.minor, currency),
            max_length=40,
            required=False,
            widget=forms.TextInput(attrs={"class": "w-12", "inputmode": "decimal"}),
        )


def read_sums(form: forms.Form, names: Sequence[str], currency: str) -> dict[str, int]:
    """Sums of some fields in minor units, empty ones left out; what is no sum is said there."""
    read: dict[str, int] = {}
    for name in names:
        text = str(form.cleaned_data.get(name) or "").strip()
        if not text:
            continue
        try:
            minor = read_money(text, currency=currency, is_typed=True)
        except Unreadable as fault:
            form.add_error(name, sum_fault_said(fault, gettext("This is no sum.")))
            continue
        if minor is not None:
            read[name] = minor
    return read


def asked_said(minor: int, currency: str) -> str:
    """What was asked for, beside the box in which less is typed."""
    return gettext("asked: %(sum)s") % {"sum": money_shown(minor, currency, get_language() or "ru")}
