"""Hits marked in a page: `{{ row.name|marked:asked.q }}`, `{{ note.text|snippet:asked.q }}`."""

from django import template
from django.utils.safestring import SafeString

from sinergia.base.search import marking

register = template.Library()


@register.filter
def marked(text: object, typed: object) -> SafeString:
    """The whole text with what was searched for in <mark>; no text gives none."""
    return marking.marked(_text(text), _text(typed))


@register.filter
def snippet(text: object, typed: object) -> SafeString:
    """The part of a long text where most of what was searched for stands."""
    return marking.snippet(_text(text), _text(typed))


def _text(given: object) -> str:
    return "" if given is None else str(given)
