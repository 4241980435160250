"""What comes next where a change is open, where a grant may be closed, where it is closed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sinergia.calls.models import Outcome
from sinergia.grants.models import Change, Grant
from sinergia.grants.words.grant import Step


def step_of_change(change: Change, grant: Grant, *, keeps: bool, decides: bool) -> Step | None:
    """What an open request waits for, and from whom; none of what is nobody else's yet."""
    url = reverse("grants:change", args=[grant.key, change.key])
    said = {"number": change.number}
    if change.stage == Change.Stage.SENT and decides:
        return Step(_("Change № %(number)s of the plan waits for your answer") % said, url, "warn")
    if change.stage == Change.Stage.SENT:
        return Step(_("Change № %(number)s of the plan waits for the operator") % said, url)
    if change.stage == Change.Stage.RETURNED and keeps:
        return Step(_("Change № %(number)s was returned: mend it and send it") % said, url, "warn")
    return None


def step_to_close(grant: Grant, *, decides: bool) -> Step:
    """The final report is accepted: the account is drawn up."""
    url = reverse("grants:closing", args=[grant.key])
    if decides:
        return Step(_("The final report is accepted: look at the account and close the grant"), url)
    return Step(_("The final report is accepted: the operator closes the grant"), url)


def step_to_close_there(grant: Grant, *, decides: bool) -> Step:
    """A project of a fund elsewhere is over: the fund has its report, here it is closed."""
    url = reverse("grants:closing", args=[grant.key])
    if decides:
        return Step(_("The project is over: look at the account and close the grant"), url)
    return Step(_("The project is over: the resource centre closes the grant here"), url)


def step_when_declined(grant: Grant) -> Step | None:
    """A grant of a fund elsewhere that was declined: nothing, unless it was a mistake."""
    if grant.award_id is not None or grant.application.outcome != Outcome.WON:
        return None
    url = reverse("grants:begin", args=[grant.application.key])
    return Step(_("The grant is declined. If that was a mistake, begin it anew."), url)


def step_when_closed(grant: Grant, *, keeps: bool, has_practice: bool) -> Step | None:
    """What a closed grant leads to: a practice that others may take home."""
    if has_practice or not keeps:
        return None
    url = reverse("grants:closing", args=[grant.key])
    return Step(
        _("Tell it as a practice: the facts of the grant are put in for you"), f"{url}#results"
    )
