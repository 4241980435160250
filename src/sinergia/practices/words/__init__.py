"""Finds the sentence for what a rule has against an act, and for what a practice lacks."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergia.base.ui.said import sentence
from sinergia.engine.practice.sentences import SENTENCES
from sinergia.engine.readiness import shown
from sinergia.engine.refusal import Gap


def explain(gap: Gap) -> str:
    """The sentence for a gap, in the reader's language."""
    if gap.code in SENTENCES:
        values = shown(gap.values, currency="", language=get_language() or "ru")
        return _(SENTENCES[gap.code]) % values
    return sentence(gap, "practices", "files", "drafts", "outside")
