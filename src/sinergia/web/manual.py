"""Help on the site: the pages of docs/users, which an installation carries with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from sinergia.people.http import for_everyone

PACKAGE = Path(__file__).resolve().parent.parent
# Beside the package in a clone, inside it where it was installed from a wheel.
FOLDERS = (PACKAGE / "docs" / "users", PACKAGE.parent.parent / "docs" / "users")
LANGUAGES = {"ru": ".ru.md", "en": ".md"}
_OTHER_LANGUAGE = re.compile(r"\A\s*\[[^]]+\]\([^)]+\)[^\n]*\n")  # the line that leads to the twin
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_NEIGHBOUR = re.compile(r"([\w-]+?)(?:\.ru)?\.md(#.*)?")

# Topics in the order they are read, each with the pages (address names) it explains.
CONTENTS: tuple[tuple[Promise, dict[str, tuple[str, ...]]], ...] = (
    (
        _("The region"),
        {
            "reading-a-brief": ("regions:detail", "regions:list"),
            "public-account": (
                *("official:page", "official:trust", "funnel:funnel", "funnel:rows"),
                "note:write",
            ),
            "numbers": ("applications:detail",),
            "lists": ("organisations:list", "organisations:saved", "applications:list"),
            "search": ("search:page",),
        },
    ),
    (
        _("Contests"),
        {
            "contests": (
                *("calls:contests", "calls:contest", "calls:held", "calls:manage"),
                *("applications:came_in", "applications:drafts", "applications:journal"),
                "applications:screened",
            ),
            "review": (
                *("experts:experts", "assignment:assignment", "assignment:conflicts"),
                *("course:board", "course:ranking", "decision:decision", "decision:publication"),
                *("experts:mine", "review:desk", "review:sheet", "decision:results"),
            ),
            "grants": (
                *("grants:list", "grants:awaiting", "grants:payments", "grants:statement"),
                *(
                    "grants:grant",
                    "grants:plan",
                    "grants:money",
                    "grants:own",
                    "grants:ours",
                    "grants:begin",
                ),
                *("grants:agreement", "grants:sign", "grants:periods", "grants:template"),
            ),
            "reports": (
                *("reports:list", "reports:reports", "reports:report", "reports:section"),
                *("reports:new_payment", "reports:payment", "reports:load", "reports:add_file"),
                *("reports:documents", "reports:remove_payment"),
                *("reports:check", "reports:verdict", "reports:remark", "reports:settle"),
                *("reports:versions", "reports:read", "reports:to_sign"),
            ),
            "changes": (
                *("grants:all_changes", "grants:changes", "grants:change", "grants:compare"),
                *("grants:change_section", "grants:send_change", "grants:answer_change"),
                *("grants:supplement", "grants:closing", "grants:letter", "grants:reopen_grant"),
                *("grants:account", "grants:end_grant"),
            ),
            "joining": (
                *("together:list", "together:project", "together:join", "together:own"),
                *("together:parent", "together:inside", "together:people", "together:days"),
                *("together:door", "together:joined", "together:verify", "together:certificate"),
            ),
            "projects": (
                *("projects:projects", "projects:new", "projects:project", "projects:section"),
                *("projects:history", "projects:put_away"),
                *("applications:submit", "applications:receipt"),
            ),
            "readings": (
                *("remarks:waiting", "remarks:remarks", "remarks:section", "remarks:thread"),
                *("remarks:new", "readings:readings", "readings:reading", "readings:project"),
                *("organisations:journey", "organisations:journeys"),
            ),
        },
    ),
    (
        _("Practices"),
        {
            "practices": (
                *("practices:mine", "practices:new", "practices:writing", "practices:section"),
                *("practices:history", "practices:put_away", "practices:practice"),
                *("practices:checks", "practices:check", "practices:withdraw"),
            ),
            "practices-at-home": (
                *("practices:catalogue", "practices:compare", "projects:apply", "projects:origin"),
                *("projects:adoptions", "projects:adoption", "projects:step"),
            ),
            "practices-elsewhere": (
                *("practices:feeds", "practices:remove_feed", "practices:reported"),
                "practices:report",
            ),
        },
    ),
    (
        _("Exchange"),
        {
            "exchange": (
                *("exchange:programmes", "exchange:programme"),
                *("exchange:agreements", "exchange:agreement", "exchange:new_agreement"),
                *("exchange:visits", "exchange:visit", "exchange:delegation", "exchange:me"),
                "exchange:here",
                *("press:publication", "press:write", "press:quotes"),
            ),
            "visits-programme": (
                *("visits:programme", "visits:add_session", "visits:change_session"),
                *("visits:tell", "visits:versions", "visits:version", "visits:ask_host"),
                "visits:host",
            ),
            "commitments": (
                *("commitments:commitments", "commitments:board", "commitments:commitment"),
                *("commitments:there", "commitments:session", "commitments:take"),
                *("commitments:asked", "commitments:feedback", "commitments:report"),
            ),
            "thread": ("thread:thread", "applications:origin"),
        },
    ),
    (
        _("Trainings"),
        {
            "trainings": (
                *("trainings:list", "trainings:ours", "trainings:mine", "trainings:training"),
                *("trainings:new", "trainings:change", "trainings:manage", "trainings:people"),
                *("trainings:door", "trainings:enrol", "trainings:thanks", "trainings:own"),
                *("trainings:here", "trainings:verify", "trainings:certificate"),
            ),
        },
    ),
    (
        _("Your account"),
        {
            "account": ("people:account", "mfa_index", "account_login", "held:held"),
            "notices": ("notices:list", "notices:choices"),
        },
    ),
    (
        _("An organisation"),
        {
            "organisation-people": ("register:mine", "register:team", "register:ask"),
            "organisation": (
                *("register:inside", "register:terms", "organisations:detail"),
                *("organisations:status", "organisations:open", "organisations:closed"),
            ),
            "files": (),
        },
    ),
    (
        _("The work of a centre"),
        {
            "centre-work": ("web:desk", "register:claims", "register:claim", "register:centre"),
            "loading-the-register": (
                "register:loads",
                "register:offer_list",
                "register:load",
                "register:questions",
            ),
            "loading-a-file": ("applications:loads", "applications:offer", "applications:load"),
            "doubles": ("register:doubles", "register:compare", "register:merges"),
            "mailings": ("register:mailings", "register:mailing", "organisations:message"),
            "contacts": ("register:contacts", "register:contact", "register:contact_lists"),
            "help": (
                *("help:log", "help:new", "help:requests", "help:request", "help:steps"),
                *("help:report", "help:clients", "help:dictionaries", "help:ask", "help:mine"),
            ),
            "queue": ("applications:queue", "applications:doubt"),
            "by-hand": ("applications:new",),
        },
    ),
)
TOPICS = [topic for _title, topics in CONTENTS for topic in topics]
EXPLAINED = {
    page: topic for _title, topics in CONTENTS for topic, pages in topics.items() for page in pages
}


@dataclass(frozen=True)
class Topic:
    """One page of help in one language."""

    code: str
    title: str
    content: SafeString

    @property
    def url(self) -> str:
        """Its address."""
        return reverse("web:help_topic", args=[self.code])


@require_safe
@for_everyone
def contents(request: HttpRequest) -> HttpResponse:
    """Every topic, by what it is about."""
    groups = [(title, [topic_of(code) for code in topics]) for title, topics in CONTENTS]
    return render(request, "web/help.html", {"groups": groups})


@require_safe
@for_everyone
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """One topic."""
    if code not in TOPICS:
        raise Http404
    return render(request, "web/help_topic.html", {"topic": topic_of(code)})


def explained_in(match: ResolverMatch | None) -> str:
    """Which topic a page is explained in; "" where none is about it."""
    return EXPLAINED.get(match.view_name, "") if match else ""


def topic_of(code: str) -> Topic:
    """Read a topic in the reader's language."""
    return _read(code, "en" if get_language() == "en" else "ru")


