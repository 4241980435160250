"""The checks of an application and the decisions about it, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergia.applications.models import Decision, Submission
from sinergia.calls.words.contests import rule_said
from sinergia.engine.readiness import Readiness
from sinergia.packs.rules import Rules
from sinergia.packs.rules.frozen import thawed


@dataclass(frozen=True)
class CheckSaid:
    """One check of admission. faults: what the machine found; none where a person looks."""

    text: str
    is_machine: bool
    faults: Sequence[str] = ()


@dataclass(frozen=True)
class DecisionSaid:
    """What was decided, by whom, and what became of it."""

    decision: Decision
    who: str
    ground: str


def checks_said(
    rules: Rules, readiness: Readiness, language: str, more: Mapping[str, Sequence[str]]
) -> list[CheckSaid]:
    """The checklist of the rules; what the machine found stands by its own check.

    more: found elsewhere, by the check's code.
    """
    found: dict[str, list[str]] = {code: list(texts) for code, texts in more.items()}
    for gap in (*readiness.blocking, *readiness.advice):
        if gap.code.startswith("applicant."):
            code = gap.code.removeprefix("applicant.")
            found.setdefault(code, []).append(rule_said(gap, rules, language))
    by_check = {"form": ["form"], "age": ["young"], "number": ["many", "direction_taken"]}
    by_check |= {code: [code] for code in more}
    by_check |= {"head": ["head_term"], "standing": ["ended", "report_late"], "region": ["region"]}
    return [
        CheckSaid(
            one.text.told(language),
            one.by == "machine",
            [text for code in by_check.get(one.code, []) for text in found.get(code, [])],
        )
        for one in rules.checks
    ]


def decisions_said(
    decisions: Sequence[Decision], submission: Submission, language: str
) -> list[DecisionSaid]:
    """Decisions with the names of those who took them and the grounds of the rules."""
    rules = thawed(bytes(submission.frozen.rules.content))
    grounds = {one.code: f"{one.clause}. {one.text.told(language)}" for one in rules.refusals}
    return [
        DecisionSaid(one, getattr(one, "who", ""), grounds.get(one.clause, "")) for one in decisions
    ]


def asked_said(kind: str) -> tuple[str, str, str]:
    """A decision before it is taken: its title, its button, what follows."""
    told = {
        "register": (
            _("Register the application"),
            _("Register"),
            _("It gets the next number of the journal; a part of it becomes public."),
        ),
        "return": (
            _("Return for correction"),
            _("Return"),
            _("Those who applied may mend the sections named here and submit again in time."),
        ),
        "admit": (
            _("Admit to the contest"),
            _("Admit"),
            _("It goes on to the experts."),
        ),
        "refuse": (
            _("Do not admit"),
            _("Do not admit"),
            _("Those who applied are told the ground of the rules and the evidence."),
        ),
    }
    return told[kind]
