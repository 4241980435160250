"""Letters to those who have no account: what a notice tells the others."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sinergia.exchange.access import PUBLISHED
from sinergia.exchange.models import ProgrammeVersion, Visit
from sinergia.exchange.queries.telling import pictures_in
from sinergia.exchange.words.hosts import LANGUAGE, LetterSaid
from sinergia.exchange.words.programme import days_shown, shown_told

MOST_NAMES = 20  # of those who are to be called


def beside_letter(code: str, to: str, visit: Visit, values: Mapping[str, str]) -> LetterSaid:
    """The notice of this code as a letter; where everybody may read the page, with its address."""
    with translation.override(LANGUAGE):
        found = get_template(f"exchange/notices/{code}.txt")
        said = found.template.render(Context({**values}, autoescape=False))  # type: ignore[attr-defined]
    subject, _rest, text = said.strip().partition("\n")
    page = reverse("visits:programme", args=[visit.key])
    is_open = visit.course.is_public and visit.stage in PUBLISHED
    link = f"\n\n{settings.SITE_URL}{page}" if is_open else ""
    return LetterSaid(to, subject.strip(), text.strip() + link)


def programme_text(version: ProgrammeVersion) -> str:
    """The programme as it was told, in lines of a letter."""
    visit = version.visit
    with translation.override(LANGUAGE), timezone.override(ZoneInfo(visit.time_zone)):
        days = days_shown(visit, shown_told(pictures_in(version), {}))
        told = {"days": [one for one in days if one.sessions]}
        return render_to_string("exchange/letters/programme.txt", told).strip()


def call_them(names: Sequence[str]) -> str:
    """Whom no letter reaches; "" where it reaches all."""
    if not names:
        return ""
    told = "; ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    return _("No letter reaches them, please call: %(names)s.") % {"names": told}
