"""By which a receipt is found."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReceiptForm(forms.Form):
    """The number of an application and the code of its receipt."""

    number = forms.CharField(
        label=_("Number of the application"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-16", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("Code of the receipt"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "w-16", "autocomplete": "off"}),
    )
