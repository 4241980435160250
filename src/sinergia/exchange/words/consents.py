"""Consents in words: what one is asked, what they have said, who has not agreed yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from sinergia.exchange.access import link_token
from sinergia.exchange.models import Delegate, Quote, VisitConsent
from sinergia.exchange.queries.consents import OWN, Agreed, consents_by, quotes_by, wording_of
from sinergia.exchange.queries.following import months_after

GOOD_FOR = 24  # months after the visit that the link is good for: taking back must stay possible


@dataclass(frozen=True)
class Question:
    """One thing that somebody agrees to or not. name: what its form sends."""

    name: str
    title: str
    wording: str
    given: VisitConsent | None = None
    quote: Quote | None = None
    is_agreed: bool = False


@dataclass(frozen=True)
class Standing:
    """What one delegate has said. answers: purpose in words, whether agreed. link: their own."""

    delegate: Delegate
    answers: Sequence[tuple[str, bool]]
    link: str

    @property
    def copied(self) -> str:
        """The id of the field from which the link is copied."""
        return f"link-{self.delegate.key}"


def questions_for(delegate: Delegate) -> list[Question]:
    """All that a delegate is asked: to be named, shown, read, quoted with these words."""
    language, given = get_language() or "ru", consents_by(delegate)
    asked = [
        Question(
            one.value,
            str(one.label),
            wording_of(one, language),
            given.get(one),
            is_agreed=one in given,
        )
        for one in OWN
    ]
    wording, title = wording_of("quoted", language), str(VisitConsent.Purpose.QUOTED.label)
    asked += [
        Question(str(quote.key), title, wording, quote=quote, is_agreed=is_agreed)
        for quote, is_agreed in quotes_by(delegate)
    ]
    return asked


def standings_of(delegates: Sequence[Delegate], agreed: Agreed) -> list[Standing]:
    """Each delegate with what they agreed to; whoever has no account with their link."""
    return [
        Standing(
            one,
            [(str(purpose.label), agreed.has(purpose, one.pk)) for purpose in OWN],
            "" if one.person_id is not None else consents_link(one),
        )
        for one in delegates
    ]


def consents_link(delegate: Delegate) -> str:
    """A delegate's own address for what they agree to."""
    ends_on = delegate.visit.ends_on
    until = (months_after(ends_on, GOOD_FOR) if ends_on else date.max).isoformat()
    token = link_token("consents", delegate, until)
    return settings.SITE_URL + reverse("press:consents_link", args=[delegate.key, until, token])
