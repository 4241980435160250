"""The closing of a grant in words: its account, and the facts that a practice begins with."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sinergia.engine.granting.closing import Account
from sinergia.engine.granting.plan import GrantPlan
from sinergia.engine.numbers import Unreadable, read_decimal
from sinergia.engine.shown import amount_of, money_shown
from sinergia.grants.models import Grant, Result
from sinergia.grants.queries.changes import written_plan
from sinergia.projects.actions.into_practice import texts_for_practice


@dataclass(frozen=True)
class Row:
    """A row of the account. is_bad: it keeps the account from coming out."""

    name: str
    minor: int
    is_sum: bool = False
    is_bad: bool = False


def account_said(account: Account) -> list[Row]:
    """The account: what was agreed, and what it is made of."""
    told = [
        Row(spent_said(is_told_there=account.is_told_there), account.taken_minor),
        Row(_("Returned"), account.returned_minor),
        Row(_("Never paid"), account.unpaid_minor),
    ]
    if account.open_minor:
        told.append(Row(_("Spent, not checked"), account.open_minor, is_bad=True))
    left = account.left_minor - account.open_minor
    if left > 0:
        told.append(Row(_("Paid, neither spent nor returned"), left, is_bad=True))
    elif left < 0:
        told.append(Row(_("Accepted beyond what was paid"), left, is_bad=True))
    return [*told, Row(pgettext("an account", "Agreed"), account.agreed_minor, is_sum=True)]


def spent_said(*, is_told_there: bool) -> str:
    """What the first row of an account is called. is_told_there: its fund alone knows what of."""
    return _("Spent, as the fund is told") if is_told_there else _("Spent and accepted")


def facts_for_practice(
    grant: Grant, plan: GrantPlan, results: Sequence[Result], *, spent_minor: int
) -> dict[str, str]:
    """Texts of a practice, by its paths: the plan's words with facts in place of promises.

    The first result that is counted is taken for the number of those who were reached: what
    a practice costs for each of them follows from it. Its people read it all before it is shown.
    """
    texts = {path: text for path, text in texts_for_practice(written_plan(grant, plan)) if text}
    texts["title"] = plan.document.title or grant.application.title
    told = []
    for one in results:
        texts[f"results/{one.row}/what"] = one.what
        texts[f"results/{one.row}/number"] = one.reached or one.promised
        texts[f"results/{one.row}/how"] = _how(one)
        told.append(_reached(one))
    texts["result"] = "\n".join(told) or texts.get("result", "")
    texts |= _money(grant, results, spent_minor)
    return {path: text for path, text in texts.items() if text}


def _money(grant: Grant, results: Sequence[Result], spent_minor: int) -> dict[str, str]:
    language, currency = get_language() or "ru", grant.currency
    sum_shown = money_shown(spent_minor, currency, language)
    fund = grant.application.fund.name
    words = _("%(sum)s spent of a grant of %(whole)s, agreement № %(number)s")
    whole = money_shown(grant.sum_minor, currency, language)
    told = {
        "cost_start": f"{amount_of(spent_minor, currency):f}" if spent_minor else "",
        "funding/aaaaaa/source": fund,
        "funding/aaaaaa/what": words
        % {"sum": sum_shown, "whole": whole, "number": grant.number or "—"},
    }
    people = next((number for one in results if (number := _whole(one.reached))), 0)
    if people:
        told["beneficiaries"] = str(people)
        told["cost_each"] = f"{amount_of(round(spent_minor / people), currency):f}"
    return told


def _how(one: Result) -> str:
    promised = _("Promised: %(number)s.") % {"number": one.promised} if one.promised else ""
    proof = _("Proof: %(proof)s") % {"proof": one.proof} if one.proof else ""
    return " ".join(filter(None, [promised, proof]))


def _reached(one: Result) -> str:
    if not one.reached:
        return one.what
    if not one.promised:
        return f"{one.what}: {one.reached}"
    words = _("%(what)s: %(reached)s of %(promised)s promised")
    return words % {"what": one.what, "reached": one.reached, "promised": one.promised}


def _whole(text: str) -> int:
    """A number of people; nought for what is none."""
    try:
        found = read_decimal(text)
    except Unreadable:
        return 0
    return int(found) if found is not None and found == found.to_integral_value() else 0
