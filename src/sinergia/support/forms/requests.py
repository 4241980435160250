"""Requests for help as they are typed."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import DayField, LinesField
from sinergia.engine.visiting.clock import NoSuchTime, moment_of
from sinergia.organisations.models import Centre, Organisation
from sinergia.places.models import Municipality
from sinergia.projects.models import Project
from sinergia.support.actions.requests import TEXT, WORDS, Asked, Noted
from sinergia.support.forms.whom import WhomForm
from sinergia.support.models import Channel, Topic
from sinergia.support.queries.requests import RequestFilter
from sinergia.support.queries.whom import Meant

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class AskForm(forms.Form):
    """What somebody asks of the centre of their region."""

    organisation = forms.ChoiceField(label=_("In whose name"), required=False)
    centre = forms.ChoiceField(label=_("Your region"), required=False)
    text = LinesField(
        label=_("What you need help with"),
        help_text=_("In your own words; a time that suits you, if you would rather come."),
        max_length=TEXT,
        rows=5,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        organisations: Sequence[Organisation],
        centres: Sequence[Centre],
        *args: Any,  # noqa: ANN401  # Django's own signature
        project: Project | None = None,
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        kwargs["initial"] = {"key": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.project = project
        self.organisations = {str(one.key): one for one in organisations}
        self.centres = {str(one.key): one for one in centres}
        named = [(key, one.short_name or one.name) for key, one in self.organisations.items()]
        alone = [] if project else [("", _("for myself"))]
        self.fields["organisation"].choices = [*named, *alone]  # type: ignore[attr-defined]  # a choice field
        if project is not None or not named:
            del self.fields["organisation"]
        regions = [(key, _regions_of(one)) for key, one in self.centres.items()]
        self.fields["centre"].choices = [("", "—"), *regions]  # type: ignore[attr-defined]  # the same
        if project is not None:
            del self.fields["centre"]
        elif named:
            self.fields["centre"].help_text = _(
                "Only for yourself: an organisation asks the centre of its own region."
            )

    def clean(self) -> dict[str, Any]:
        """Somebody who asks for themselves says whose centre they ask."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        is_nobodys = self.project is None and not said.get("organisation")
        if is_nobodys and not said.get("centre") and "centre" not in self.errors:
            self.add_error("centre", gettext("Choose your region."))
        return said

    def asked(self) -> Asked:
        """What is asked, in whose name."""
        said = self.cleaned_data
        organisation = self.organisations.get(said.get("organisation", ""))
        if self.project is not None:
            organisation = self.project.organisation
        return Asked(said["text"], organisation, self.project)

    def centre_given(self) -> Centre | None:
        """Whom somebody asks for themselves."""
        return self.centres.get(self.cleaned_data.get("centre", ""))


class NoteForm(WhomForm):
    """A request that the centre writes down from somebody's words."""

    text = LinesField(
        label=_("What they need help with"),
        max_length=TEXT,
        rows=3,
    )
    told_by = forms.CharField(
        label=_("From whose words"), help_text=_("Who called or came."), required=False,
        max_length=200,
    )  # fmt: skip
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    topic = forms.ChoiceField(label=pgettext_lazy("help", "Topic"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        topics: Sequence[Topic],
        meant: Meant,
        municipalities: Sequence[Municipality],
        *args: Any,  # noqa: ANN401  # Django's own signature
        **kwargs: Any,  # noqa: ANN401  # the same
    ) -> None:
        kwargs["initial"] = {"key": uuid4(), "channel": Channel.PHONE} | (
            kwargs.get("initial") or {}
        )
        super().__init__(meant, municipalities, *args, **kwargs)
        self.topics = {str(one.key): one for one in topics}
        named = [(key, one.name) for key, one in self.topics.items()]
        self.fields["topic"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def noted(self, on: Any) -> Noted:  # noqa: ANN401  # a day
        """What is asked, by whom."""
        said, whom = self.cleaned_data, self.whom_given(on)
        topic = self.topics.get(said["topic"])
        asked = Asked(said["text"], whom.organisation, topic=topic)
        return Noted(asked, said["told_by"], said["channel"], whom.client, whom.made)


class AppointForm(forms.Form):
    """When and where somebody is expected, by the clock of the centre."""

    on = DayField(label=_("Day"))
    at = forms.TimeField(label=_("Time"), widget=TIME)
    where = forms.CharField(
        label=_("Where"), help_text=_("An address with the room, or a link."), max_length=300
    )

    def __init__(self, zone: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)

    def clean(self) -> dict[str, Any]:
        """The moment that a clock shows there."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("on") and said.get("at"):
            try:
                said["moment"] = moment_of(said["on"], said["at"], self.zone)
            except NoSuchTime:
                told = gettext("The clocks are put forward over this time: there is none.")
                self.add_error("at", told)
        return said


class CloseForm(forms.Form):
    """Why a request is closed without an answer."""

    why = LinesField(
        label=_("In words"),
        help_text=_("Whoever asked reads it."),
        max_length=WORDS,
        rows=3,
    )


class RequestsForm(forms.Form):
    """The filter of requests. Shown, never validated."""

    q = forms.CharField(
        label=_("Words of a request, of a name"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    mine = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("", _("all")), ("yes", _("taken by me"))]
    )
    appointed = forms.ChoiceField(
        label=_("Appointment"),
        required=False,
        choices=[("", _("all")), ("yes", _("somebody is expected"))],
    )
    stage = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: RequestFilter) -> None:
        super().__init__(initial=asked.values, auto_id="filter_%s")


def _regions_of(centre: Centre) -> str:
    names = ", ".join(one.region.name for one in centre.regions.all())
    return f"{names}: {centre.organisation.short_name or centre.organisation.name}"
