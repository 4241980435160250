"""What is typed about a group without a legal entity."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import LinesField
from sinergia.engine.text import clean, clean_line
from sinergia.places.models import Municipality, Region


class GroupForm(forms.Form):
    """One's own group: what it is called, where it is, what it does."""

    name = forms.CharField(label=_("Name of the group"), max_length=500)
    region = forms.ChoiceField(label=_("Region"))
    about = LinesField(
        label=_("What it does"),
        help_text=_("Two or three sentences: for whom you work and what changes for them."),
        required=False,
        max_length=2_000,
        rows=4,
    )

    def __init__(self, regions: Iterable[Region], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        self.regions = {one.code: one for one in regions}
        named = [(code, one.name) for code, one in self.regions.items()]
        blank = [("", "—")] if len(named) > 1 else []
        self.fields["region"].choices = [*blank, *named]  # type: ignore[attr-defined]  # a choice field

    def given(self) -> dict[str, str]:
        """What is known of the group, by name; texts of one line are one line."""
        said = {name: clean_line(self.cleaned_data[name]) for name in self.fields}
        return said | {"about": clean(self.cleaned_data["about"])}

    def place(self) -> tuple[Region, Municipality | None]:
        """The region, and the town where it was asked."""
        return self.regions[self.cleaned_data["region"]], None


class ToldGroupForm(GroupForm):
    """The same as the centre writes it down from somebody's words."""

    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    told_by = forms.CharField(
        label=_("From whose words"),
        help_text=_("Who told this to you. Until the group confirms it, it is not confirmed."),
        max_length=200,
    )
    head = forms.CharField(
        label=_("Who leads it"),
        help_text=_("Surname, name, patronymic. No account is needed."),
        required=False,
        max_length=200,
    )
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "tel", "class": "w-16"}),
    )

    def __init__(
        self,
        regions: Iterable[Region],
        places: Iterable[Municipality],
        *args: object,
        **kwargs: object,
    ) -> None:
        super().__init__(regions, *args, **kwargs)
        self.places = {str(one.key): one for one in places}
        named = [(key, one.name) for key, one in self.places.items()]
        self.fields["municipality"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field
        self.order_fields(["name", "region", "municipality", "about"])

    def place(self) -> tuple[Region, Municipality | None]:
        """The town's own region where one is chosen."""
        town = self.places.get(self.cleaned_data["municipality"])
        region, _nothing = super().place()
        return (town.region, town) if town else (region, None)
