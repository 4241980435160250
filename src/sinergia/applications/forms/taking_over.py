"""A list of applications from the system in which they were handed in."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ListForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("List of applications"),
        help_text=_(
            "XLSX or CSV. Needed columns: number, organisation, OGRN or INN, title; direction, sum "
            "asked, day and time of submission where they are there. Without these all count as "
            "submitted when the list is taken over, in its order."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is larger than a page may take."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = settings.UPLOAD_LIMIT_BYTES
        if file.size is not None and file.size > limit:
            told = gettext(
                "The file is larger than %(limit)s MB: split it and take over the parts."
            )
            raise ValidationError(told % {"limit": limit // 1024 // 1024})
        return file
