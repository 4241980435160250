"""Hits marked in the texts in which they stand."""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from sinergia.base.search.words import Asked, asked, forms_of
from sinergia.engine.text import words_of

AROUND = 160  # characters of a snippet
_ELLIPSIS = "…"
# A word with the marks that may stand within it: stress, soft hyphens, joiners.
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*")

Span = tuple[int, int]


def marked(text: str, typed: str) -> SafeString:
    """A text, escaped, with every word in <mark> that `typed` looks for; whole words only."""
    words = asked(typed)
    return _with_marks(text, [span for span, _hits in _hits(text, words)])


def snippet(text: str, typed: str, around: int = AROUND) -> SafeString:
    """The part of a text where most of the words stand, `around` characters, marked.

    From its beginning where none does. Cut between words; an ellipsis says that there is more.
    """
    one_line = " ".join(text.split())
    hits = list(_hits(one_line, asked(typed)))
    start, end = _window(one_line, hits, around)
    inside = [(left - start, right - start) for (left, right), _ in hits if start <= left < end]
    part = _with_marks(one_line[start:end], inside)
    before, after = _ELLIPSIS if start else "", _ELLIPSIS if end < len(one_line) else ""
    return mark_safe(f"{before}{part}{after}")


def _hits(text: str, words: Sequence[Asked]) -> Iterator[tuple[Span, frozenset[str]]]:
    """Where words stand that are looked for, and which of those they are."""
    if not words:
        return
    for found in _WORD.finditer(text):
        forms = [form for word in words_of(found.group()) for form in forms_of(word)]
        hit = frozenset(word.word for word in words if word.is_in(tuple(forms)))
        if hit:
            yield found.span(), hit


def _window(text: str, hits: Sequence[tuple[Span, frozenset[str]]], around: int) -> Span:
    """The beginning and the end of the part that holds most of the words."""
    if len(text) <= around:
        return 0, len(text)
    best, most = 0, 0
    for (left, _), _word in hits:
        within = [word for (start, end), word in hits if left <= start and end <= left + around]
        if len(frozenset[str]().union(*within)) > most:
            best, most = left, len(frozenset[str]().union(*within))
    # A little of what stands before helps to understand what is found.
    start = min(max(0, best - around // 4), len(text) - around)
    start = _after_blank(text, start, best)
    end = len(text) if start + around >= len(text) else text.rfind(" ", start, start + around + 1)
    return start, end if end > best else min(len(text), start + around)


def _after_blank(text: str, start: int, most: int) -> int:
    """The first beginning of a word from `start` on, not after `most`."""
    if start == 0 or text[start - 1] == " ":
        return start
    blank = text.find(" ", start, most)
    return most if blank < 0 else blank + 1


def _with_marks(text: str, spans: Sequence[Span]) -> SafeString:
    parts, place = [], 0
    for left, right in spans:
        parts += [escape(text[place:left]), "<mark>", escape(text[left:right]), "</mark>"]
        place = right
    return mark_safe("".join([*parts, escape(text[place:])]))
