"""What pages and papers say of a commission's items."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.calls.models import Contest
from sinergia.engine.minutes import Followed, Proposal
from sinergia.engine.shown import decimal_shown, money_shown
from sinergia.review.models import Award, Examination, Item
from sinergia.review.queries.decision import BY_RULES

Kind = Item.Kind


def invited_to(contest: Contest) -> str:
    """What an invitation is to."""
    named = {"contest": contest.call.name}
    return _("member of the commission of the contest “%(contest)s”") % named


def question_of(kind: str, about: Examination | None, *, is_back: bool = False) -> str:
    """A question as it is usually worded, to be changed.

    is_back: what was adopted before is taken back.
    """
    if kind == Kind.LIST:
        return _("To approve the list of winners and the sums of their grants")
    if about is None:
        return ""
    named = {"number": about.submission.shown_number, "title": about.submission.title}
    if is_back:
        return {
            Kind.MOVE: _("To leave application %(number)s “%(title)s” where the rules have it"),
            Kind.LESS: _("To award application %(number)s “%(title)s” the whole sum"),
        }[Kind(kind)] % named
    worded = {
        Kind.MOVE: _("To move application %(number)s “%(title)s” across the line"),
        Kind.LESS: _("To award application %(number)s “%(title)s” a smaller sum than asked for"),
        Kind.RATING: _("To set the final rating of application %(number)s “%(title)s”"),
        Kind.UNFOUNDED: _(
            "To hold an assessment of application %(number)s “%(title)s” for unfounded"
        ),
    }
    return worded[Kind(kind)] % named if kind in worded else ""


def proposal_said(
    proposal: Proposal, currency: str, language: str, *, followed: Followed | None = None
) -> list[tuple[str, str]]:
    """What is proposed about an application, line by line, and what followed at once."""
    told: list[tuple[str, str]] = []
    if proposal.moved:
        is_back = proposal.moved == BY_RULES
        named = _("as the rules have it") if is_back else Award.Outcome(proposal.moved).label
        told.append((_("Moved to"), str(named)))
    if proposal.final:
        told.append((_("Final rating"), decimal_shown(Decimal(proposal.final), language)))
    if proposal.expert:
        told.append((pgettext("review", "Expert"), proposal.expert))
    if proposal.offered_minor is not None:
        told.append((_("Sum proposed"), money_shown(proposal.offered_minor, currency, language)))
    for one in proposal.cuts:
        line = _("Cut: %(line)s") % {"line": one.what or _("The whole sum")}
        told.append((line, "−" + money_shown(one.minor, currency, language)))
    if followed is not None:
        told.append((_("What followed"), _followed_said(proposal, followed, language)))
    return told


def _followed_said(proposal: Proposal, followed: Followed, language: str) -> str:
    if not followed.is_done:
        return _("nothing: what it is about can be changed no more, or is so already")
    before = decimal_shown(Decimal(followed.before), language) if followed.before else "—"
    if not proposal.final:
        return _("the assessment of expert %(code)s is held for unfounded") % {
            "code": proposal.expert
        }
    return _("the final rating is %(after)s; until then the rating was %(before)s") % {
        "after": decimal_shown(Decimal(proposal.final), language),
        "before": before,
    }


def kinds_said() -> Sequence[tuple[str, str]]:
    """Kinds of items with their names."""
    return [(one.value, str(one.label)) for one in Kind]
