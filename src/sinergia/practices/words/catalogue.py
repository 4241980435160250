"""What the catalogue says: levels and audiences, filters, what practices have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from sinergia.base.ui.parts import Choice, Facet, FacetForm
from sinergia.base.ui.templatetags.figures import money
from sinergia.packs.practices import lists
from sinergia.practices.models import ForeignPractice, Practice
from sinergia.practices.queries.catalogue import NONE, OURS, PracticeFilter
from sinergia.practices.queries.facets import Counts
from sinergia.practices.queries.similar import Like

Labels = Sequence[tuple[str, str | Promise]]

TITLES: Mapping[str, str | Promise] = {
    "theme": gettext_lazy("Theme"),
    "audience": gettext_lazy("For whom"),
    "evidence": gettext_lazy("How sure it is"),
    "maturity": gettext_lazy("How ripe it is"),
    "cost": gettext_lazy("Cost to begin"),
    "region": gettext_lazy("Region"),
    "hosting": gettext_lazy("Visits"),
    "home": gettext_lazy("Where it is at home"),
}
LISTED = frozenset({"theme", "audience", "region", "home"})  # too many to be seen at once
UNKNOWN: Mapping[str, str | Promise] = {
    "theme": gettext_lazy("without a theme"),
    "cost": gettext_lazy("not said"),
    "region": gettext_lazy("Region not known"),
}
ALL = pgettext_lazy("facet", "all")


@dataclass(frozen=True)
class Card:
    """A practice as a line of the list or a column beside others shows it.

    owner: "" where it is not shown to the public. home: of one that came by a feed.
    """

    practice: Practice
    owner: str
    place: str
    home: str
    audiences: str
    evidence: str
    maturity: str
    cost: str


def cards_of(practices: Sequence[Practice]) -> list[Card]:
    """Practices with their codes in words."""
    return [
        Card(
            practice=one,
            owner=owner_of(one),
            place=place_of(one),
            home=home_name(one),
            audiences=", ".join(audience_name(row.code) for row in one.audiences.all()),
            evidence=level_name("evidence", one.evidence),
            maturity=level_name("maturity", one.maturity),
            cost="" if one.start_minor is None else money(one.start_minor, one.currency),
        )
        for one in practices
    ]


def owner_of(practice: Practice) -> str:
    """Whose it is, where the public may know."""
    whose, foreign = practice.organisation, foreign_of(practice)
    if foreign is not None:
        return foreign.authors
    return (whose.short_name or whose.name) if whose is not None and whose.is_public else ""


def foreign_of(practice: Practice) -> ForeignPractice | None:
    """Where it came from, if it is not one of ours."""
    return getattr(practice, "foreign", None) if practice.organisation_id is None else None


def home_name(practice: Practice) -> str:
    """How the installation calls itself from which it came; "" of one of ours."""
    foreign = foreign_of(practice)
    return (foreign.feed.name or foreign.feed.address) if foreign is not None else ""


def place_of(practice: Practice) -> str:
    """The region, in the words of its home where we know none of that code."""
    foreign = foreign_of(practice)
    if practice.region is not None:
        return practice.region.name
    return foreign.place if foreign is not None else ""


def facet_form(asked: PracticeFilter, counts: Counts, hidden: Mapping[str, str]) -> FacetForm:
    """Lay out every facet with its numbers."""
    facets = [_facet(facet, asked, labels, counts) for facet, labels in _offered(counts).items()]
    return FacetForm(asked.q, facets, hidden, sum(bool(facet.chosen) for facet in facets))


def said_of(asked: PracticeFilter, counts: Counts) -> dict[str, str]:
    """Each facet that is chosen, as «Label: value» in the reader's language; words too."""
    said = {"q": _("Words: %s") % asked.q} if asked.q else {}
    for facet, labels in _offered(counts).items():
        value = getattr(asked, facet)
        if value:
            said[facet] = f"{TITLES[facet]}: {dict(labels).get(value) or value}"
    return said


def audience_name(code: str) -> str:
    """For whom, in the reader's language; the code where the list has it no more."""
    found = next((one for one in lists().audiences if one.code == code), None)
    return found.name.told(_language()) if found is not None else code


def licence_name(code: str) -> str:
    """On what terms materials may be used; the code as it came, where the list has it not."""
    found = next((one for one in lists().licences if one.code == code), None)
    return found.name.told(_language()) if found is not None else code


def level_name(ladder: str, level: int) -> str:
    """A level of evidence or maturity in the reader's language."""
    found = next((one for one in getattr(lists(), ladder) if one.level == level), None)
    return found.name.told(_language()) if found is not None else str(level)


def in_common(like: Like) -> str:
    """Why a practice is shown beside another one."""
    said = []
    theme = like.practice.theme
    if like.is_of_theme and theme is not None:
        said.append(_("the same theme: %s") % theme.name)
    if like.audiences:
        said.append(_("for the same people: %s") % ", ".join(map(audience_name, like.audiences)))
    if like.words:
        said.append(_("the same words: %s") % ", ".join(like.words))
    return "; ".join(said)


def _offered(counts: Counts) -> dict[str, Labels]:
    """The facets in their order, each with what there is to choose."""
    known = lists()
    language = _language()
    offered: dict[str, Labels] = {
        "theme": _counted("theme", counts),
        "audience": [(one.code, one.name.told(language)) for one in known.audiences],
    }
    for ladder in ("evidence", "maturity"):
        levels = [one for one in getattr(known, ladder) if one.level]
        named = [(str(one.level), one.name.told(language)) for one in levels]
        offered[ladder] = [*named, (NONE, level_name(ladder, 0))]
    costs = [(one.code, one.name.told(language)) for one in known.costs]
    offered["cost"] = [*costs, (NONE, UNKNOWN["cost"])]
    offered["region"] = _counted("region", counts)
    offered["hosting"] = [("yes", _("ready to receive a visit"))]
    if counts.of.get("home"):
        homes = sorted(counts.names["home"].items(), key=lambda one: one[1])
        offered["home"] = [(OURS, _("this site")), *homes]
    return offered


def _counted(facet: str, counts: Counts) -> Labels:
    """What the rows themselves say, by the alphabet; nothing said comes last."""
    names = counts.names.get(facet, {})
    known = sorted((name, code) for code, name in names.items() if code != NONE)
    return [*((code, name) for name, code in known), (NONE, UNKNOWN[facet])]


def _facet(facet: str, asked: PracticeFilter, labels: Labels, counts: Counts) -> Facet:
    """A facet with its numbers; counted among the first rows alone, none is not sure to be none."""
    numbers, nothing = counts.of.get(facet, {}), None if counts.among else 0
    chosen = getattr(asked, facet)
    if chosen and chosen not in dict(labels):  # stays to be seen and taken away
        labels = [*labels, (chosen, chosen)]
    choices = [
        Choice(code, str(label), numbers.get(code) or nothing, is_chosen=code == chosen)
        for code, label in labels
    ]
    everything = Choice("", str(ALL), is_chosen=not chosen)
    return Facet(facet, str(TITLES[facet]), [everything, *choices], chosen, facet in LISTED)


def _language() -> str:
    return get_language() or "ru"
