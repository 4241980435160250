"""A press note in words: a sentence for each fact that is there, and why some do not go out."""

from collections.abc import Callable, Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.figures import day
from sinergia.engine.press import HEADLINE, OWN, QUOTE, Fact, Line, NoteSaid, laid_out
from sinergia.exchange.access import PUBLISHED
from sinergia.exchange.models import (
    Commitment,
    Delegate,
    Organiser,
    PartnershipAgreement,
    PressVersion,
    Quote,
    Visit,
)
from sinergia.exchange.queries.consents import Purpose
from sinergia.exchange.queries.delegation import body_of
from sinergia.exchange.queries.press import PressFacts
from sinergia.exchange.queries.press import sentences_of as rows_of
from sinergia.exchange.words.visits import days_short
from sinergia.practices.models import Practice

HOST = Organiser.Side.HOST
# Which sentences stand in one paragraph, one after another.
PARAGRAPHS = (
    (HEADLINE,),
    ("days", "programme", "agreement", "aims"),
    ("delegation", "lead", "hosts", "sessions", "practices"),
    ("commitments", "feedback"),
    ("centre", "page"),
)


def lines_of(
    facts: PressFacts, side: str, language: str, version: PressVersion | None
) -> list[Line]:
    """The sentences of a version, each beside what the facts give now; without one: those."""
    now = {one.code: one for one in facts_said(facts, side, language)}
    if version is None:
        return [_line(facts, one, one.text, one.text, one.quote) for one in now.values()]
    found = []
    for row in rows_of(version):
        fact = now.get(row.code) or Fact(row.code, "", _source_gone(row.code), "", row.quote)
        text = _quoted(row.quote, language) if row.quote is not None else row.text
        found.append(_line(facts, fact, text, row.fact, row.quote))
    return found


def left_of(facts: PressFacts, side: str, language: str, lines: Sequence[Line]) -> list[Line]:
    """What the facts give and a note does not have."""
    there = {one.code for one in lines}
    rest = [one for one in facts_said(facts, side, language) if one.code not in there]
    return [_line(facts, one, one.text, one.text, one.quote) for one in rest]


def note_said(visit: Visit, lines: Sequence[Line], language: str, number: int) -> NoteSaid:
    """A note as it goes out: nothing in it that somebody has not agreed to."""
    headline, paragraphs = laid_out(lines, visit.name, PARAGRAPHS)
    centre = visit.centre.organisation
    return NoteSaid(headline, paragraphs, centre.short_name or centre.name, language, number)


def facts_said(facts: PressFacts, side: str, language: str) -> Iterator[Fact]:
    """A sentence for each fact that is there, in the language of the note."""
    visit = facts.report.visit
    with translation.override(language):
        told = [one for make in MAKERS for one in make(facts, side)]
        quotes = [
            Fact(f"{QUOTE}{one.key}", _quoted(one, language), "", _at("press:quotes", visit), one)
            for one in facts.quotes
        ]
    ending = [one for one in told if one.code in PARAGRAPHS[-1]]
    for one in [*(one for one in told if one not in ending), *quotes, *ending]:
        yield Fact(one.code, one.text, _source(one.code), one.url, one.quote)


def who_said(quote: Quote) -> str:
    """Name, post and organisation of whoever speaks."""
    if quote.delegate is not None:
        return _named(quote.delegate)
    return ", ".join(filter(None, [quote.name, quote.post]))


def _line(facts: PressFacts, fact: Fact, text: str, before: str, quote: Quote | None) -> Line:
    out = _why_out(facts, text, quote)
    return Line(fact.code, text, fact.text, before, fact.source, fact.url, quote, out)


def _why_out(facts: PressFacts, text: str, quote: Quote | None) -> str:
    if quote is not None:
        if quote.removed_at is not None or not quote.text:
            return _("The quote is put away.")
        return "" if quote.pk in facts.agreed.quotes else _("The speaker has not agreed yet.")
    if facts.withheld.holds(text):
        return _("It names or quotes somebody who has not agreed.")
    return ""


def _quoted(quote: Quote, language: str) -> str:
    with translation.override(language):
        return _("“%(text)s” — %(who)s") % {"text": quote.text, "who": who_said(quote)}


