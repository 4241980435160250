"""What is answered to a question of a load."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.engine.identifiers import read_inn, read_ogrn
from sinergia.organisations.actions.questions import Answer
from sinergia.organisations.models import Organisation, Question
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.places.models import Region

Result = Question.Result
Choice = tuple[str, str | Promise]
NUMBER = {"class": "w-16", "inputmode": "numeric", "autocomplete": "off"}
JOIN, GROUP = "join:", "group"


class TwoValuesForm(forms.Form):
    """As the file says, or as it stands; the latter alone where another centre is asked."""

    answer = forms.ChoiceField(label=_("What is right"), widget=forms.RadioSelect)

    def __init__(self, ours: str, theirs: str, *args: object, may_take: bool = True) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own signature
        taken = gettext("As the file says: %s") % theirs
        kept = gettext("As it stands: %s") % ours
        choices = [(Result.TAKEN, taken)] if may_take else []
        _offer(self, "answer", [*choices, (Result.KEPT, kept)])

    def answer_given(self) -> Answer:
        """What was chosen."""
        return Answer(self.cleaned_data["answer"])


class OwnerForm(forms.Form):
    """Whose a row is: one of those proposed, one by its number, a new one, nobody's."""

    answer = forms.ChoiceField(label=_("Whose row is it"), widget=forms.RadioSelect)
    number = forms.CharField(
        label=_("Number of another organisation: OGRN or INN"),
        help_text=_("Only where it is in the register already and not among those above."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=NUMBER),
    )

    def __init__(
        self,
        proposed: Sequence[tuple[Organisation, str]],
        *args: object,
        seen: QuerySet[Organisation],
        may_enter: bool,
    ) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own signature
        self.seen = seen
        self.proposed = {f"{JOIN}{one.key}": one for one, _ in proposed}
        choices: list[Choice] = [(f"{JOIN}{one.key}", words) for one, words in proposed]
        choices += [("number", _("Another one, by its number below"))]
        if may_enter:
            choices += [
                (Result.ENTERED, _("A new organisation: enter it")),
                (GROUP, _("A group without a legal entity: enter it")),
            ]
        _offer(self, "answer", [*choices, (Result.DROPPED, _("Leave the row out"))])

    def clean(self) -> dict[str, object]:
        """A number must be somebody's."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "number":
            self.proposed["number"] = self._found(str(cleaned.get("number", "")))
        return cleaned

    def answer_given(self) -> Answer:
        """What was chosen."""
        answer = str(self.cleaned_data["answer"])
        if answer in self.proposed:
            return Answer(Result.JOINED, organisation=self.proposed[answer])
        if answer == GROUP:
            return Answer(Result.ENTERED, is_group=True)
        return Answer(answer)

    def _found(self, typed: str) -> Organisation:
        ogrn, inn = read_ogrn(typed), read_inn(typed)
        found = organisation_by_number(
            ogrn.value if ogrn is not None and ogrn.is_valid else "",
            inn.value if inn is not None and inn.is_valid else "",
        )
        if found is None or not self.seen.filter(pk=found.pk).exists():
            told = gettext("Nobody in the register has this number. Check its digits.")
            raise ValidationError({"number": told})
        return found


class RegionForm(forms.Form):
    """Which region is meant by a spelling."""

    region = forms.ChoiceField(
        label=_("Region"),
        help_text=_("Every row of this source that writes it so is settled with it."),
        required=False,
    )
    is_left_out = forms.BooleanField(label=_("Leave the row out"), required=False)

    def __init__(self, regions: Sequence[Region], *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own signature
        self.regions = {one.code: one for one in regions}
        _offer(self, "region", [("", _("choose")), *((one.code, one.name) for one in regions)])

    def clean(self) -> dict[str, object]:
        """One of the two has to be said."""
        cleaned = super().clean() or {}
        if not cleaned.get("region") and not cleaned.get("is_left_out"):
            self.add_error("region", gettext("Choose the region that is meant."))
        return cleaned

    def answer_given(self) -> Answer:
        """What was chosen."""
        if self.cleaned_data["is_left_out"]:
            return Answer(Result.DROPPED)
        return Answer(Result.TAKEN, region=self.regions[self.cleaned_data["region"]])


def _offer(form: forms.Form, name: str, choices: Sequence[Choice]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)
