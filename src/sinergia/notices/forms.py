"""What is typed about messages: what one wants by e-mail, the words of a message to many."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergia.base.ui.fields import LinesField
from sinergia.base.ui.zones import zone_choices
from sinergia.notices.actions.mailings import LONGEST_SUBJECT, LONGEST_TEXT
from sinergia.notices.actions.phoning import LONGEST_NOTE
from sinergia.notices.models import Choice

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class ChoiceForm(forms.Form):
    """What somebody wants by e-mail, and when."""

    email = forms.ChoiceField(
        label=gettext_lazy("Letters to your mailbox"),
        choices=Choice.Email.choices,
        widget=forms.RadioSelect,
    )
    digest_hour = forms.TypedChoiceField(
        label=gettext_lazy("Hour of the daily letter"), choices=HOURS, coerce=int
    )
    quiet_from = forms.TypedChoiceField(label=gettext_lazy("Quiet from"), choices=HOURS, coerce=int)
    quiet_to = forms.TypedChoiceField(label=gettext_lazy("Quiet until"), choices=HOURS, coerce=int)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("The hours above go by the clock of this city."),
    )

    def __init__(self, *args: object, now: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        known = str(self.initial["time_zone"])
        self.fields["time_zone"].choices = zone_choices(now, known=known)  # type: ignore[attr-defined]  # a choice field


class MailingForm(forms.Form):
    """The words of a message to many."""

    subject = forms.CharField(
        label=pgettext_lazy("letter", "Subject"),
        max_length=LONGEST_SUBJECT,
    )
    text = LinesField(
        label=pgettext_lazy("letter", "Text"),
        help_text=gettext_lazy(
            "Plain text; addresses beginning with https:// can be pressed. {name} becomes the "
            "name of whoever it goes to."
        ),
        max_length=LONGEST_TEXT,
        rows=12,
    )


class PhonedForm(forms.Form):
    """What was said by phone."""

    note = forms.CharField(
        label=gettext_lazy("What was agreed"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.TextInput({"class": "w-full"}),
    )
