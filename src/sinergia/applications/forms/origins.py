"""Of which project an application is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.applications.forms.choosing import offer
from sinergia.projects.models import Project


class OriginForm(forms.Form):
    """A project, and by whose word."""

    project = forms.ChoiceField(label=_("Project"))
    ground = forms.CharField(
        label=_("How it is known"),
        help_text=_("Who says so and when: “the head of the organisation, by phone, 12 March”."),
        max_length=300,
    )

    def __init__(self, projects: Iterable[Project], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        super().__init__(*args, **kwargs)
        self.projects = {str(one.key): one for one in projects}
        titles = [(key, one.title or _("without a title")) for key, one in self.projects.items()]
        offer(self, "project", [("", _("choose")), *titles])

    def chosen(self) -> Project:
        """The project that was chosen."""
        return self.projects[self.cleaned_data["project"]]
