"""What comes with a save: a text, where it goes, and upon which version it was written."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sinergia.base.drafts.actions import Save
from sinergia.engine.drafts import Fields, Path

LONGEST_PATH = 120


class SaveForm(forms.Form):
    """One text's save, sent by the page itself. places: where texts may stand."""

    path = forms.CharField(max_length=LONGEST_PATH)
    text = forms.Field(required=False)  # a CharField refuses what is only to be cleaned
    base = forms.IntegerField(min_value=0)

    def __init__(self, places: Fields, data: Mapping[str, str]) -> None:
        super().__init__(data)
        self.places = places

    def clean_path(self) -> Path:
        """A place that is there."""
        path = self.places.parse(self.cleaned_data["path"])
        if path is None:
            raise forms.ValidationError(_("There is no such field."))
        return path

    def save(self) -> Save:
        """What is to be saved."""
        said = self.cleaned_data
        return Save(said["path"], said["text"] or "", said["base"])


class PageForm(forms.Form):
    """A whole section sent by its button. versions: JSON {path: version shown}."""

    versions = forms.CharField(required=False)

    def clean_versions(self) -> dict[str, int]:
        """Read them; nothing where they cannot be read: then every text counts as unseen."""
        try:
            told: Any = json.loads(self.cleaned_data["versions"] or "{}")
            return {str(path): int(version) for path, version in told.items()}
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return {}

    def saves(self, typed: dict[Path, str]) -> list[Save]:
        """A save for each field of the page."""
        versions = self.cleaned_data["versions"]
        return [Save(path, text, versions.get(str(path), 0)) for path, text in typed.items()]


def typed_in(places: Fields, data: Mapping[str, str]) -> dict[Path, str]:
    """What a form brings for places of texts, by path; anything else is left out."""
    given = ((places.parse(name), text) for name, text in data.items())
    return {path: text for path, text in given if path is not None}
