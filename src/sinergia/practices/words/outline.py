"""The sections of a practice with how far each has come; and what is missing, each with its way."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sinergia.base.drafts.words import Finding, Step
from sinergia.engine.practice import Missing
from sinergia.engine.refusal import Gap
from sinergia.packs.practices import FIELDS, SECTIONS
from sinergia.practices.models import Remark
from sinergia.practices.queries.writing import Written
from sinergia.practices.words import explain
from sinergia.practices.words.fields import SECTIONS as TITLES
from sinergia.practices.words.form import place_said

SECTION_OF: Mapping[str, str] = {
    name: section for section, fields in SECTIONS.items() for name in fields
}


def outline_of(
    told: Written, missing: Missing, *, remarks: Sequence[Remark] = (), here: str = ""
) -> list[Step]:
    """Every section, and how far it has come, in words. remarks: those without an answer."""
    remarked = {one.section for one in remarks}
    steps = []
    for name, fields in SECTIONS.items():
        card = [gap for gap in missing.card if _section(gap) == name]
        rest = [gap for gap in missing.passport if _section(gap) == name]
        is_begun = any(path.partition("/")[0] in fields for path in told.values)
        kind, state = _state(len(card), len(rest), is_begun=is_begun)
        if name in remarked:
            kind, state = "bad", _("has a remark")
        url = reverse("practices:section", args=[told.practice.key, name])
        steps.append(Step(name, str(TITLES[name]), url, kind, state, name == here))
    return steps


def findings_of(gaps: Sequence[Gap], told: Written) -> list[Finding]:
    """Gaps as a list in which each leads to its field."""
    return [Finding(place_said(gap, told), explain(gap), _address(gap, told)) for gap in gaps]


def next_section(name: str) -> str:
    """The section after this one; "" after the last."""
    names = list(SECTIONS)
    at = names.index(name) + 1
    return names[at] if at < len(names) else ""


def _section(gap: Gap) -> str:
    return SECTION_OF.get(gap.path.partition("/")[0], "")


def _state(card: int, rest: int, *, is_begun: bool) -> tuple[str, str]:
    if not is_begun:
        return "neutral", _("not begun")
    if card:
        words = ngettext("%(count)s answer to go", "%(count)s answers to go", card)
        return "warn", words % {"count": card}
    return (
        ("info", pgettext("a section", "begun")) if rest else ("ok", pgettext("a section", "told"))
    )


def _address(gap: Gap, told: Written) -> str:
    section = _section(gap)
    if not section:
        return ""
    url = reverse("practices:section", args=[told.practice.key, section])
    is_block = FIELDS.get(gap.path) in ("rows", "files")
    return f"{url}#{'b' if is_block else 'f'}-{gap.path.replace('/', '-')}"
