"""A form that remembers what stood in it when it was opened, so that nobody's change is lost."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError

from sinergia.engine.refusal import Gap, Refused


class OpenedForm(forms.Form):
    """Each field carries beside it, unseen, what it showed; files are no text and carry nothing."""

    shown_as: ClassVar[Mapping[str, str]] = {}  # a row's field, the form's

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        if not self.initial:
            return
        for field in self.fields.values():
            field.show_hidden_initial = not field.widget.needs_multipart_form
        if self.is_bound:
            self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            shown = {
                name: self[name].html_initial_name for name in self.initial if name in self.fields
            }
            was_shown = any(one in self.data for one in shown.values())
            for name, carried in shown.items():
                # Of a list that was empty nothing is carried.
                is_list = isinstance(self.fields[name], forms.MultipleChoiceField)
                if carried not in self.data and not (is_list and was_shown):
                    self.renew(name)

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """What is written of clean values, by the row's field."""
        return dict(values)

    def given(self) -> dict[str, object]:
        """What was typed, by the row's field."""
        return self.read(self.cleaned_data)

    def seen(self) -> dict[str, object]:
        """What the fields showed when the form was opened, by the row's field."""
        shown = [name for name, field in self.fields.items() if field.show_hidden_initial]
        return self.read({name: self._shown(name) for name in shown}) if shown else {}

    def renew(self, name: str) -> None:
        """What stands there now has been shown: whoever saves once more knows it."""
        value, carried = self[name].initial, self[name].html_initial_name
        if isinstance(value, list):
            self.data.setlist(carried, value)  # type: ignore[attr-defined]  # our own copy
        else:
            self.data[carried] = "" if value is None else str(value)  # type: ignore[index]  # the same

    def refuse(self, gap: Gap, said: str) -> None:
        """Tell by its field what a rule has against it; what changed meanwhile is shown now."""
        path = self.shown_as.get(gap.path, gap.path)
        self.add_error(path if path in self.fields else None, said)
        if gap.code == "changed_meanwhile" and path in self.fields:
            self.renew(path)

    def _shown(self, name: str) -> object:
        field, bound = self.fields[name], self[name]
        typed = field.hidden_widget().value_from_datadict(
            self.data, self.files, bound.html_initial_name
        )
        try:
            return field.to_python(typed)
        except ValidationError:  # nobody's page said this
            return bound.initial


def is_kept(
    form: OpenedForm,
    keep: Callable[[Mapping[str, object] | None], object],
    explain: Callable[[Gap], str],
) -> bool:
    """Keep what was typed over what was seen, if it is valid and no rule is against it.

    keep: takes what was seen. explain: gives the sentence for a gap.
    """
    if not form.is_valid():
        return False
    try:
        keep(form.seen() or None)
    except Refused as refusal:
        for gap in refusal.gaps:
            form.refuse(gap, explain(gap))
        return False
    return True


def is_saved(form: OpenedForm, save: Callable[..., object], explain: Callable[[Gap], str]) -> bool:
    """As `is_kept`, where `save` takes what was typed, and `seen`."""
    return is_kept(form, lambda seen: save(form.given(), seen=seen), explain)
