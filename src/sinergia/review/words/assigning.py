"""An assignment told: what it comes to, why there is none, why a reading is where it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sinergia.engine.affinity import Parts
from sinergia.projects.words.fields import LABELS
from sinergia.review.models import Assignment
from sinergia.review.queries.betraying import Betrayed

NAMED = 20  # applications or experts that a sentence names


@dataclass(frozen=True)
class Served:
    """An application that is served worst. mean: of a hundred."""

    code: str
    title: str
    mean: int


def parts_said(parts: Parts) -> str:
    """Theme 40 of 40, topic 10 of 20, text 12 of 40: река, берег."""
    told = [_("theme %(number)s of %(most)s") % {"number": parts.theme, "most": 40}]
    if parts.topic_most:
        values = {"number": parts.topic, "most": parts.topic_most}
        told.append(_("topic %(number)s of %(most)s") % values)
    told.append(_("text %(number)s of %(most)s") % {"number": parts.text, "most": parts.text_most})
    words = f": {', '.join(parts.words)}" if parts.words else ""
    return ", ".join(told) + words


def why_not_said(
    assignment: Assignment,
    titles: Mapping[str, str],
    names: Mapping[str, str],
    unseen: Collection[str] = (),
) -> str:
    """Why there is no assignment, with names. titles, names: of applications, experts by code.

    unseen: codes of applications that are not told.
    """
    why = assignment.why
    told = [one for one in why["applications"] if one not in unseen]
    values = {
        "number": why["number"],
        "needed": why["needed"],
        "available": why["available"],
        "applications": _listed(told, titles, why["number"] - len(why["applications"]) + len(told)),
        "experts": _listed(why["experts"], names, len(why["experts"])),
    }
    said: str = render_to_string(f"review/said/{why['code']}.txt", values)
    return said.strip()


def served_said(assignment: Assignment, unseen: Collection[str] = ()) -> list[Served]:
    """The applications that a proposal serves worst. unseen: codes that are not told."""
    worst = assignment.why["worst"]
    return [Served(code, title, mean) for code, title, mean in worst if code not in unseen]


def against_said(code: str) -> str:
    """Why an expert may not be given an application."""
    return {
        "": "",
        "reads": _("reads it"),
        "was": _("had it before"),
        "stands": _("conflict of interest"),
        "warning": _("a warning waits to be cleared"),
    }[code]


def _listed(codes: Sequence[str], names: Mapping[str, str], number: int) -> str:
    told = ", ".join(f"{code} {_quoted(names.get(code, ''))}".strip() for code in codes[:NAMED])
    rest = number - len(codes[:NAMED])
    if rest <= 0:
        return told
    return _("%(named)s and %(rest)s more") % {"named": told, "rest": rest}


def _quoted(title: str) -> str:
    return f"«{title}»" if title else ""


def betrayed_said(one: Betrayed) -> list[tuple[str, str]]:
    """Where an application names its applicant: the field and the words, each field once."""
    named = {str(LABELS.get(path.partition("/")[0], path)): it for path, it in one.places.items()}
    return list(named.items())
