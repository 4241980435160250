"""What is typed about people whom a centre knows."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergia.base.ui.fields import DayField, LinesField
from sinergia.engine.text import clean, clean_line
from sinergia.organisations.forms.opened import OpenedForm
from sinergia.organisations.models import Contact, Post
from sinergia.organisations.queries.contacts import ContactFilter
from sinergia.places.models import Municipality, Region


class ContactForm(OpenedForm):
    """Somebody and how to reach them."""

    name = forms.CharField(label=_("Surname, name, patronymic"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "tel", "class": "w-16"}),
    )
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    told_by = forms.CharField(
        label=_("From whose words"),
        help_text=_("Who told this to you; until the person confirms it, it is not confirmed."),
        required=False,
        max_length=200,
    )
    note = LinesField(
        label=_("Note of the centre"),
        help_text=_("Seen by the centre’s people alone. Nothing about health or beliefs."),
        required=False,
        rows=3,
    )

    def __init__(self, municipalities: Sequence[Municipality], *args: object, **kw: object) -> None:
        super().__init__(*args, **kw)
        self.places = {str(one.key): one for one in municipalities}
        named = [(key, one.name) for key, one in self.places.items()]
        self.fields["municipality"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice field

    def clean_name(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["name"])

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """The fields of the row; the region goes with the municipality."""
        lines = {name: clean_line(str(values[name])) for name in ("name", "phone", "told_by")}
        place = self.places.get(str(values["municipality"]))
        beside = {"municipality": place, "note": clean(str(values["note"]))}
        return lines | {"email": values["email"]} | beside


class PostForm(OpenedForm):
    """A post and how long it is held."""

    title = forms.CharField(label=_("Post"), max_length=200)
    body = forms.CharField(
        label=_("Ministry, administration, newspaper, organisation"), required=False, max_length=300
    )
    kind = forms.ChoiceField(label=_("Whose post"), choices=Post.Kind.choices)
    rank = forms.IntegerField(
        label=_("Rank in the protocol"),
        help_text=_("1 goes before 2; of two posts the smaller number is shown first."),
        min_value=1,
        max_value=9999,
        initial=100,
        widget=forms.NumberInput(attrs={"class": "w-8"}),
    )
    since = DayField(label=_("Since"), required=False)
    until = DayField(label=_("Until"), required=False)

    def read(self, values: Mapping[str, object]) -> dict[str, object]:
        """The fields of the row."""
        lines = {name: clean_line(str(values[name])) for name in ("title", "body")}
        return dict(values) | lines


class ListForm(forms.Form):
    """The name of a list."""

    name = forms.CharField(label=_("Name of the list"), max_length=200)

    def clean_name(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["name"])

    def given(self) -> dict[str, object]:
        """The fields of the row."""
        return dict(self.cleaned_data)


class PutForm(forms.Form):
    """Who goes on a list, and in which capacity. people: who is offered."""

    who = forms.ChoiceField(label=_("Who, and in which capacity"))

    def __init__(self, people: Iterable[Contact], *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own signature
        self.offered: dict[str, tuple[Contact, Post | None]] = {}
        for contact in people:
            for post in contact.held:  # type: ignore[attr-defined]  # read with each by the query
                self.offered[f"{contact.key}:{post.key}"] = (contact, post)
            self.offered.setdefault(f"{contact.key}:", (contact, None))
        named = [(value, _named(*pair)) for value, pair in self.offered.items()]
        self.fields["who"].choices = named  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> tuple[Contact, Post | None]:
        """The person, and the post; none for no capacity."""
        return self.offered[self.cleaned_data["who"]]


class FilterForm(forms.Form):
    """Search among people. Shown, never validated."""

    q = forms.CharField(
        label=_("Words of a name, post or body"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    kind = forms.ChoiceField(
        label=_("Whose post"), required=False, choices=[("", _("all")), *Post.Kind.choices]
    )

    def __init__(self, asked: ContactFilter, regions: Sequence[Region]) -> None:
        super().__init__(
            initial={"q": asked.q, "kind": asked.kind, "region": asked.region},
            auto_id="filter_%s",
        )
        if len(regions) > 1:
            places = [("", _("All regions")), *((one.code, one.name) for one in regions)]
            self.fields["region"] = forms.ChoiceField(
                label=_("Region"), required=False, choices=places
            )


def _named(contact: Contact, post: Post | None) -> str:
    if post is None:
        return contact.name
    return f"{contact.name} — {post.title}" + (f", {post.body}" if post.body else "")
