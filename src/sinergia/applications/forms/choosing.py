"""Choices that are rows: given to a form when it is shown."""

from collections.abc import Sequence

from django import forms
from django.utils.functional import Promise


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
    """Set what the field `name` of a form may be."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)
