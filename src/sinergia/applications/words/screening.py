"""The checks of an application and the decisions about it, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from sinergia.applications.models import CheckDone, Decision, Submission
from sinergia.applications.queries.checks import is_by_machine
from sinergia.applications.queries.correcting import correction_by
from sinergia.applications.queries.due import due_on
from sinergia.base.ui.templatetags.figures import day, moment, zone_name
from sinergia.calls.http import in_zone_of
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_kept
from sinergia.calls.words.contests import rule_said
from sinergia.engine.readiness import Readiness
from sinergia.packs.rules import Rules
from sinergia.projects.queries.correcting import Correction
from sinergia.projects.words.correcting import sections_said

BY_CHECK: Mapping[str, Sequence[str]] = {  # what the register tells, by the check of the rules
    "age": ["young"],
    "number": ["many", "direction_taken"],
    "head": ["head_term"],
    "standing": ["ended", "report_late"],
}


@dataclass(frozen=True)
class CheckSaid:
    """One check of admission. faults: what the machine found; done: what a person noted."""

    code: str
    text: str
    is_machine: bool
    faults: Sequence[str] = ()
    done: CheckDone | None = None


@dataclass(frozen=True)
class DecisionSaid:
    """What was decided, by whom, and what became of it. sections: of a return."""

    decision: Decision
    who: str
    ground: str
    sections: str = ""


def checks_said(
    rules: Rules,
    readiness: Readiness,
    language: str,
    more: Mapping[str, Sequence[str]],
    done: Mapping[str, CheckDone],
    *,
    is_listed: bool = False,
) -> list[CheckSaid]:
    """The checklist of the rules; what the machine or a person found stands by its own check.

    more: found elsewhere, by the check's code. is_listed: all that is known is a row of a list.
    """
    found: dict[str, list[str]] = {code: list(texts) for code, texts in more.items()}
    for gap in (*readiness.blocking, *readiness.advice):
        is_theirs = gap.code.startswith("applicant.")
        if is_theirs or gap in readiness.blocking:
            code = gap.code.removeprefix("applicant.") if is_theirs else "limits"
            told = found.setdefault(code, [])
            told += [text for text in [rule_said(gap, rules, language)] if text not in told]
    said = []
    for one in rules.checks:
        is_machine = is_by_machine(one, is_listed=is_listed)
        codes = BY_CHECK.get(one.code, [one.code]) if is_machine else []
        faults = [text for code in codes for text in found.get(code, [])]
        text = one.text.told(language)
        said.append(CheckSaid(one.code, text, is_machine, faults, done.get(one.code)))
    return said


def before_admitting(
    rules: Rules, language: str, done: Mapping[str, CheckDone], *, is_listed: bool
) -> tuple[list[str], list[str]]:
    """Checks that people make: those that nobody noted, and those that speak against it."""
    theirs = [one for one in rules.checks if not is_by_machine(one, is_listed=is_listed)]
    against = [
        f"{one.text.told(language)}: {done[one.code].note}"
        for one in theirs
        if one.code in done and done[one.code].result == CheckDone.Result.AGAINST
    ]
    return [one.text.told(language) for one in theirs if one.code not in done], against


def decisions_said(
    decisions: Sequence[Decision], submission: Submission, language: str
) -> list[DecisionSaid]:
    """Decisions with the names of those who took them and the grounds of the rules."""
    rules = rules_kept(submission.frozen.rules)
    grounds = {one.code: f"{one.clause}. {one.text.told(language)}" for one in rules.refusals}
    return [
        DecisionSaid(
            one, getattr(one, "who", ""), grounds.get(one.clause, ""), sections_said(one.sections)
        )
        for one in decisions
    ]


def returned_said(decision: Decision) -> dict[str, dict[str, str]]:
    """What the letter of a return names, by language; nothing of other decisions."""
    if decision.kind != Decision.Kind.RETURN:
        return {}
    told, found = correction_by(decision.submission, decision), {}
    for language in ("ru", "en"):
        with override(language), in_zone_of(decision.submission.contest):
            found[language] = _returned(told, decision.submission)
    return found


def _returned(told: Correction, submission: Submission) -> dict[str, str]:
    zone = zone_name(submission.contest.time_zone)
    return {
        "sections": "" if told.is_whole else sections_said(told.sections),
        "until": f"{moment(told.until)} ({zone})",
    }


def due_said(row: Submission, contest: Contest, rules: Rules) -> str:
    """By which day the next decision is taken; nothing where none waits."""
    due = due_on(row, contest, rules)
    if due is None:
        return ""
    is_new = row.stage == Submission.Stage.SUBMITTED
    said = _("register by %(day)s") if is_new else _("admit by %(day)s")
    return said % {"day": day(due)}


def with_due(
    rows: Sequence[Submission], contest: Contest, rules: Rules | None
) -> list[tuple[Submission, str]]:
    """Rows of a list, each with the same."""
    return [(one, due_said(one, contest, rules) if rules else "") for one in rows]


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
        "withdraw": (
            _("Withdraw the application at their request"),
            _("Withdraw"),
            _("It leaves the contest and the review; its entry in the journal stays."),
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
