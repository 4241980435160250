"""A sentence for each fact that is there: of a decision, of a project, of a closed grant."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sinergia.base.ui.templatetags.figures import count, day, money
from sinergia.base.ui.templatetags.ui import inner_quotes
from sinergia.calls.models import Contest
from sinergia.engine.press import HEADLINE, LONGEST, Fact, NoteSaid, laid_out
from sinergia.engine.press import Line as NoteLine
from sinergia.grants.models import Grant, ProjectPage
from sinergia.insights.press.queries.facts import (
    Announced,
    Decided,
    Ended,
    announced,
    decided,
    ended,
)
from sinergia.insights.press.queries.notes import Thing, grant_of
from sinergia.organisations.models import Organisation
from sinergia.review.models import Award
from sinergia.review.words.decision import line_words

NAMED = 10  # winners told one by one; of more, as many of the largest sums
GROUPS = (
    ("headline",),
    ("contest", "applications", "money"),
    ("line", "moved", "reserve"),
    ("rest",),  # each winner and each result stands in a paragraph of its own
    ("project", "grant", "spent"),
    ("centre", "page"),
)


def facts_of(thing: Thing, language: str) -> list[Fact]:
    """What may be told, in the language of the note; sources in the reader's language."""
    with translation.override(language):
        if isinstance(thing, Grant):
            told = [one for make in OF_GRANT for one in make(ended(thing))]
        elif isinstance(thing, ProjectPage):
            told = [one for make in OF_PROJECT for one in make(announced(thing))]
        else:
            told = [one for make in OF_CONTEST for one in make(decided(thing), language)]
    return [replace(one, source=source_of(one.code)) for one in told]


def note_said(thing: Thing, lines: Sequence[NoteLine], language: str, number: int) -> NoteSaid:
    """A note as it goes out."""
    headline, paragraphs = laid_out(lines, name_of(thing), GROUPS)
    return NoteSaid(headline, paragraphs, _centre(thing), language, number)


def name_of(thing: Thing) -> str:
    """What a note is of."""
    return thing.call.name if isinstance(thing, Contest) else grant_of(thing).application.title


def address_of(thing: Thing) -> str:
    """Where everybody reads of it."""
    if isinstance(thing, Grant):
        return reverse("applications:detail", args=[thing.application.key])
    if isinstance(thing, ProjectPage):
        return reverse("together:project", args=[thing.grant.key])
    return reverse("decision:results", args=[thing.call.key])


def source_of(code: str) -> str:
    """The field a sentence comes from."""
    return {
        "headline": pgettext("press note", "the decision or the final account"),
        "contest": pgettext("press note", "the contest"),
        "applications": pgettext("press note", "applications of the contest"),
        "money": pgettext("press note", "sums of the decision"),
        "line": pgettext("press note", "the line of the decision"),
        "moved": pgettext("press note", "moves by the commission"),
        "reserve": pgettext("press note", "the reserve list"),
        "winner": pgettext("press note", "a winner"),
        "rest": pgettext("press note", "the list of winners"),
        "project": pgettext("press note", "the project"),
        "grant": pgettext("press note", "the agreement"),
        "spent": pgettext("press note", "the final account"),
        "promise": pgettext("press note", "the promise on its page"),
        "roles": pgettext("press note", "roles in which one can join"),
        "result": pgettext("press note", "a result with its number"),
        "centre": pgettext("press note", "who holds the contest"),
        "page": pgettext("press note", "its page"),
    }.get(code.split("-")[0], pgettext("press note", "written by hand"))


