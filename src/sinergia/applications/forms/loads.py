"""A fund's file that is to be loaded, and what its columns are called."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.tables.forms import check_size

FIELD_NAMES = {
    "number": _("Number of the application"),
    "contest": _("Contest"),
    "organisation": _("Organisation"),
    "ogrn": _("OGRN"),
    "inn": _("INN"),
    "region": _("Region"),
    "municipality": _("Municipality"),
    "title": _("Title of the project"),
    "direction": _("Direction of grants"),
    "asked": _("Sum asked"),
    "cost": _("Total cost"),
    "starts_on": _("Start"),
    "ends_on": _("End"),
    "status": _("Status"),
    "decided_on": _("Date of the decision"),
    "awarded": _("Sum of the grant"),
    "result": _("Assessment of results"),
    "violations": _("Violations"),
    "submitted": _("Submitted"),
}


class OfferForm(forms.Form):
    """Which fund's file it is, and the file."""

    fund = forms.CharField(
        label=_("Code of the fund"),
        help_text=_(
            "Latin letters and digits, the same for every file of the fund. "
            "A new code makes the fund."
        ),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-10", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("The fund’s table of applications as XLSX or CSV, as you got it."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def clean_fund(self) -> str:
        """A code stands in addresses of figures, so it has no blanks."""
        code = str(self.cleaned_data["fund"]).strip()
        if any(sign.isspace() for sign in code):
            raise ValidationError(gettext("A code has no blanks."))
        return code

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is larger than a page may take."""
        return check_size(self.cleaned_data["file"], "sinergia load grants")
