"""How a submission is confirmed, in words: what is asked, what came, what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergia.applications.models import Confirmation, Decision, Submission
from sinergia.applications.queries.confirming import Confirming, confirming_of, held_by
from sinergia.applications.queries.received import registrations_of
from sinergia.calls.queries.contests import rules_kept
from sinergia.packs.rules import Rules


@dataclass(frozen=True)
class ConfirmingSaid:
    """What stands on a page. kind: of the notice. ways: how each is done. ground: of the rules."""

    asked: Confirming
    kind: str
    state: str
    ways: Sequence[str]
    is_open: bool
    takes_files: bool
    takes_paper: bool
    paper: Confirmation | None
    ground: str
    marked_by: str

    @property
    def faults(self) -> list[str]:
        """What speaks against admission: nothing as long as there is time."""
        return [self.state] if not self.is_open and self.kind in ("warn", "bad") else []


def confirming_said(submission: Submission, *, now: datetime) -> ConfirmingSaid | None:
    """How a submission is to be confirmed; none where the rules ask for nothing."""
    asked = confirming_of(submission)
    if not asked.ways:
        return None
    kind, state = _state(asked, now=now)
    paper = next((one for one in asked.held if one.way == Confirmation.Way.PAPER), None)
    return ConfirmingSaid(
        asked=asked,
        kind=kind,
        state=state,
        ways=[ways_said()[way] for way in asked.ways],
        is_open=asked.is_open(now),
        takes_files="scan" in asked.ways or "signature" in asked.ways,
        takes_paper="paper" in asked.ways,
        paper=paper,
        ground=_ground(submission, asked) if asked.is_missing(now) else "",
        marked_by=getattr(paper, "who", ""),
    )


def ways_said() -> dict[str, str]:
    """How each way is done."""
    return {
        "paper": _("On paper: print the PDF, sign it and bring it to the organiser."),
        "scan": _("As a scan: print the PDF, sign it, and add its scan or photograph here."),
        "signature": _(
            "By an electronic signature: sign the PDF and add the signature, a file .sig or .p7s."
        ),
    }


def follows_by(rules: Rules) -> list[str]:
    """What is to be done after submitting, before it is submitted."""
    ways = [ways_said()[way] for way in rules.signing.ways if way != "none"]
    if not ways:
        return []
    if "none" in rules.signing.ways:
        return [_("Then it may be confirmed, in one of these ways:"), *ways]
    return [_("Then it has to be confirmed, in one of these ways:"), *ways]


def entered_said(
    rows: Sequence[Submission],
) -> list[tuple[Submission, list[Confirmation], Decision | None]]:
    """Submissions with what confirms each of them now, and when and by whom it was registered."""
    held, registered = held_by(rows), registrations_of(rows)
    return [(one, held.get(one.pk, []), registered.get(one.pk)) for one in rows]


def _state(asked: Confirming, *, now: datetime) -> tuple[str, str]:
    if asked.in_time:
        return "ok", _("The document that confirms the application is here.")
    if asked.held:
        return "warn", _("The document that confirms the application came after its term.")
    if asked.is_open(now):
        awaited = _("The document that confirms the application is awaited.")
        return ("warn", awaited) if asked.is_needed else ("info", _("It may be confirmed."))
    if asked.is_needed:
        return "bad", _("The document that confirms the application did not come in time.")
    return "info", _("It was not confirmed; the rules do not ask for it.")


def _ground(submission: Submission, asked: Confirming) -> str:
    """The ground of refusal that the rules name for a submission that nothing confirms."""
    rules = rules_kept(submission.frozen.rules)
    found = next((one for one in rules.refusals if one.code == asked.clause), None)
    return f"{found.clause}. {found.text.told(get_language() or 'ru')}" if found else ""
