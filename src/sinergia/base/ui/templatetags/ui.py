"""What the templates of pages and components ask for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.defaultfilters import stringfilter
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sinergia.engine import words_ru

register = template.Library()


@dataclass(frozen=True)
class Place:
    """One entry of the menu, by the name of its address: base knows no higher floor."""

    label: str | Promise
    address: str
    rights: frozenset[str] = frozenset()  # one of them is needed; none: visitors see it too
    beyond: str = ""  # pattern of paths that belong here and stand elsewhere


# The words of `web.context.rights_of`.
SIGNED_IN = frozenset({"signed_in"})
ADMINISTRATOR = frozenset({"administrator"})
WRITING = frozenset({"team", "staff"})
STAFF = frozenset({"staff"})
TEAM = frozenset({"team"})
COMPARING = frozenset({"staff", "official", "administrator"})
SCREENING = "(?:inside|decide|take-back)/"  # of a submission: what its contest does with it

MENU = (
    Place(pgettext_lazy("menu", "Home"), "web:home"),
    Place(_("My tasks"), "web:desk", SIGNED_IN),
    Place(_("Region in figures"), "regions:list", COMPARING),
    Place(_("Organisations"), "organisations:list"),
    Place(_("Practices"), "practices:catalogue"),
    Place(_("Exchange"), "exchange:programmes", beyond=r"/(visits|commitments)/"),
    Place(_("Trainings"), "trainings:list", beyond="/certificates/"),
    Place(_("Contests"), "calls:contests", beyond=rf"/submissions/[^/]+/{SCREENING}"),
    Place(_("Projects"), "projects:projects", WRITING, rf"/submissions/[^/]+/(?!{SCREENING})"),
    Place(_("Applications"), "applications:list"),
    Place(_("Grants"), "grants:list", STAFF),
    Place(_("Grants"), "grants:ours", TEAM, beyond=r"/grants/|/organisations/[^/]+/grants/"),
    Place(pgettext_lazy("menu", "Consultations"), "help:log", STAFF),
    Place(pgettext_lazy("menu", "Loads"), "applications:loads", ADMINISTRATOR),
    Place(pgettext_lazy("menu", "Queue"), "applications:queue", ADMINISTRATOR),
    Place(_("Centres"), "register:centres", ADMINISTRATOR),
    Place(_("Operations"), "operations:status", ADMINISTRATOR),
)


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[dict[str, object]]:
    """List the entries that exist and that this person may open; the page may give its own."""
    if context.get("menu") is not None:
        return list(context["menu"])
    rights = set(context.get("rights") or ())
    path = getattr(context.get("request"), "path", "")
    offered = [one for one in MENU if not one.rights or one.rights & rights]
    shown = [(one, url) for one in offered if (url := _address(one.address))]
    # What belongs to an entry although it stands under another is of that one alone.
    beyond = [one for one, _url in shown if one.beyond and re.match(one.beyond, path)]
    return [
        {"label": one.label, "url": url, "current": one in (beyond or _above(path, shown))}
        for one, url in shown
    ]


def _above(path: str, shown: list[tuple[Place, str]]) -> list[Place]:
    """Entries under whose address a path stands; under the front page stands nothing else."""
    return [one for one, url in shown if path == url or (url != "/" and path.startswith(url))]


@register.filter(is_safe=True)
@stringfilter
def inner_quotes(name: str) -> str:
    """A name that a sentence puts in quotes: in Russian its own become „ “."""
    return words_ru.inner_quotes(name) if (get_language() or "ru").startswith("ru") else name


def _address(name: str) -> str:
    """Find an address; empty where no page of that name is there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.filter
def mistakes(given: BaseForm | Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pair every error with the anchor of its field; those of the whole form come first.

    What a view has paired itself goes through as it is.
    """
    if not isinstance(given, BaseForm):
        yield from given
        return
    for error in given.non_field_errors():
        yield "", str(error)
    for bound in given:
        for error in bound.errors:
            yield f"#{bound.auto_id}", f"{bound.label}: {error}"