@cache
def _read(code: str, language: str) -> Topic:
    folder = next(folder for folder in FOLDERS if folder.is_dir())
    text = (folder / f"{code}{LANGUAGES[language]}").read_text(encoding="utf-8")
    title, _blank, rest = text.removeprefix("# ").partition("\n")
    drawn = MarkdownIt("js-default").render(_OTHER_LANGUAGE.sub("", rest))
    content = "".join(_lead_inside(_with_tables(drawn, title.strip())))
    return Topic(code, title.strip(), mark_safe(content))  # ours; raw HTML is refused


def _with_tables(drawn: str, title: str) -> str:
    """Dress tables as everywhere in the house: wide ones scroll by themselves, by keys too."""
    frame = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(title)}">'
    drawn = drawn.replace("<table>", f'{frame}<table class="data">')
    return drawn.replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')


def _lead_inside(drawn: str) -> Iterator[str]:
    """Links between topics, and to pages of the site; what leads elsewhere is plain words."""
    done = 0
    for found in _LINK.finditer(drawn):
        neighbour = _NEIGHBOUR.fullmatch(found[1])
        yield drawn[done : found.start()]
        if neighbour and neighbour[1] in TOPICS:
            url = reverse("web:help_topic", args=[neighbour[1]])
            yield f'<a href="{url}{neighbour[2] or ""}">{found[2]}</a>'
        else:
            yield found[0] if _is_here(found[1]) else found[2]
        done = found.end()
    yield drawn[done:]


def _is_here(address: str) -> bool:
    """Whether a page of the site stands at an address."""
    try:
        resolve(address.partition("#")[0])
    except Resolver404:
        return False
    return True
