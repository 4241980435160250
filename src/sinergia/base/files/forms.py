"""The field for a file, and how an upload in pieces is announced."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.models import DOCUMENT, PURPOSES, Purpose, Upload
from sinergia.base.files.templatetags.files import said_size


class Received(UploadedFile):  # type: ignore[type-arg]  # it takes none when it runs
    """What came for a field: an upload, or the sentence why it was refused, or both.

    Both: the bytes are here and fit, only the store did not take them; they are offered again.
    """

    def __init__(self, upload: Upload | None, *, said: str = "") -> None:
        file = upload.file if upload else None
        named = file or upload
        super().__init__(None, named.name if named else "none", size=named.size if named else 0)
        self.upload = upload
        self.said = said

    @property
    def kept(self) -> dict[str, str] | None:
        """What the field shows as chosen already."""
        if self.upload is None:
            return None
        said = f"{self.name}, {said_size(self.size or 0)}"
        return {"key": str(self.upload.key), "said": said}


class UploadInput(forms.FileInput):
    """Draws components/upload.html: what was chosen already, and the choice of another file."""

    template_name = "files/upload_input.html"

    def __init__(self, purpose: Purpose) -> None:
        super().__init__({"accept": ",".join(f".{end}" for end in purpose.extensions)})
        self.purpose = purpose

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add to Django's own what the component shows."""
        context = super().get_context(name, value, attrs)
        kept = value.kept if isinstance(value, Received) else None
        context["widget"] |= {
            "purpose": self.purpose.code,
            "limit": self.purpose.limit,
            "url": reverse("files:begin"),
            "kept": kept,
            "required": self.is_required,
        }
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: "MultiValueDict[str, UploadedFile[bytes]]", name: str
    ) -> "UploadedFile[bytes] | None":
        """Take what `receive` has put there."""
        return files.get(name)

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: "MultiValueDict[str, UploadedFile[bytes]]", name: str
    ) -> bool:
        """Whether nothing was sent."""
        return name not in files

    def use_required_attribute(self, initial: object) -> bool:
        """Leave it to the server: a file that is here already need not be chosen again."""
        return False


class UploadField(forms.Field):
    """A file of one purpose; its clean value is an Upload, ready to be kept, or None."""

    widget: UploadInput

    def __init__(self, purpose: Purpose, **options: Any) -> None:  # noqa: ANN401  # Django's own
        options.setdefault("help_text", said_limits(purpose))
        options["error_messages"] = {"required": _("Choose a file.")}
        super().__init__(widget=UploadInput(purpose), **options)
        self.purpose = purpose

    def clean(self, value: object) -> Upload | None:
        """Say what was found wrong with the file when it came."""
        if not isinstance(value, Received):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if value.said:
            raise ValidationError(value.said)
        return value.upload


class BeginForm(forms.Form):
    """What is to be known of a file before its first piece."""

    purpose = forms.ChoiceField(choices=[(code, code) for code in PURPOSES])
    name = forms.CharField(max_length=1000)
    size = forms.IntegerField(min_value=0)


def _said_limits(purpose: Purpose) -> str:
    kinds = ", ".join(end.upper() for end in purpose.extensions if end != "jpeg")
    limit = said_size(purpose.limit)
    return gettext("%(kinds)s; at most %(limit)s.") % {"kinds": kinds, "limit": limit}


said_limits = lazy(_said_limits, str)


class FileForm(forms.Form):
    """One file of a document."""

    file = UploadField(DOCUMENT, label=_("File"))
