"""The sections of a project with how far each has come; and what matters now."""

from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sinergia.base.drafts.words import Finding, Step
from sinergia.calls.words.contests import rule_said
from sinergia.engine.readiness import Readiness
from sinergia.engine.refusal import Gap
from sinergia.packs.rules.fields import ANSWERS, SECTIONS
from sinergia.packs.rules.schema import Rules
from sinergia.projects.queries.writing import Written
from sinergia.projects.words.fields import SECTIONS as TITLES
from sinergia.projects.words.form import place_said

NOW = 3  # things said to matter now; the rest is folded
SECTION_OF: Mapping[str, str] = {
    name: section for section, fields in SECTIONS.items() for name in fields
}


def outline_of(
    told: Written, readiness: Readiness, *, here: str = "", closed: Collection[str] = ()
) -> list[Step]:
    """Every section that the rules ask anything of, and how far it has come, in words.

    closed: those in which what came back for correction may not change.
    """
    filed, steps = {one.field for one in told.attachments}, []
    for name, fields in SECTIONS.items():
        if not is_asked(name, told.rules):
            continue
        gaps = [gap for gap in readiness.blocking if SECTION_OF.get(_field(gap)) == name]
        is_begun = any(
            path.partition("/")[0] in fields and text for path, text in told.values.items()
        )
        kind, state = _state(gaps, is_begun=is_begun or not filed.isdisjoint(fields))
        if name in closed:
            kind, state = "neutral", pgettext("section", "closed")
        url = reverse("projects:section", args=[told.project.key, name])
        steps.append(Step(name, str(TITLES[name]), url, kind, state, name == here, name in closed))
    return steps


def is_asked(section: str, rules: Rules) -> bool:
    """Whether rules ask anything of a section."""
    fields = SECTIONS[section].keys()
    return bool(rules.questions) if ANSWERS in fields else bool(rules.fields.keys() & fields)


def findings_of(gaps: Sequence[Gap], told: Written, language: str) -> list[Finding]:
    """Gaps as a list in which each leads to its field."""
    return [
        Finding(place_said(gap, told), rule_said(gap, told.rules, language), _address(gap, told))
        for gap in gaps
    ]


def _field(gap: Gap) -> str:
    return gap.path.partition("/")[0]


def _state(gaps: Sequence[Gap], *, is_begun: bool) -> tuple[str, str]:
    if not is_begun:
        return "neutral", _("not begun")
    if not gaps:
        return "ok", _("ready")
    words = ngettext("%(count)s thing to mend", "%(count)s things to mend", len(gaps))
    return "warn", words % {"count": len(gaps)}


def _address(gap: Gap, told: Written) -> str:
    """Where a gap is mended: the field itself; of who applies, the organisation's own page."""
    section = SECTION_OF.get(_field(gap))
    if section is None:
        is_card = gap.code.startswith("applicant.")
        inside = reverse("register:inside", args=[told.project.organisation.key])
        place = "#heads" if gap.code == "applicant.head_term" else ""
        return f"{inside}{place}" if is_card else ""
    url = reverse("projects:section", args=[told.project.key, section])
    is_box = gap.path in told.fields or "/" in gap.path or not _is_block(gap.path)
    return f"{url}#{'f' if is_box else 'b'}-{gap.path.replace('/', '-')}"


def _is_block(path: str) -> bool:
    """Whether a field has no box of its own: rows, files."""
    return SECTIONS[SECTION_OF[path]][path] in ("rows", "files", "links")