def _headline(facts: PressFacts, side: str) -> Iterator[Fact]:
    visit = facts.report.visit
    host, sending = visit.to_region.name, visit.from_region.name
    if side == HOST:
        text = _("%(host)s: a delegation came to learn from experience (%(sending)s)")
    else:
        text = _("%(sending)s: a delegation learned from the experience of neighbours (%(host)s)")
    text %= {"host": host, "sending": sending}
    yield Fact(HEADLINE, text, "", _at("exchange:visit", visit))


def _days(facts: PressFacts, side: str) -> Iterator[Fact]:
    visit = facts.report.visit
    if visit.starts_on is None or visit.ends_on is None:
        return
    values = {
        "days": days_short(visit.starts_on, visit.ends_on),
        "host": visit.to_region.name,
        "sending": visit.from_region.name,
        "visit": visit.name,
    }
    if side == HOST:
        text = _("%(days)s: the region “%(host)s” received a delegation of “%(sending)s”.")
    else:
        text = _("%(days)s: a delegation of the region “%(sending)s” visited “%(host)s”.")
    yield Fact("days", text % values, "", _at("exchange:visit", visit))


def _programme(facts: PressFacts, _side: str) -> Iterator[Fact]:
    row = facts.report.visit.programme
    if row is not None and row.is_public and row.removed_at is None:
        text = _("The visit is part of the programme of exchange “%(name)s”.") % {
            "name": _bare(row.name)
        }
        yield Fact("programme", text, "", reverse("exchange:programme", args=[row.key]))


def _agreements(facts: PressFacts, _side: str) -> Iterator[Fact]:
    for row in facts.report.agreements:
        url = reverse("exchange:agreement", args=[row.key])
        yield Fact(f"agreement-{row.key}", _agreement(row), "", url)


def _agreement(row: PartnershipAgreement) -> str:
    parties = [
        one.organisation.name if one.organisation is not None else one.name
        for one in sorted(row.parties.all(), key=lambda party: party.place)
        if one.organisation is None or one.organisation.is_public
    ]
    number = _("№ %(number)s") % {"number": row.number} if row.number else ""
    named = " ".join(filter(None, [number, _("of %(day)s") % {"day": day(row.signed_on)}]))
    values = {"named": named, "parties": "; ".join(parties)}
    if not parties:
        return _("It stands on the agreement of cooperation %(named)s.") % values
    return (
        _("It stands on the agreement of cooperation %(named)s. Its parties: %(parties)s.") % values
    )


def _aims(facts: PressFacts, _side: str) -> Iterator[Fact]:
    visit = facts.report.visit
    aims = [one.strip().rstrip(".;") for one in visit.aims.splitlines() if one.strip()]
    if aims:
        text = _("What it was for: %(aims)s.") % {"aims": "; ".join(map(_small, aims))}
        yield Fact("aims", text, "", _at("exchange:visit", visit))


def _delegation(facts: PressFacts, _side: str) -> Iterator[Fact]:
    rows = facts.report.delegates
    if not rows:
        return
    url = _at("exchange:delegation", facts.report.visit)
    said = ngettext("%(count)s person travelled.", "%(count)s people travelled.", len(rows))
    said %= {"count": len(rows)}
    towns = list(dict.fromkeys(one.municipality.name for one in rows if one.municipality))
    if towns:
        values = {"people": said, "towns": ", ".join(towns)}
        said = _("%(people)s They came from: %(towns)s.") % values
    yield Fact("delegation", said, "", url)
    lead = next((one for one in rows if one.is_lead and one.name), None)
    if lead is not None and facts.agreed.has(Purpose.NAMED, lead.pk):
        text = _("Head of the delegation: %(who)s.") % {"who": _named(lead)}
        yield Fact("lead", text, "", url)


def _sessions(facts: PressFacts, side: str) -> Iterator[Fact]:
    url = _at("visits:programme", facts.report.visit)
    if facts.hosts:
        said = _("Hosts: %(hosts)s.") if side == HOST else _("Received by: %(hosts)s.")
        yield Fact("hosts", said % {"hosts": ", ".join(facts.hosts)}, "", url)
    number = len(facts.report.sessions)
    if number:
        said = ngettext("%(count)s session was held.", "%(count)s sessions were held.", number)
        yield Fact("sessions", said % {"count": number}, "", url)


