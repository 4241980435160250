"""Letters to delegates who have no account yet: what a notice tells the others."""

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from sinergia.exchange.models import Visit
from sinergia.exchange.words.hosts import LANGUAGE, LetterSaid

NOTICES = {"programme": "exchange.programme_told", "late": "exchange.late"}


def delegate_letter(name: str, to: str, visit: Visit, values: Mapping[str, str]) -> LetterSaid:
    """The notice of this name as a letter; where everybody may read the page, with its address."""
    with translation.override(LANGUAGE):
        said = render_to_string(f"exchange/notices/{NOTICES[name]}.txt", {**values})
    subject, _, text = said.strip().partition("\n")
    page = reverse("visits:programme", args=[visit.key])
    link = f"\n\n{settings.SITE_URL}{page}" if visit.course.is_public else ""
    return LetterSaid(to, subject.strip(), text.strip() + link)
