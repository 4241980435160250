"""What is asked of an assignment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.review.actions.assigning import Wanted

LARGEST = 10_000


class ProposeForm(forms.Form):
    """Loads of each expert, and what may change."""

    what = forms.ChoiceField(
        label=_("What is proposed"),
        choices=[
            ("whole", _("All readings that nobody has begun; locked ones stay")),
            ("repair", _("Only the missing readings; nothing else changes")),
        ],
        widget=forms.RadioSelect,
    )
    least = forms.IntegerField(
        label=_("Least applications of each expert"),
        help_text=_("An expert who agreed to fewer gets as many as they agreed to."),
        min_value=0,
        max_value=LARGEST,
        required=False,
    )
    most = forms.IntegerField(
        label=_("Most applications of each expert"),
        help_text=_("Leave it empty: each reads no more than they agreed to."),
        min_value=1,
        max_value=LARGEST,
        required=False,
    )

    def given(self) -> Wanted:
        """What was asked for."""
        told = self.cleaned_data
        is_repair = told["what"] == "repair"
        return Wanted(told["least"] or 0, told["most"], is_repair=is_repair)


class ReadingFilterForm(forms.Form):
    """The filter of applications under review. Shown, never validated."""

    q = forms.CharField(
        label=_("Code, title or organisation"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    lacking = forms.ChoiceField(
        label=_("Experts"),
        required=False,
        choices=[("", _("All applications")), ("yes", _("Another expert is needed"))],
    )


class PairFilterForm(forms.Form):
    """The filter of proposed pairs. Shown, never validated."""

    q = forms.CharField(
        label=_("Code or title of the application, code or name of the expert"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )


class ChangeForm(forms.Form):
    """A change of a reading by hand. sheet, expert: keys, where the change names them."""

    what = forms.ChoiceField(
        choices=[(one, one) for one in ("give", "move", "take_off", "lock", "unlock")]
    )
    sheet = forms.UUIDField(required=False)
    expert = forms.UUIDField(required=False)
    why = forms.CharField(required=False, max_length=1_000)
