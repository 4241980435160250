"""Who agreed to what about a visit, and of whom nothing may be said outside."""

import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from sinergia.engine.naming import names_any, repeats_any
from sinergia.exchange.models import (
    Delegate,
    Feedback,
    PhotoPerson,
    Quote,
    SessionPhoto,
    Visit,
    VisitConsent,
)
from sinergia.exchange.queries.feedback import FEWEST, answers_of

Purpose = VisitConsent.Purpose
OWN = (Purpose.NAMED, Purpose.SHOWN, Purpose.WORDS)  # those that are not of a quote


@dataclass(frozen=True)
class Withheld:
    """What may not be told outside. names: of whom; words: quotes that nobody agreed to."""

    names: Sequence[str] = ()
    words: Sequence[str] = ()

    def holds(self, text: str) -> bool:
        """Whether a text says something of it."""
        return names_any(text, self.names) or repeats_any(text, self.words)

    def lines_without(self, text: str) -> str:
        """A text without the lines that do."""
        return "\n".join(line for line in text.splitlines() if not self.holds(line))


@dataclass(frozen=True)
class Agreed:
    """By whom what is agreed: primary keys of delegates by purpose, of quotes."""

    delegates: dict[str, set[int]] = field(default_factory=dict)
    quotes: set[int] = field(default_factory=set)

    def has(self, purpose: str, delegate: int) -> bool:
        """Whether a delegate agrees now."""
        return delegate in self.delegates.get(purpose, set())


@lru_cache(maxsize=1)
def _wordings() -> dict[str, dict[str, str]]:
    text = (files("sinergia.exchange") / "consents" / "visit.toml").read_text("utf-8")
    return tomllib.loads(text)


def wording_of(purpose: str, language: str) -> str:
    """What one agrees to, in a language."""
    told = _wordings()[purpose]
    return told["en" if language == "en" else "ru"]


def agreed_in(*visits: Visit | int) -> Agreed:
    """All that is agreed to now about these; two queries."""
    rows = VisitConsent.objects.filter(withdrawn_at=None)
    found: dict[str, set[int]] = {}
    theirs = rows.filter(delegate__visit__in=visits, quote=None)
    for purpose, pk in theirs.values_list("purpose", "delegate"):
        found.setdefault(purpose, set()).add(pk)
    quotes = rows.filter(quote__visit__in=visits).values_list("quote", flat=True)
    return Agreed(found, {pk for pk in quotes if pk is not None})


def withheld_of(visit: Visit, agreed: Agreed | None = None) -> Withheld:
    """Names of whoever did not agree to be named, and words of quotes that are not agreed."""
    return withheld_in([visit.pk], agreed)


def withheld_in(visits: Collection[int], agreed: Agreed | None = None) -> Withheld:
    """The same for several visits at once."""
    known = agreed or agreed_in(*visits)
    rows = Delegate.objects.filter(visit__in=visits).exclude(name="").values_list("pk", "name")
    names = [name for pk, name in rows if not known.has(Purpose.NAMED, pk)]
    quotes = list(Quote.objects.filter(visit__in=visits))
    said = {one.name for one in quotes if one.pk in known.quotes}
    shut = [one for one in quotes if one.pk not in known.quotes]
    names += [one.name for one in shut if one.name and one.name not in said]
    return Withheld(names, [one.text for one in shut if one.text])


def consents_by(delegate: Delegate) -> dict[str, VisitConsent]:
    """What a delegate agrees to now, by purpose; quotes apart."""
    rows = VisitConsent.objects.filter(delegate=delegate, quote=None, withdrawn_at=None)
    return {one.purpose: one for one in rows}


def quotes_of(visit: Visit, *, with_removed: bool = False) -> list[Quote]:
    """What was said, in the order it was written down."""
    rows = Quote.objects.filter(visit=visit)
    rows = rows if with_removed else rows.filter(removed_at=None)
    return list(rows.select_related("visit", "delegate__person", *_BODY).order_by("pk"))


_BODY = ("delegate__organisation", "delegate__municipality")


def quote_in(visit: Visit, key: UUID) -> Quote | None:
    """A quote of a visit; one that was put away, too."""
    rows = Quote.objects.filter(visit=visit, key=key)
    return rows.select_related("visit__centre", "delegate__person", *_BODY).first()


def quotes_by(delegate: Delegate) -> list[tuple[Quote, bool]]:
    """A delegate's own quotes, each with whether they agree to it."""
    theirs = VisitConsent.objects.filter(quote=OuterRef("pk"), withdrawn_at=None)
    rows = Quote.objects.filter(delegate=delegate, removed_at=None)
    found = rows.annotate(agreed=Exists(theirs)).order_by("pk")
    return [(one, bool(getattr(one, "agreed"))) for one in found]  # noqa: B009  # annotated


def consent_to(quote: Quote) -> VisitConsent | None:
    """The consent to a quote that is in force."""
    return VisitConsent.objects.filter(quote=quote, withdrawn_at=None).first()


def people_in(photo: SessionPhoto) -> list[Delegate]:
    """Delegates who can be recognised in a picture."""
    rows = PhotoPerson.objects.filter(photo=photo).select_related("delegate")
    return [one.delegate for one in rows.order_by("delegate__place", "pk")]


def photos_with(delegates: Iterable[int]) -> QuerySet[SessionPhoto]:
    """Pictures in which one of these can be recognised, as they were said to be."""
    theirs = PhotoPerson.objects.filter(photo=OuterRef("pk"), delegate__in=list(delegates))
    rows = SessionPhoto.objects.filter(Exists(theirs))
    return rows.select_related("file", "session__visit__centre").order_by("pk")


def words_agreed(visit: Visit, agreed: Agreed, withheld: Withheld) -> list[str]:
    """Words of answers that may be shown without names, once there are five answers."""
    if answers_of(visit).count() < FEWEST:
        return []
    theirs = agreed.delegates.get(Purpose.WORDS, set())
    rows = Feedback.objects.filter(visit=visit, delegate__in=theirs, delegate__gone_at=None)
    texts = rows.exclude(text="").values_list("text", flat=True)
    return sorted(one for one in texts if not withheld.holds(one))


def consents_to(visit: Visit) -> dict[int, VisitConsent]:
    """Consents to quotes that are in force, by the quote."""
    rows = VisitConsent.objects.filter(quote__visit=visit, withdrawn_at=None)
    return {one.quote_id: one for one in rows if one.quote_id is not None}
