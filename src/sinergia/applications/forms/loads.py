"""A file that is to be loaded, and what its columns are."""

from collections.abc import Mapping, Sequence

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.tables.headings import grants_fields

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
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = settings.UPLOAD_LIMIT_BYTES
        if file.size is not None and file.size > limit:
            raise ValidationError(
                gettext(
                    "The file is larger than %s MB: "
                    "load it with the command “sinergia load grants”."
                )
                % (limit // 1024 // 1024)
            )
        return file


class ColumnsForm(forms.Form):
    """Which column of the file says what."""

    def __init__(
        self, labels: Sequence[str], given: Mapping[str, str], *args: object, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        choices = [("", _("no such column")), *((label, label[:60]) for label in labels)]
        for field in grants_fields():
            self.fields[field.code] = forms.ChoiceField(
                label=FIELD_NAMES[field.code],
                choices=choices,
                initial=given.get(field.code, ""),
                required=field.is_required,
            )

    def mapping(self) -> dict[str, str]:
        """Field to label, "" where the file has no such column."""
        return {name: str(value) for name, value in self.cleaned_data.items()}