def _practices(facts: PressFacts, side: str) -> Iterator[Fact]:
    rows = [one for one in facts.report.practices if one.stage == Practice.Stage.PUBLISHED]
    if rows:
        said = (
            _("Practices shown: %(titles)s.") if side == HOST else _("Practices seen: %(titles)s.")
        )
        titles = ", ".join(_("“%(title)s”") % {"title": _bare(one.title)} for one in rows)
        url = _at("commitments:report", facts.report.visit)
        yield Fact("practices", said % {"titles": titles}, "", url)


def _commitments(facts: PressFacts, side: str) -> Iterator[Fact]:
    number = len(facts.report.commitments)
    if not number:
        return
    if side == HOST:
        said = ngettext(
            "The guests take home %(count)s practice or idea.",
            "The guests take home %(count)s practices and ideas.",
            number,
        )
    else:
        said = ngettext(
            "%(count)s practice or idea is taken into work at home.",
            "%(count)s practices and ideas are taken into work at home.",
            number,
        )
    said %= {"count": number}
    grown = sum(one.state == Commitment.State.PROJECT for one in facts.report.commitments)
    if grown:
        more = ngettext(
            "%(count)s has become a project already.",
            "%(count)s have become projects already.",
            grown,
        )
        said = f"{said} {more % {'count': grown}}"
    yield Fact("commitments", said, "", _at("commitments:board", facts.report.visit))


def _feedback(facts: PressFacts, _side: str) -> Iterator[Fact]:
    told = facts.report.feedback
    if facts.is_feedback_public and told.useful is not None:
        values = {"answered": told.answered, "all": told.delegates, "mark": _mark(facts)}
        text = _(
            "%(answered)s of %(all)s delegates answered; they mark its use with %(mark)s of 5."
        )
        url = _at("commitments:feedback_results", facts.report.visit)
        yield Fact("feedback", text % values, "", url)


def _centre(facts: PressFacts, _side: str) -> Iterator[Fact]:
    visit = facts.report.visit
    text = _("The visit was prepared by: %(centre)s.") % {"centre": visit.centre.organisation.name}
    yield Fact("centre", text, "", _at("exchange:visit", visit))
    if visit.course.is_public and visit.stage in PUBLISHED:
        url = _at("exchange:visit", visit)
        text = _("More on the page of the visit: %(address)s") % {
            "address": settings.SITE_URL + url
        }
        yield Fact("page", text, "", url)


MAKERS: Sequence[Callable[[PressFacts, str], Iterator[Fact]]] = (
    _headline,
    _days,
    _programme,
    _agreements,
    _aims,
    _delegation,
    _sessions,
    _practices,
    _commitments,
    _feedback,
    _centre,
)


def _source(code: str) -> str:
    """The field a sentence comes from, in the reader's language."""
    kind = code.split("-")[0]
    return {
        "headline": pgettext("press note", "regions of the visit"),
        "days": pgettext("press note", "days of the visit"),
        "programme": pgettext("press note", "programme of exchange"),
        "agreement": pgettext("press note", "agreement"),
        "aims": pgettext("press note", "aims of the visit"),
        "delegation": pgettext("press note", "the delegation"),
        "lead": pgettext("press note", "head of the delegation"),
        "hosts": pgettext("press note", "hosts of the sessions"),
        "sessions": pgettext("press note", "the programme"),
        "practices": pgettext("press note", "practices of the sessions"),
        "commitments": pgettext("press note", "what was taken home"),
        "feedback": pgettext("press note", "what delegates thought"),
        "centre": pgettext("press note", "who prepares the visit"),
        "page": pgettext("press note", "page of the visit"),
        "quote": pgettext("press note", "a quote"),
    }.get(kind, "")


def _source_gone(code: str) -> str:
    return pgettext("press note", "written by hand") if code.startswith(OWN) else _source(code)


def _named(row: Delegate) -> str:
    return ", ".join(filter(None, [row.name, row.post, body_of(row, is_public=True)]))


def _mark(facts: PressFacts) -> str:
    mark = facts.report.feedback.useful
    return str(mark).replace(".", ",") if get_language() == "ru" else str(mark)


def _bare(name: str) -> str:
    """A name that stands in quotes already has no second ones."""
    is_one = name.startswith("«") and name.endswith("»") and name.count("«") == 1
    return name[1:-1] if is_one else name


def _small(text: str) -> str:
    """The first letter small, unless the word is a name of capitals."""
    return text[0].lower() + text[1:] if len(text) > 1 and not text[1].isupper() else text


def _at(name: str, visit: Visit) -> str:
    return reverse(name, args=[visit.key])
