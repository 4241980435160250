"""What is typed when a project is begun."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergia.calls.models import Contest
from sinergia.organisations.models import Organisation
from sinergia.packs.templates import templates
from sinergia.projects.actions.starting import Begun
from sinergia.projects.models import Project


class BeginForm(forms.Form):
    """Whose project it is, for which contest, and with what it begins."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    contest = forms.ChoiceField(
        label=_("For the contest"),
        help_text=_("By its rules the form counts; another one can be chosen later."),
        required=False,
    )
    title = forms.CharField(
        label=_("Title of the project"),
        help_text=_("It can be changed until the application is registered."),
        max_length=300,
        required=False,
    )
    copy = forms.ChoiceField(
        label=_("Begin with the texts of"),
        help_text=_("An earlier project stays as it is; its texts are copied."),
        required=False,
    )
    template = forms.ChoiceField(
        label=_("Begin with a template"),
        help_text=_(
            "A plan, a team, lines of a budget and texts in which […] stands where yours belongs."
        ),
        required=False,
    )
    told_by = forms.CharField(
        label=_("From whose words you write"),
        help_text=_("Name and post of whoever tells you about the project."),
        max_length=200,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        organisations: Iterable[Organisation],
        contests: Iterable[Contest],
        earlier: Iterable[Project],
        *args: Any,  # noqa: ANN401  # Django's own signature
        is_own: bool,
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.organisations = {str(one.key): one for one in organisations}
        self.contests = {str(one.call.key): one for one in contests}
        self.earlier = {str(one.key): one for one in earlier}
        self._offer("organisation", {key: one.name for key, one in self.organisations.items()})
        named = {key: one.call.name for key, one in self.contests.items()}
        self._offer("contest", {"": _("none yet"), **named})
        titles = {key: one.title or _("without a title") for key, one in self.earlier.items()}
        self._offer("copy", {"": _("nothing"), **titles})
        language = get_language() or "ru"
        kinds = {code: one.name.told(language) for code, one in templates().items()}
        self._offer("template", {"": _("nothing"), **kinds})
        if is_own:
            del self.fields["told_by"]
        if not self.earlier:
            del self.fields["copy"]
        if len(self.organisations) == 1:
            (self.fields["organisation"].initial,) = self.organisations
            self.fields["organisation"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Texts come from one place."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("copy") and said.get("template"):
            self.add_error("template", _("Choose a template or an earlier project, not both."))
        return said

    def whose(self) -> Organisation:
        """The organisation that was chosen."""
        return self.organisations[self.cleaned_data["organisation"]]

    def given(self) -> Begun:
        """What the project begins with."""
        said, language = self.cleaned_data, get_language() or "ru"
        template = templates().get(said["template"])
        return Begun(
            title=said["title"],
            key=said["key"],
            contest=self.contests.get(said["contest"]),
            copy=self.earlier.get(said.get("copy", "")),
            told_by=said.get("told_by", ""),
            texts=template.values(language) if template is not None else {},
        )

    def _offer(self, name: str, named: dict[str, Any]) -> None:
        self.fields[name].choices = list(named.items())  # type: ignore[attr-defined]  # a choice field


class AimForm(forms.Form):
    """For which contest a project is written."""

    contest = forms.ChoiceField(label=_("For the contest"), required=False)

    def __init__(self, contests: Iterable[Contest], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.contests = {str(one.call.key): one for one in contests}
        named = [(key, one.call.name) for key, one in self.contests.items()]
        self.fields["contest"].choices = [("", _("none yet")), *named]  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> Contest | None:
        """The contest; none."""
        return self.contests.get(self.cleaned_data["contest"])


class NameForm(forms.Form):
    """How a version is to be called."""

    name = forms.CharField(label=_("What this version is"), max_length=200)
