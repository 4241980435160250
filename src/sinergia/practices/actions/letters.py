"""What the two sides of a practice taken home write to one another, and what the authors offer."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.people.models import Person
from sinergia.practices.access import may_help, may_see_adoption
from sinergia.practices.actions.telling import tell_authors, tell_side
from sinergia.practices.models import Adoption, Letter
from sinergia.practices.queries.adoptions import RELATED, letters_of, voice_of

LONGEST, MOST = 5_000, 500  # characters of a letter; letters of one practice taken home
TWICE = timedelta(minutes=10)  # the same letter within it is one that was sent twice by mistake


@transaction.atomic
def write_letter(
    adoption: Adoption, text: str, *, offer: str = "", actor: Person, now: datetime
) -> Letter:
    """Write to the other side; pressed twice it is written once.

    offer: help of the authors. Raises Refused for nothing, for too much.
    """
    rows = Adoption.objects.select_for_update(of=("self",)).select_related(*RELATED)
    adoption = rows.get(pk=adoption.pk)
    voice = voice_of(actor, adoption) if may_see_adoption(actor, adoption) else None
    if voice is None or (offer and not may_help(actor, adoption)):
        raise PermissionDenied
    said = clean(text).strip()
    last = letters_of(adoption).last()
    if last is not None and _is_same(last, actor, said, offer) and now - last.at < TWICE:
        return last
    _refuse(adoption, said, offer)
    letter = Letter.objects.create(
        adoption=adoption, by=actor, of=voice, text=said, offer=offer, at=now
    )
    codes = {"offer": offer} if offer else {}
    record("adoption.letter_written", about=adoption, actor=actor, at=now, codes=codes)
    if voice.pk != adoption.organisation_id:
        tell_side(adoption, adoption.organisation, "practices.letter", actor=actor, now=now)
    if adoption.practice.organisation_id != voice.pk:
        tell_authors(adoption, "practices.letter", actor=actor, now=now)
    return letter


def _is_same(last: Letter, actor: Person, said: str, offer: str) -> bool:
    return (last.by_id, last.text, last.offer) == (actor.pk, said, offer)


def _refuse(adoption: Adoption, said: str, offer: str) -> None:
    gaps = []
    if not said and not offer:
        gaps.append(Gap("letter.empty", "text"))
    if len(said) > LONGEST:
        gaps.append(Gap("adoption.too_long", "text", {"most": LONGEST}))
    if adoption.letters.count() >= MOST:
        gaps.append(Gap("letter.too_many", "text", {"most": MOST}))
    if gaps:
        raise Refused(gaps)
