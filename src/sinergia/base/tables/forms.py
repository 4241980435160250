"""A file that is to be loaded, and what its columns are."""

from collections.abc import Mapping, Sequence

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.tables.files import Layout

Names = Mapping[str, str | Promise]  # field to what it is called

LONGEST_LABEL = 60


def check_size(file: "UploadedFile[bytes]", command: str) -> "UploadedFile[bytes]":
    """Refuse what is larger than a page may take; `command` takes it."""
    limit = settings.UPLOAD_LIMIT_BYTES
    if file.size is not None and file.size > limit:
        told = gettext(
            "The file is larger than %(limit)s MB: load it with the command “%(command)s”."
        )
        values = {"limit": limit // 1024 // 1024, "command": command}
        raise ValidationError(told % values)
    return file


class ColumnsForm(forms.Form):
    """Which column of the file says what."""

    def __init__(
        self,
        layout: Layout,
        names: Names,
        labels: Sequence[str],
        given: Mapping[str, str],
        *args: object,
    ) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own signature
        self._one_of = layout.one_of
        choices = [("", _("no such column")), *((label, label[:LONGEST_LABEL]) for label in labels)]
        for field in layout.fields:
            self.fields[field.code] = forms.ChoiceField(
                label=str(names[field.code]),
                choices=choices,
                initial=given.get(field.code, ""),
                required=field.is_required,
            )

    def clean(self) -> dict[str, object]:
        """One column at least says whom a row is about."""
        cleaned = super().clean() or {}
        if self._one_of and not any(cleaned.get(code) for code in self._one_of):
            names = ", ".join(str(self.fields[code].label) for code in self._one_of)
            self.add_error(self._one_of[0], gettext("One of these is needed: %s.") % names)
        return cleaned

    def mapping(self) -> dict[str, str]:
        """Field to label, "" where the file has no such column."""
        return {name: str(value) for name, value in self.cleaned_data.items()}
