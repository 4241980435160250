"""What comes with a save: a text, where it goes, and upon which version it was written."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from sinergia.base.drafts.actions import Save
from sinergia.engine.drafts import Fields, Path, trace_of

LONGEST_PATH = 120


class Seen(NamedTuple):
    """What a page shows at a place. trace: of that text; "" where whatever comes is to be saved."""

    version: int
    trace: str


NOTHING = Seen(0, trace_of(""))  # where nothing is told of a place, an empty field was shown


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
    """A whole section sent by its button. versions: JSON {path: [version shown, its trace]}."""

    versions = forms.CharField(required=False)

    def clean_versions(self) -> dict[str, Seen]:
        """Read them; nothing where they cannot be read: then every text counts as unseen."""
        try:
            told: Any = json.loads(self.cleaned_data["versions"] or "{}")
            return {str(path): _seen(one) for path, one in told.items()}
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return {}

    def seen_at(self, path: object) -> Seen:
        """What the page had shown there."""
        seen: Mapping[str, Seen] = self.cleaned_data.get("versions", {})
        return seen.get(str(path), NOTHING)

    def saves(
        self, places: Fields, typed: Mapping[Path, str], leaving: Path | None = None
    ) -> list[Save]:
        """A save for each field that was touched.

        A text that stands as it was shown is nobody's word: what others wrote there stays. Of a
        row that is leaving every text counts: it is taken out only as it was seen.
        """
        told = [(path, text, self.seen_at(path)) for path, text in typed.items()]
        return [
            Save(path, text, seen.version)
            for path, text, seen in told
            if trace_of(places.clean(path, text)) != seen.trace
            or (leaving is not None and path[:2] == leaving[:2])
        ]


def typed_in(places: Fields, data: Mapping[str, str]) -> dict[Path, str]:
    """What a form brings for places of texts, by path; anything else is left out."""
    given = ((places.parse(name), text) for name, text in data.items())
    return {path: text for path, text in given if path is not None}


def _seen(told: int | list[Any]) -> Seen:
    version, trace = told if isinstance(told, list) else (told, "")
    return Seen(int(version), str(trace))
