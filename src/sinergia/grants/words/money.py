"""Figures of a grant with their words; under each the place of its rows."""

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from sinergia.engine.granting.balance import Balance, LineBalance
from sinergia.engine.granting.plan import GrantPlan
from sinergia.engine.shown import money_shown


@dataclass(frozen=True)
class Figure:
    """A number, what it is, where its rows are, how it comes about."""

    value: str
    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class ShownLine:
    """A line of the budget with its figures."""

    what: str
    article: str
    balance: LineBalance


def tiles_said(balance: Balance, currency: str) -> list[Figure]:
    """The figures of a grant; those that sum up say so."""
    language = get_language() or "ru"

    def figure(minor: int, label: str, place: str, note: str = "") -> Figure:
        return Figure(money_shown(minor, currency, language), label, f"#{place}", note)

    return [
        figure(
            balance.agreed_minor,
            pgettext("money", "agreed"),
            "lines",
            _("Paid and still to be paid."),
        ),
        figure(balance.paid_minor, _("paid"), "paid", _("Spent, returned and on account.")),
        figure(balance.to_pay_minor, _("to be paid"), "tranches"),
        figure(balance.spent_minor, _("spent"), "spent"),
        figure(balance.returned_minor, _("returned"), "returned"),
        figure(
            balance.on_account_minor,
            _("on account"),
            "lines",
            _("Paid without what was spent and returned; below nought: laid out by it."),
        ),
    ]


def lines_said(balance: Balance, plan: GrantPlan) -> list[ShownLine]:
    """Every line with its figures, in the order of the budget."""
    named = {one.id: one for one in plan.lines}
    return [
        ShownLine(
            (named[name].what if name in named else name) or _("The whole sum"),
            named[name].article if name in named else "",
            one,
        )
        for name, one in balance.lines.items()
    ]


def entered_said(number: int) -> str:
    """How many payments a table brought."""
    words = ngettext("%(number)s payment is entered.", "%(number)s payments are entered.", number)
    return words % {"number": number}


def put_said(number: int) -> str:
    """How many documents of those that were sent found their payments."""
    words = ngettext(
        "%(number)s document is at its payment.",
        "%(number)s documents are at their payments.",
        number,
    )
    return words % {"number": number}
