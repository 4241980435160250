"""What is typed about messages: what one wants by e-mail, the words of a message to many."""

from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergia.notices.actions.mailings import LONGEST_SUBJECT, LONGEST_TEXT
from sinergia.notices.actions.phoning import LONGEST_NOTE
from sinergia.notices.models import Choice

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
# Where readers of Russian live, from west to east; whoever lives elsewhere types its name.
ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk",
    "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan",
    "Asia/Kamchatka",
)  # fmt: skip


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
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("By its city, for example Europe/Moscow or Asia/Yekaterinburg."),
        max_length=40,
        widget=forms.TextInput({"list": "zones", "class": "w-16"}),
    )
    zones = ZONES

    def clean_time_zone(self) -> str:
        """Refuse what is no zone."""
        name = str(self.cleaned_data["time_zone"]).strip()
        if name not in available_timezones():
            raise ValidationError(_("There is no such zone. A zone reads Europe/Moscow."))
        return ZoneInfo(name).key


class MailingForm(forms.Form):
    """The words of a message to many."""

    subject = forms.CharField(
        label=pgettext_lazy("letter", "Subject"),
        max_length=LONGEST_SUBJECT,
    )
    text = forms.CharField(
        label=pgettext_lazy("letter", "Text"),
        help_text=gettext_lazy(
            "Plain text; addresses beginning with https:// can be pressed. {name} becomes the "
            "name of the organisation."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 12}),
    )


class PhonedForm(forms.Form):
    """What was said by phone."""

    note = forms.CharField(
        label=gettext_lazy("What was agreed"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.TextInput({"class": "w-full"}),
    )
