"""A list of organisations that is to be loaded."""

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from sinergia.base.tables.forms import check_size
from sinergia.engine.text import clean_line
from sinergia.places.models import Region


class OfferForm(forms.Form):
    """The file, where it comes from, and on which terms it is loaded."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A list of organisations as XLSX or CSV, as you got it."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    source = forms.ChoiceField(
        label=_("Where it comes from"),
        help_text=_(
            "Each source is compared with what it said the last time. "
            "A file with known headings finds its source by itself."
        ),
        required=False,
    )
    new_source = forms.CharField(
        label=_("Name of a new source"),
        help_text=_(
            "For example: “List of the ministry of justice”. "
            "It may stay empty, but of our own table filled in it is needed."
        ),
        required=False,
        max_length=200,
    )
    region = forms.ChoiceField(
        label=_("Region of rows that name none"),
        help_text=_("Lists of one region often have no such column."),
        required=False,
    )
    is_known_only = forms.BooleanField(
        label=_("Only bring up to date those who are in the register; enter nobody new"),
        required=False,
    )

    def __init__(
        self,
        sources: Sequence[tuple[str, str]],
        regions: Sequence[Region],
        *args: object,
        needs_region: bool,
    ) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own signature
        guessed = ("", _("find it by the headings, or note a new one"))
        self._offer("source", [guessed, *sources])
        self.regions = {one.code: one for one in regions}
        named = [(one.code, one.name) for one in regions]
        is_sure = needs_region and len(named) == 1
        self._offer("region", named if is_sure else [("", _("not given")), *named])

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is larger than a page may take."""
        return check_size(self.cleaned_data["file"], "sinergia load organisations")

    def clean_new_source(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["new_source"])

    def region_given(self) -> Region | None:
        """The region of rows that name none."""
        return self.regions.get(self.cleaned_data["region"])

    def _offer(self, name: str, choices: "Sequence[tuple[str, object]]") -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)
