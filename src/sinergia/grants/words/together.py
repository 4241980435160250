"""Projects and people who join, in words: how far a project is, places, links, tabs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sinergia.base.ui.templatetags.figures import count, day, money, percent
from sinergia.engine.joining import PHASES, Phase, phase_of
from sinergia.grants.access import own_token
from sinergia.grants.models import Grant, Joiner
from sinergia.grants.queries.together import ShownProject

KINDS = {
    Joiner.Stage.ASKED: "warn",
    Joiner.Stage.CONFIRMED: "ok",
    Joiner.Stage.WAITING: "info",
    Joiner.Stage.REFUSED: "neutral",
    Joiner.Stage.LEFT: "neutral",
}
PHASE_KINDS = {
    "announced": "info",
    "under_way": "ok",
    "reporting": "warn",
    "closed": "neutral",
    "ended": "bad",
}


@dataclass(frozen=True)
class Passed:
    """A step of a project's life, as the component `stages` takes it."""

    label: str
    state: str


@dataclass(frozen=True)
class Told:
    """A figure of a project and its words. url: of its rows, where the reader may see them."""

    value: str
    label: str
    url: str = ""


def phase_said(phase: Phase) -> str:
    """How far a project is, in a word or two."""
    return {
        "announced": pgettext("project", "Announced"),
        "under_way": pgettext("project", "Under way"),
        "reporting": pgettext("project", "Reporting"),
        "closed": pgettext("project", "Closed with results"),
        "ended": pgettext("project", "Ended before its time"),
    }[phase]


def phase_of_row(grant: Grant, today: date) -> Phase | None:
    """How far a project in a list is, on one day for all of them."""
    return phase_of(grant.stage, ends_on=grant.ends_on, today=today)


def life_said(phase: Phase) -> list[Passed]:
    """The life of a project, step by step; of one that ended early nothing more is ahead."""
    if phase == "ended":
        return [Passed(phase_said("announced"), "passed"), Passed(phase_said("ended"), "here")]
    here = PHASES.index(phase)
    return [
        Passed(phase_said(one), "passed" if at < here else "here" if at == here else "ahead")
        for at, one in enumerate(PHASES)
    ]


def figures_said(shown: ShownProject) -> list[Told]:
    """What a project is in figures: granted, spent as accepted, people who joined."""
    currency = shown.grant.currency
    told = [Told(money(shown.grant.sum_minor, currency), _("granted"))]
    if shown.spent_minor:
        share = percent(shown.spent_minor / shown.grant.sum_minor)
        words = _("spent and accepted, %(share)s of the grant") % {"share": share}
        told.append(Told(money(shown.spent_minor, currency), words))
    if shown.joined:
        words = ngettext("person joined", "people joined", shown.joined)
        told.append(Told(count(shown.joined), words))
    return told


def places_said(left: int | None) -> str:
    """How many places of a role are left."""
    if left is None:
        return _("There is room for everybody.")
    if not left:
        return _("All places are taken: who joins now is put on the waiting list.")
    words = ngettext("%(left)s place is left.", "%(left)s places are left.", left)
    return words % {"left": left}


def when_said(first: date | None, last: date | None) -> str:
    """The days of a role, in words; "" where none are named."""
    if first is None and last is None:
        return ""
    if first is None:
        return _("till %(day)s") % {"day": day(last)}
    if last is None or first == last:
        return day(first) if last is not None else _("from %(day)s") % {"day": day(first)}
    return f"{day(first)} – {day(last)}"


def hours_said(minutes: int) -> str:
    """Minutes as hours, halves and quarters as they are: 90 gives 1,5."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return ngettext("%(hours)s hour", "%(hours)s hours", whole) % {"hours": count(whole)}
    told = {"hours": count(whole), "minutes": rest}
    return _("%(hours)s h %(minutes)s min") % told if whole else _("%(minutes)s min") % told


def served_said(days: Sequence[date], minutes: int) -> str:
    """On which days somebody was there, and how long in all."""
    first, last = min(days), max(days)
    span = day(first) if first == last else f"{day(first)} – {day(last)}"
    return f"{span} · {hours_said(minutes)}"


def own_link(row: Joiner) -> str:
    """The address of one's own page, whole."""
    return settings.SITE_URL + reverse("together:own", args=[row.key, own_token(row.key)])


