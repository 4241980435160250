"""What is chosen and typed about consents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import DayField
from sinergia.people.models import Consent, ConsentText


class ShownForm(forms.Form):
    """What of a person may be shown; of the other consents nothing is to choose."""

    shows = forms.MultipleChoiceField(
        label=_("What may be shown to everybody"),
        choices=Consent.Item.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, purpose: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        if purpose != ConsentText.Purpose.PUBLICATION:
            del self.fields["shows"]


class PaperForm(ShownForm):
    """A consent that somebody signed on paper."""

    is_signed = forms.BooleanField(
        label=_("I hold the signed paper and keep it with the papers of the site’s operator")
    )


class NewTextForm(forms.Form):
    """The next version of a text, in both languages."""

    text_ru = forms.CharField(label=_("Text in Russian"), widget=forms.Textarea, max_length=10_000)
    text_en = forms.CharField(label=_("Text in English"), widget=forms.Textarea, max_length=10_000)
    from_on = DayField(
        label=_("In force from"),
    )
