"""One hit: its name, its address, and one line that says which of several it is."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergia.applications.models import Application
from sinergia.base.search.marking import marked, snippet
from sinergia.base.ui.parts import Hit
from sinergia.base.ui.templatetags.figures import day
from sinergia.calls.actions.indexing import CALL, FUND
from sinergia.exchange.actions.indexing import AGREEMENT, PROGRAMME, VISIT
from sinergia.insights.search.queries import Named
from sinergia.organisations.models import Contact, Note, Organisation
from sinergia.places.actions.indexing import MUNICIPALITY, REGION, THEME
from sinergia.practices.models import Practice
from sinergia.practices.words.catalogue import home_name, owner_of, place_of

DOT = " · "
CONTEST = "contest"  # a call whose contest is held here
WHAT: dict[str, Promise] = {
    REGION: gettext_lazy("Region"),
    MUNICIPALITY: gettext_lazy("Organisations of the municipality"),
    THEME: gettext_lazy("Applications of the theme"),
    FUND: gettext_lazy("Applications to the fund"),
    CALL: gettext_lazy("Applications to the contest"),
    CONTEST: pgettext_lazy("noun", "Contest"),
    PROGRAMME: gettext_lazy("Programme of exchange"),
    AGREEMENT: gettext_lazy("Partnership agreement"),
    VISIT: gettext_lazy("Visit"),
}
WHERE: dict[str, Callable[[Named], str]] = {
    REGION: lambda one: reverse("regions:detail", args=[one.address]),
    MUNICIPALITY: lambda one: _rows(
        "organisations:list", region=one.inside_code, municipality=one.address
    ),
    THEME: lambda one: _rows("applications:list", region=one.inside_code, theme=one.address),
    FUND: lambda one: _rows("applications:list", fund=one.address),
    CALL: lambda one: _rows("applications:list", call=one.address),
    CONTEST: lambda one: reverse("calls:contest", args=[UUID(one.address)]),
    PROGRAMME: lambda one: reverse("exchange:programme", args=[UUID(one.address)]),
    AGREEMENT: lambda one: reverse("exchange:agreement", args=[UUID(one.address)]),
    VISIT: lambda one: reverse("exchange:visit", args=[UUID(one.address)]),
}


def organisation_hit(row: Organisation, typed: str) -> Hit:
    """Its name; public numbers and where it is."""
    ogrn, inn = numbers_of(row)
    said = [_("OGRN %s") % ogrn] if ogrn else []
    said += [_("INN %s") % inn] if inn else []
    said += [place.name for place in (row.municipality, row.region) if place]
    said += [] if row.is_public else [_("not shown to the public")]
    return _hit(reverse("organisations:detail", args=[row.key]), row.name, said, typed)


def numbers_of(row: Organisation) -> tuple[str, str]:
    """OGRN and INN as the query puts them beside the row; a person's are not among them."""
    return getattr(row, "ogrn", None) or "", getattr(row, "inn", None) or ""


def application_hit(row: Application, typed: str) -> Hit:
    """Its title; number, who asked, whom, where. The query says whether that is named."""
    owner = row.organisation
    said = [f"№ {row.number}"]
    said += [owner.name] if owner and getattr(row, "is_named", False) else []
    said += [f"{row.fund.name}, {row.contest_year}" if row.contest_year else row.fund.name]
    said += [row.region.name] if row.region else []
    return _hit(reverse("applications:detail", args=[row.key]), row.title, said, typed)


def practice_hit(row: Practice, typed: str) -> Hit:
    """Its title; whose it is, where, of which theme; what it is in a sentence."""
    said = [
        owner_of(row),
        place_of(row),
        row.theme.name if row.theme else "",
        home_name(row),
    ]
    hit = _hit(reverse("practices:practice", args=[row.key]), row.title, said, typed)
    return replace(hit, text=snippet(row.essence, typed))


def named_hit(one: Named, typed: str) -> Hit:
    """A place or a fund's thing: what opens, and what it belongs to."""
    kind = CONTEST if one.is_held else one.kind
    said = [str(WHAT[kind]), one.inside, str(one.year) if one.year else ""]
    return _hit(WHERE[kind](one), one.name, [text for text in said if text], typed)


def contact_hit(row: Contact, typed: str) -> Hit:
    """Somebody's name; the first of their posts."""
    post = [getattr(row, "post_title", None) or "", getattr(row, "post_body", None) or ""]
    said = [", ".join(text for text in post if text)]
    return _hit(reverse("register:contact", args=[row.key]), row.name, said, typed)


def note_hit(row: Note, typed: str) -> Hit:
    """Whom a note is about and when it was made; the part of it where the words stand.

    The notes about one that has left open for nobody here: its card does.
    """
    name = "register:notes" if getattr(row, "is_served", False) else "organisations:detail"
    return Hit(
        url=reverse(name, args=[row.organisation.key]),
        title=marked(row.organisation.name, ""),
        line=marked(day(row.made_at), ""),
        text=snippet(row.text, typed),
    )


def _hit(url: str, title: str, said: list[str], typed: str) -> Hit:
    return Hit(url, marked(title, typed), marked(DOT.join(filter(None, said)), typed))


def _rows(address: str, **asked: str) -> str:
    return f"{reverse(address)}?{urlencode(asked)}"
