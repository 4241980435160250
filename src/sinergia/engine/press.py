"""A press note as rows: a sentence each, with the fact it came from. Pure.

So it is seen by comparing, not by a flag, whether somebody wrote a sentence by hand, and whether
the facts have changed since it was kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sinergia.engine.refusal import Gap

HEADLINE, OWN, QUOTE = "headline", "own-", "quote-"  # codes, or how they begin
LONGEST = 2_000  # characters of a sentence
MOST_SENTENCES = 60


@dataclass(frozen=True)
class Fact:
    """What the facts say of one field. url: where it is read; quote: whose words it is."""

    code: str
    text: str
    source: str = ""
    url: str = ""
    quote: Any = None


@dataclass(frozen=True)
class Kept:
    """A sentence as it is kept. fact: what the facts gave then; quote: its words are its own."""

    code: str
    text: str
    fact: str = ""
    quote: Any = None


@dataclass(frozen=True)
class Line:
    """A sentence with the field it came from. fact: what the facts give now; "" where they do not.

    before: what they gave when it was kept. out: why it does not go out, in words; "" where it
    does. url: the row of its field.
    """

    code: str
    text: str
    fact: str
    before: str
    source: str
    url: str
    quote: Any = None
    out: str = ""

    @property
    def is_edited(self) -> bool:
        """Whether somebody wrote it by hand."""
        return self.quote is None and self.text != self.before

    @property
    def is_changed(self) -> bool:
        """Whether the facts give something else now than when it was kept."""
        return self.quote is None and not self.code.startswith(OWN) and self.fact != self.before

    @property
    def is_moved(self) -> bool:
        """Whether it has a place among others: the headline stays on top."""
        return self.code != HEADLINE

    @property
    def field(self) -> str:
        """The name of its field in the form."""
        return f"s-{self.code}"


@dataclass(frozen=True)
class NoteSaid:
    """A note as it goes out. paragraphs: each with whether it is a quote."""

    headline: str
    paragraphs: Sequence[tuple[str, bool]]
    centre: str
    language: str
    version: int

    @property
    def plain(self) -> str:
        """For a chat: paragraphs with an empty line between."""
        return "\n\n".join([self.headline, *(text for text, _is_quote in self.paragraphs)])


def beside_facts(kept: Iterable[Kept] | None, facts: Sequence[Fact], gone: str = "") -> list[Line]:
    """Sentences that were kept, each beside what the facts give now; where none were: the facts.

    gone: the source of a sentence whose fact is not there any more.
    """
    now = {one.code: one for one in facts}
    if kept is None:
        return [_line(one, one.text, one.text) for one in facts]
    found = [(one, now.get(one.code) or Fact(one.code, "", gone)) for one in kept]
    return [_line(fact, one.text, one.fact) for one, fact in found]


def not_in(lines: Iterable[Line], facts: Iterable[Fact]) -> list[Line]:
    """What the facts give and a note does not have."""
    there = {one.code for one in lines}
    return [_line(one, one.text, one.text) for one in facts if one.code not in there]


def laid_out(
    lines: Iterable[Line], headline: str, groups: Sequence[Sequence[str]]
) -> tuple[str, list[tuple[str, bool]]]:
    """The headline and the paragraphs that go out; sentences of a group stand in one paragraph."""
    paragraphs, group = list[tuple[str, bool]](), -1
    for one in lines:
        if one.out or not one.text:
            continue
        if one.code == HEADLINE:
            headline = one.text
            continue
        is_quote, before = one.quote is not None, group
        group = -1 if is_quote else _group(one.code, before, groups)
        if paragraphs and group == before != -1:
            paragraphs[-1] = (f"{paragraphs[-1][0]} {one.text}", False)
        else:
            paragraphs.append((one.text, is_quote))
    return headline, paragraphs


def against(texts: Sequence[str], *, last: int, seen: int) -> list[Gap]:
    """What keeps a note from being saved: another version came meanwhile, or it is too long."""
    gaps = [Gap("press.meanwhile")] if seen != last else []
    if len(texts) > MOST_SENTENCES:
        gaps.append(Gap("press.too_many", values={"most": MOST_SENTENCES}))
    if any(len(text) > LONGEST for text in texts):
        gaps.append(Gap("press.too_long", values={"most": LONGEST}))
    return gaps


def _line(fact: Fact, text: str, before: str) -> Line:
    return Line(fact.code, text, fact.text, before, fact.source, fact.url, fact.quote)


def _group(code: str, before: int, groups: Sequence[Sequence[str]]) -> int:
    """The paragraph of a sentence; one's own stands with the one before, one of no group alone."""
    if code.startswith(OWN):
        return before
    kind = code.split("-")[0]
    return next((place for place, some in enumerate(groups) if kind in some), -1)