def _contest(told: Decided, _language: str) -> Iterator[Fact]:
    contest, won = told.contest, len(told.winners)
    url = address_of(contest)
    values = {"contest": inner_quotes(contest.call.name), "count": count(won)}
    said = ngettext(
        "%(count)s project wins the contest “%(contest)s”",
        "%(count)s projects win the contest “%(contest)s”",
        won,
    )
    yield Fact(HEADLINE, said % values, url=url)
    fund = _("The contest “%(contest)s” is held by: %(fund)s.")
    values = {"contest": inner_quotes(contest.call.name), "fund": contest.call.fund.name}
    yield Fact("contest", fund % values, url=reverse("calls:contest", args=[contest.call.key]))
    judged = told.totals.applications
    said = ngettext(
        "%(count)s application was judged by independent experts.",
        "%(count)s applications were judged by independent experts.",
        judged,
    )
    yield Fact("applications", said % {"count": count(judged)}, url=url)


def _money(told: Decided, _language: str) -> Iterator[Fact]:
    contest, totals = told.contest, told.totals
    currency, url = contest.call.fund.currency, address_of(contest)
    said = _("The winners are given %(sum)s.") % {"sum": money(totals.taken_minor, currency)}
    if contest.budget_minor:
        values = {
            "sum": money(totals.taken_minor, currency),
            "budget": money(contest.budget_minor, currency),
        }
        said = _("The winners are given %(sum)s of the %(budget)s of the contest.") % values
    yield Fact("money", said, url=f"{url}?outcome=won")


def _line(told: Decided, language: str) -> Iterator[Fact]:
    if told.rules is not None:
        contest = told.contest
        said = line_words(
            told.totals, told.rules, contest.budget_minor, contest.call.fund.currency, language
        )
        yield Fact("line", said[0][0], url=address_of(contest))
    if told.totals.moved:
        words = ngettext(
            "The commission moved %(count)s application across the line; its reason is published.",
            "The commission moved %(count)s applications across the line; its reasons are "
            "published.",
            told.totals.moved,
        )
        url = f"{address_of(told.contest)}?outcome=moved"
        yield Fact("moved", words % {"count": count(told.totals.moved)}, url=url)
    if told.totals.reserve:
        words = ngettext(
            "%(count)s project is on the reserve list.",
            "%(count)s projects are on the reserve list.",
            told.totals.reserve,
        )
        url = f"{address_of(told.contest)}?outcome=reserve"
        yield Fact("reserve", words % {"count": count(told.totals.reserve)}, url=url)


def _winners(told: Decided, _language: str) -> Iterator[Fact]:
    """Those of the largest sums, in the order of the list; the rest as a number."""
    largest = sorted(told.winners, key=lambda one: (-one.awarded_minor, one.at))[:NAMED]
    for one in sorted(largest, key=lambda row: row.at):
        yield Fact(f"winner-{one.key}", _winner(one), url=address_of(told.contest))
    rest = len(told.winners) - len(largest)
    if rest:
        words = ngettext(
            "%(count)s more winner is on the list of the results.",
            "%(count)s more winners are on the list of the results.",
            rest,
        )
        yield Fact("rest", words % {"count": count(rest)}, url=address_of(told.contest))


def _winner(one: Award) -> str:
    row = one.examination.submission
    values = {
        "title": inner_quotes(row.title),
        "sum": money(one.awarded_minor, row.currency),
        "who": _shown(row.organisation),
    }
    if not values["who"]:
        return _("“%(title)s”: %(sum)s.") % values
    return _("“%(title)s” (%(who)s): %(sum)s.") % values


def _held(told: Decided, _language: str) -> Iterator[Fact]:
    yield from _ending(told.contest)


def _announced(told: Announced) -> Iterator[Fact]:
    grant, url = told.grant, address_of(told.page)
    values = {"title": inner_quotes(grant.application.title), "who": _shown(grant.organisation)}
    yield Fact(HEADLINE, _("A project begins: “%(title)s”") % values, url=url)
    yield Fact("project", _("“%(title)s” is carried out by: %(who)s.") % values, url=url)
    values = {
        "sum": money(grant.sum_minor, grant.currency),
        "fund": grant.application.fund.name,
        "from": day(grant.begins_on),
        "to": day(grant.ends_on),
    }
    said = _(
        "The grant of %(sum)s is given by: %(fund)s; the project goes from %(from)s to %(to)s."
    )
    yield Fact("grant", said % values, url=url)
    if promise := " ".join(told.page.promise.split()):
        yield Fact("promise", Truncator(promise).chars(LONGEST), url=url)


