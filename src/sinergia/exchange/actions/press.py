"""Press notes: what people said is written down, sentences are kept, papers are published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.press import LONGEST, Kept, against
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean, clean_line
from sinergia.exchange import access
from sinergia.exchange.actions.consents import end_quote
from sinergia.exchange.models import (
    Delegate,
    PressSentence,
    PressVersion,
    PublicItem,
    Quote,
    Visit,
)
from sinergia.exchange.queries.press import ITEMS, latest_press, number_to_publish
from sinergia.people.models import Person

MOST_QUOTES = 100


@dataclass(frozen=True)
class Spoken:
    """What somebody said. delegate: none for a host or a guest, who is named here."""

    text: str
    delegate: Delegate | None = None
    name: str = ""
    post: str = ""


@transaction.atomic
def save_press(
    visit: Visit,
    side: str,
    language: str,
    sentences: Sequence[Kept],
    *,
    seen: int,
    actor: Person,
    now: datetime,
) -> PressVersion:
    """Keep a note as its next version; what is the same already makes none.

    seen: number of the version that was opened. Raises Refused where another came meanwhile.
    """
    visit = _locked(visit, actor)
    last = latest_press(visit, side, language)
    rows = [(one.code, clean(one.text).strip(), one.fact, one.quote) for one in sentences]
    rows = [row for row in rows if row[1] or row[3] is not None]
    if last is not None and _same(last, rows):
        return last
    number = last.number if last is not None else 0
    if gaps := against([text for _code, text, _fact, _quote in rows], last=number, seen=seen):
        raise Refused(gaps)
    made = PressVersion.objects.create(
        visit=visit, side=side, language=language, number=number + 1, by=actor.key, at=now
    )
    PressSentence.objects.bulk_create(
        PressSentence(version=made, place=place, code=code, text=text, fact=fact, quote=quote)
        for place, (code, text, fact, quote) in enumerate(rows)
    )
    codes: dict[str, str | int] = {"version": made.number, "side": side, "language": language}
    record("visit.press_saved", about=visit, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def write_quote(
    visit: Visit, spoken: Spoken, *, actor: Person, now: datetime, quote: Quote | None = None
) -> Quote:
    """Write down what somebody said, or write it anew: other words are to be agreed to anew.

    Raises Refused for one that was put away meanwhile.
    """
    visit = _locked(visit, actor)
    if quote is None and visit.quotes.filter(removed_at=None).count() >= MOST_QUOTES:
        raise Refused([Gap("quote.too_many", values={"most": MOST_QUOTES})])
    row = Quote(visit=visit, by=actor.key, at=now)
    if quote is not None:
        row = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    if row.removed_at is not None:
        raise Refused([Gap("quote.put_away")])
    if row.visit_id != visit.pk or (spoken.delegate and spoken.delegate.visit_id != visit.pk):
        raise PermissionDenied
    whose = spoken.delegate
    given = {
        "text": clean(spoken.text).strip(),
        "delegate": whose,
        "name": "" if whose else clean_line(spoken.name)[:200],
        "post": "" if whose else clean_line(spoken.post)[:300],
    }
    gaps = [] if given["text"] else [Gap("quote.no_words", "text")]
    gaps += [] if whose or given["name"] else [Gap("quote.no_speaker", "name")]
    gaps += [Gap("quote.too_long", "text", {"most": LONGEST})] * (len(spoken.text) > LONGEST)
    if gaps:
        raise Refused(gaps)
    if row.pk and all(getattr(row, name) == value for name, value in given.items()):
        return row
    for name, value in given.items():
        setattr(row, name, value)
    row.save()
    end_quote(row, by=actor, now=now)
    record("visit.quote_written", about=visit, actor=actor, at=now, codes={"quote": str(row.key)})
    return row


@transaction.atomic
def remove_quote(quote: Quote, *, is_removed: bool, actor: Person, now: datetime) -> None:
    """Put a quote away, or back; twice is harmless."""
    visit = _locked(quote.visit, actor)
    row = Quote.objects.select_for_update().get(pk=quote.pk)
    if (row.removed_at is not None) == is_removed:
        return
    row.removed_at = now if is_removed else None
    row.save(update_fields=["removed_at"])
    codes: dict[str, str | int] = {"quote": str(row.key)}
    if is_removed:
        record("visit.quote_put_away", about=visit, actor=actor, at=now, codes=codes)
    else:
        record("visit.quote_put_back", about=visit, actor=actor, at=now, codes=codes)


@transaction.atomic
def publish_item(
    visit: Visit, name: str, *, seen: int, actor: Person, now: datetime
) -> PublicItem | None:
    """Let everybody read a paper of a visit, as it was previewed; twice is harmless.

    seen: the version that was previewed. Raises Refused where the visit itself is not public, or
    another version came meanwhile.
    """
    visit = _locked(visit, actor)
    if name not in ITEMS:
        raise PermissionDenied
    number = number_to_publish(visit, name)
    is_open = visit.course.is_public and visit.stage in access.PUBLISHED
    gaps = [] if is_open else [Gap("press.visit_hidden")]
    gaps += [Gap("press.not_kept")] if name.startswith("press-") and not number else []
    gaps += [Gap("press.meanwhile")] if seen != number else []
    if gaps:
        raise Refused(gaps)
    before = visit.public_items.filter(name=name).first()
    if before is not None and before.number == number:
        return before
    given = {"number": number, "by": actor.key, "at": now}
    row, _is_new = PublicItem.objects.update_or_create(visit=visit, name=name, defaults=given)
    codes: dict[str, str | int] = {"item": name, "version": number}
    record("visit.item_published", about=visit, actor=actor, at=now, codes=codes)
    return row


@transaction.atomic
def put_item_away(visit: Visit, name: str, *, actor: Person, now: datetime) -> None:
    """Let a paper be read by nobody outside again; twice is harmless."""
    visit = _locked(visit, actor)
    if visit.public_items.filter(name=name).delete()[0]:
        codes: dict[str, str | int] = {"item": name}
        record("visit.item_put_away", about=visit, actor=actor, at=now, codes=codes)


def _same(last: PressVersion, rows: Sequence[tuple[str, str, str, Quote | None]]) -> bool:
    found = last.sentences.order_by("place")
    there = [(one.code, one.text, one.fact, one.quote_id) for one in found]
    return there == [(code, text, fact, quote and quote.pk) for code, text, fact, quote in rows]


def _locked(visit: Visit, actor: Person) -> Visit:
    rows = Visit.objects.select_for_update(of=("self",)).select_related("centre", "course")
    row = rows.get(pk=visit.pk)
    if not access.may_prepare(actor, row):
        raise PermissionDenied
    return row
