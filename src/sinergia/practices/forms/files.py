"""A file of a practice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.forms import UploadField
from sinergia.base.files.models import DOCUMENT


class FileForm(forms.Form):
    """One file."""

    file = UploadField(DOCUMENT, label=_("File"))