def _expected(told: Announced) -> Iterator[Fact]:
    for place, one in enumerate(told.results):
        if one.promised:
            values = {"what": one.what.rstrip("."), "promised": one.promised}
            said = _("%(what)s: %(promised)s are promised.") % values
            yield Fact(f"result-{place}", said, url=address_of(told.page))


def _open_roles(told: Announced) -> Iterator[Fact]:
    if told.roles:
        named = {"roles": "; ".join(one.name.rstrip(".") for one in told.roles)}
        said = _("One can help without an account: %(roles)s.") % named
        yield Fact("roles", said, url=address_of(told.page))


def _led(told: Announced) -> Iterator[Fact]:
    address = {"address": settings.SITE_URL + address_of(told.page)}
    yield Fact("page", _("More: %(address)s") % address, url=address_of(told.page))


def _project(told: Ended) -> Iterator[Fact]:
    grant = told.grant
    values = {"title": inner_quotes(grant.application.title), "who": _shown(grant.organisation)}
    url = address_of(grant)
    yield Fact(HEADLINE, _("“%(title)s”: what the project came to") % values, url=url)
    if values["who"]:
        said = _("%(who)s has finished the project “%(title)s”.") % values
        yield Fact("project", said, url=url)
    values = {
        "sum": money(grant.sum_minor, grant.currency),
        "fund": grant.application.fund.name,
        "from": day(grant.begins_on),
        "to": day(grant.ends_on),
    }
    said = _(
        "The grant of %(sum)s was given by: %(fund)s; the project went from %(from)s to %(to)s."
    )
    yield Fact("grant", said % values, url=url)


def _spent(told: Ended) -> Iterator[Fact]:
    if told.closing is None:
        return
    currency = told.grant.currency
    spent = money(told.closing.spent_minor, currency)
    said = _("%(spent)s were spent.") % {"spent": spent}
    if told.closing.returned_minor:
        values = {"spent": spent, "returned": money(told.closing.returned_minor, currency)}
        said = _("%(spent)s were spent, %(returned)s were returned.") % values
    yield Fact("spent", said, url=address_of(told.grant))


def _results(told: Ended) -> Iterator[Fact]:
    for one in told.results:
        values = {"what": one.what.rstrip("."), "reached": one.reached, "promised": one.promised}
        said = _("%(what)s: %(reached)s, promised were %(promised)s.")
        said = said if one.promised else _("%(what)s: %(reached)s.")
        yield Fact(f"result-{one.row}", said % values, url=address_of(told.grant))


def _closed(told: Ended) -> Iterator[Fact]:
    yield from _ending(told.grant)


def _ending(thing: Thing) -> Iterator[Fact]:
    centre = _centre(thing)
    if centre:
        said = _("The contest is held by the resource centre: %(centre)s.") % {"centre": centre}
        yield Fact("centre", said, url=address_of(thing))
    address = {"address": settings.SITE_URL + address_of(thing)}
    yield Fact("page", _("More: %(address)s") % address, url=address_of(thing))


OF_CONTEST: Sequence[Callable[[Decided, str], Iterator[Fact]]] = (
    _contest,
    _money,
    _line,
    _winners,
    _held,
)
OF_PROJECT: Sequence[Callable[[Announced], Iterator[Fact]]] = (
    _announced,
    _expected,
    _open_roles,
    _led,
)
OF_GRANT: Sequence[Callable[[Ended], Iterator[Fact]]] = (_project, _spent, _results, _closed)


def _shown(organisation: Organisation) -> str:
    """An organisation that is not shown in the register is not named in a note."""
    if not organisation.is_public:
        return ""
    return organisation.short_name or organisation.name


def _centre(thing: Thing) -> str:
    centre = thing.centre if isinstance(thing, Contest) else grant_of(thing).centre
    return "" if centre is None else centre.organisation.short_name or centre.organisation.name
