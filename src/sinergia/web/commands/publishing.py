"""What the demo's visit tells everybody: quotes with and without consent, a note of each side.

By the same actions as on the site; taken again, what is there stays as it is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sinergia.engine.press import Fact, Kept
from sinergia.exchange.actions.consents import agree_to_quote, give_visit_consent
from sinergia.exchange.actions.press import Spoken, publish_item, save_press, write_quote
from sinergia.exchange.models import Delegate, Visit
from sinergia.exchange.queries.press import number_to_publish, press_facts
from sinergia.exchange.words.press import facts_said
from sinergia.people.models import Person

NOTES = (("host", "ru"), ("sending", "ru"), ("sending", "en"))
PUBLISHED = ("press-host-ru", "press-sending-ru", "report", "feedback")
Row = Mapping[str, Any]


def tell_publicly(
    visit: Visit, actor: Person, delegates: Sequence[Delegate], told: Row, *, now: datetime
) -> None:
    """Write down what was said, keep the notes, publish what is published."""
    if visit.quotes.exists():
        return
    visit.course.refresh_from_db()
    for one in told["agreed"]:
        _agree(_nth(delegates, one["delegate"]), one, actor, now=now)
    for one in told["quotes"]:
        _quote(visit, delegates, one, actor, now=now)
    if visit.course.is_public:
        publish_item(visit, "feedback", seen=0, actor=actor, now=now)
    for side, language in NOTES:
        rows = [_kept(one) for one in facts_said(press_facts(visit, now=now), side, language)]
        save_press(visit, side, language, rows, seen=0, actor=actor, now=now)
    for name in PUBLISHED if visit.course.is_public else ():
        seen = number_to_publish(visit, name)
        publish_item(visit, name, seen=seen, actor=actor, now=now)


def _kept(fact: Fact) -> Kept:
    """As the facts give it; of a quote its words stay where they are."""
    text = "" if fact.quote is not None else fact.text
    return Kept(fact.code, text, text, fact.quote)


def _agree(delegate: Delegate, told: Row, actor: Person, *, now: datetime) -> None:
    """By themselves where there is an account, else as the coordinator was told."""
    by = delegate.person or actor
    words = "" if delegate.person else told["told"]
    for purpose in told["purposes"]:
        give_visit_consent(delegate, purpose, told=words, actor=by, now=now)


def _quote(
    visit: Visit, delegates: Sequence[Delegate], told: Row, actor: Person, *, now: datetime
) -> None:
    place = told.get("delegate")
    whose = _nth(delegates, place) if place else None
    spoken = Spoken(told["text"], whose, told.get("name", ""), told.get("post", ""))
    quote = write_quote(visit, spoken, actor=actor, now=now)
    if "told" in told:
        by = whose.person if whose is not None and whose.person else actor
        agree_to_quote(quote, seen=quote.digest, told=told["told"], actor=by, now=now)


def _nth(delegates: Sequence[Delegate], place: int) -> Delegate:
    """The delegate of a place from 1; in a shorter list one goes round."""
    return delegates[(place - 1) % len(delegates)]