def parent_link(row: Joiner) -> str:
    """The address at which a parent agrees or refuses, whole."""
    token = own_token(row.key, "parent")
    return settings.SITE_URL + reverse("together:parent", args=[row.key, token])


def project_link(grant: Grant) -> str:
    """The public address of a project, whole."""
    return settings.SITE_URL + reverse("together:project", args=[grant.key])


def embed_code(grant: Grant) -> str:
    """What the owner of a site puts into a page of it."""
    address = settings.SITE_URL + reverse("together:embed", args=[grant.key])
    title = grant.application.title.replace("&", "&amp;").replace('"', "&quot;")
    told = f'src="{address}" title="{title}" width="100%" height="420" loading="lazy"'
    return f"<iframe {told}></iframe>"


def tabs_of(grant: Grant, here: str, *, keeps: bool) -> list[tuple[str, str, bool]]:
    """Pages of the organisers about a project. keeps: whether people are theirs to see."""
    named = [("inside", _("Page and diary"))]
    if keeps:
        named += [
            ("people", pgettext("training", "People")),
            ("days", _("Days and hours")),
            ("door", _("Code at the door")),
        ]
    return [
        (label, reverse(f"together:{name}", args=[grant.key]), name == here)
        for name, label in named
    ]


def crumbs_of(grant: Grant, *, is_below: bool = True) -> list[tuple[str, str]]:
    """The way to a page of the organisers about a project."""
    way = [
        (grant.organisation.name, reverse("grants:own", args=[grant.organisation.key])),
        (grant.application.title, reverse("grants:grant", args=[grant.key])),
    ]
    inside = (_("Page and people"), reverse("together:inside", args=[grant.key]))
    return [*way, inside] if is_below else way


def standing_said(row: Joiner, number: int, *, is_taking: bool) -> tuple[str, str]:
    """How somebody stands, for their own page: kind of the notice, its words."""
    stage = Joiner.Stage(row.stage)
    if stage == Joiner.Stage.ASKED and row.queued_at is None and not is_taking:
        return "info", _(
            "Nobody is taken here now: the project is over, or its organisers look for nobody else."
        )
    if stage == Joiner.Stage.ASKED and row.proven_at is None:
        return "warn", _("Confirm that this is you: then the organisers learn of you.")
    if stage == Joiner.Stage.ASKED and row.queued_at is None:
        return "info", _("We wrote to your parent. As soon as they agree, you are written down.")
    told = _("You are number %(number)s on the waiting list. A letter tells of a free place.")
    return {
        Joiner.Stage.ASKED: ("info", _("The organisers know of you and will answer by e-mail.")),
        Joiner.Stage.CONFIRMED: ("ok", _("You are in the project.")),
        Joiner.Stage.WAITING: ("info", told % {"number": number}),
        Joiner.Stage.REFUSED: ("info", _("You are not in the project.")),
        Joiner.Stage.LEFT: ("info", _("You said that you do not come.")),
    }[stage]


def chosen_parts(grant: Grant, counts: dict[str, int], *, keeps: bool) -> Sequence[Told]:
    """Numbers of those who joined, for the organisers. keeps: whether the rows are theirs."""
    people = reverse("together:people", args=[grant.key])
    named = (
        ("joined", _("joined"), "?part=joined"),
        ("asked", _("wait for our word"), "?part=asked"),
        ("waiting", _("on the waiting list"), "?part=waiting"),
    )
    return [
        Told(count(counts[part]), words, f"{people}{query}" if keeps else "")
        for part, words, query in named
    ]
