"""The sentence about a region, and five theses for a speech, in the reader's language.

Rules of a language are code, not messages to translate: see `speech_ru` and `speech_en`.
"""

from sinergia.engine import speech_en, speech_ru
from sinergia.engine.brief import BriefFigures, NamedFigures, Part, Thesis, YearFigures

__all__ = [
    "BriefFigures",
    "NamedFigures",
    "Part",
    "Thesis",
    "YearFigures",
    "sentence",
    "sentence_parts",
    "theses",
]


def sentence(figures: BriefFigures, language: str) -> str:
    """Say in one sentence what a region submitted and won; no full stop at its end."""
    return "".join(part.text for part in sentence_parts(figures, language))


def sentence_parts(figures: BriefFigures, language: str) -> list[Part]:
    """Say the same in parts, so that each number may open its rows."""
    if language == "ru":
        return speech_ru.sentence_parts(figures)
    return speech_en.sentence_parts(figures)


def theses(figures: BriefFigures, language: str) -> list[Thesis]:
    """Give five sentences for a speech, the first of them the sentence.

    A region that submitted nothing has the first one only.
    """
    further = speech_ru.further_theses if language == "ru" else speech_en.further_theses
    first = [*sentence_parts(figures, language), Part(".")]
    if figures.submitted == 0:
        return [Thesis(tuple(first))]
    return [Thesis(tuple(parts)) for parts in (first, *further(figures))]
