"""Which theme of a region a field of work means there."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.queries.fields import MappedField
from sinergia.places.models import Theme


class FieldsForm(forms.Form):
    """For each field of work, a theme of the region or none."""

    def __init__(
        self, fields: Sequence[MappedField], themes: Sequence[Theme], *args: object
    ) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own signature
        self.mapped = fields
        choices = [("", _("no theme")), *((str(theme.key), theme.name) for theme in themes)]
        for one in fields:
            self.fields[str(one.field.key)] = forms.ChoiceField(
                label=one.field.name,
                choices=choices,
                initial=one.theme,
                required=False,
                error_messages={"invalid_choice": _("This theme is gone: choose another one.")},
            )

    def rows(self) -> list[tuple[MappedField, forms.BoundField]]:
        """The fields in their order."""
        return [(one, self[str(one.field.key)]) for one in self.mapped]

    def meanings(self) -> dict[UUID, UUID | None]:
        """What was chosen: a field's key -> a theme's key; none for no theme."""
        said = self.cleaned_data.items()
        return {UUID(key): UUID(theme) if theme else None for key, theme in said}
