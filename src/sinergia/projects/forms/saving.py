"""What comes with a save: a text, where it goes, and upon which version it was written."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sinergia.engine.project import Path, parse_path
from sinergia.projects.actions.saving import Save

LONGEST_PATH = 120


class SaveForm(forms.Form):
    """One field's save, sent by the page itself."""

    path = forms.CharField(max_length=LONGEST_PATH)
    text = forms.Field(required=False)  # a CharField refuses what is only to be cleaned
    base = forms.IntegerField(min_value=0)

    def clean_path(self) -> Path:
        """A place that projects have."""
        path = parse_path(self.cleaned_data["path"])
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
        except (ValueError, TypeError, AttributeError, RecursionError):
            return {}

    def saves(self, typed: dict[Path, str]) -> list[Save]:
        """A save for each field of the page."""
        versions = self.cleaned_data["versions"]
        return [Save(path, text, versions.get(str(path), 0)) for path, text in typed.items()]
