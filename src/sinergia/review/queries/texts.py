"""Texts of what was handed in, as they are compared in thousands: read, not proven whole."""

import json
import re
from collections.abc import Iterator, Mapping

from sinergia.base.search.words import lemma_of
from sinergia.engine.affinity import Subject
from sinergia.engine.interests import Named
from sinergia.engine.text import words_of
from sinergia.packs.rules import Rules

PEOPLE = ("head", "team", "partners", "signers", "accountant", "founders")
ABOUT = ("title", "summary", "problem", "goals", "tasks", "target_groups", "qualitative")
MOST = 2_000  # characters of one text that are compared
SHORTEST = 4  # letters of a word that tells what a text is about
_CUT = re.compile(r"[,;()]| [-–—] ")  # «Иванова М. П., бухгалтер»


def texts_of(content: bytes) -> dict[str, str]:
    """Texts by path; nothing where the kept bytes cannot be read at all."""
    try:
        told = json.loads(content)["values"]
        return {path: one["text"] for path, one in told.items() if "text" in one}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def named_in(texts: Mapping[str, str]) -> Iterator[Named]:
    """Whom an application names: head, team, partners with what they bring, who answers for it."""
    for path, text in texts.items():
        field, _slash, rest = path.partition("/")
        if field not in PEOPLE or not text.strip():
            continue
        if rest.endswith("/name"):
            yield Named(field, text if field in ("partners", "founders") else _CUT.split(text)[0])
        elif field == "partners" and rest.endswith("/what"):
            yield Named(field, text)


def subject_of(direction: str, content: bytes, rules: Rules) -> Subject:
    """What an application is about, in lemmas. content: as it was handed in; rules: its own."""
    texts = texts_of(content)
    about = " ".join(text[:MOST] for path, text in texts.items() if path.partition("/")[0] in ABOUT)
    topic = _topic(rules, texts.get("topic", ""))
    return Subject(direction, lemmas_of(topic), lemmas_of(about))


def lemmas_of(text: str) -> frozenset[str]:
    """Words that tell what a text is about, each in its dictionary form."""
    words = set(words_of(text))
    return frozenset(
        lemma_of(word) for word in words if len(word) >= SHORTEST and not word.isdecimal()
    )


def _topic(rules: Rules, code: str) -> str:
    """The words of a topic by its code: direction, and which of its topics from 1."""
    direction, _slash, at = code.partition("/")
    topics = next((one.topics for one in rules.directions if one.code == direction), ())
    return topics[int(at) - 1].ru if at.isdecimal() and 0 < int(at) <= len(topics) else ""
