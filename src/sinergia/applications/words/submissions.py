"""What follows from submitting, and what stands in its way."""

from django.utils.translation import gettext as _

from sinergia.applications.words import explain
from sinergia.applications.words.confirming import follows_by
from sinergia.engine.refusal import Refused
from sinergia.packs.rules import Rules
from sinergia.projects.queries.writing import Written
from sinergia.projects.words.form import place_said


def follows_said(rules: Rules) -> list[str]:
    """What whoever submits should know, by the rules of the contest."""
    follows = [
        _("The application is frozen as it stands now, with a number and a checksum."),
        _("It can be withdrawn and submitted again until the intake ends."),
    ]
    follows += follows_by(rules)
    if rules.registration.public_fields:
        follows.append(_("Once it is registered, a part of it is public, as the rules say."))
    return follows


def refusal_said(refusal: Refused, told: Written | None = None) -> list[str]:
    """What stands in the way besides the project itself, a sentence each, with its place if any."""
    own = [gap for gap in refusal.gaps if gap.code.startswith("submission.")]
    if not own:
        return [_("First mend what hinders, below.")]
    placed = [
        (place_said(gap, told) if told and gap.path else "", explain(gap.code)) for gap in own
    ]
    return list(dict.fromkeys(": ".join(filter(None, pair)) for pair in placed))
