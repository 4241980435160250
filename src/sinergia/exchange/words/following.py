"""What owners are told: of a day that is near, of a question after months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.ui.templatetags.figures import day
from sinergia.exchange.access import link_token
from sinergia.exchange.models import Commitment, Delegate, Visit
from sinergia.exchange.queries.feedback import last_day_of
from sinergia.exchange.queries.following import Count, months_after

LANGUAGE = "ru"  # of whoever has no account and chose none
ANSWERED_FOR = 2  # months that the link of a question after months is good for


@dataclass(frozen=True)
class LetterSaid:
    """A letter to a delegate who has no account."""

    subject: str
    text: str


def reminder_said(row: Commitment) -> dict[str, Mapping[str, str]]:
    """What a reminder names, by language."""
    told: dict[str, Mapping[str, str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            due = day(row.due_on)
        told[language] = {"title": row.title, "step": row.first_step, "due": due}
    return told


def letter_said(name: str, values: Mapping[str, object]) -> LetterSaid:
    """A letter of `exchange/letters/`: its first line is the subject."""
    with translation.override(LANGUAGE):
        said = render_to_string(f"exchange/letters/{name}.txt", {**values})
    subject, _line, text = said.strip().partition("\n")
    return LetterSaid(subject.strip(), text.strip())


def feedback_link(delegate: Delegate) -> str:
    """A delegate's own address for what they thought; good until thirty days after the visit."""
    return settings.SITE_URL + feedback_path(delegate)


def feedback_path(delegate: Delegate) -> str:
    """The same, as pages of this site name it."""
    until = last_day_of(delegate.visit) or date.max
    return _path("feedback", delegate, until)


def asked_link(delegate: Delegate, months: int) -> str:
    """A delegate's own address for what became of what they took home."""
    ends_on = delegate.visit.ends_on or date.max
    return settings.SITE_URL + _path(
        "asked", delegate, months_after(ends_on, months + ANSWERED_FOR)
    )


def counts_said(visit: Visit, counts: list[Count]) -> list[tuple[str, str]]:
    """Asked after three months, answered 8 of 11; each with the page of its rows."""
    said = []
    for one in counts:
        after = ngettext("After %(count)s month", "After %(count)s months", one.months)
        values = {"asked": one.asked, "answered": one.answered}
        answered = _("asked, answered %(answered)s of %(asked)s") % values
        url = reverse("commitments:taken_up", args=[visit.key, one.months])
        said.append((f"{after % {'count': one.months}}: {answered}", url))
    return said


def _path(purpose: str, delegate: Delegate, until: date) -> str:
    last = until.isoformat()
    token = link_token(purpose, delegate, last)
    return reverse(f"commitments:{purpose}_link", args=[delegate.key, last, token])
