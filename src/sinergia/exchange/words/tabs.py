"""Headings under which the pages of exchange stand together."""

from django.urls import reverse
from django.utils.translation import pgettext

Tab = tuple[str, str, bool]


def rooms_said(here: str) -> list[Tab]:
    """Programmes, visits, agreements: words, address, which one is shown."""
    named = [
        ("programmes", pgettext("exchange", "Programmes")),
        ("visits", pgettext("exchange", "Visits")),
        ("agreements", pgettext("exchange", "Agreements")),
    ]
    return [(words, reverse(f"exchange:{code}"), code == here) for code, words in named]
