"""The final account of a closed grant as DOCX: the whole, and each line of the budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.engine.shown import money_shown
from sinergia.grants.models import Closing, Grant
from sinergia.grants.papers.agreement import drawn_form
from sinergia.grants.papers.filling import Table, Values, filled
from sinergia.grants.papers.letter import account_rows, known_of
from sinergia.grants.words.money import ShownLine


@dataclass(frozen=True)
class FinalAccount:
    """What the paper tells. signer, head: who signs for who gave the grant and for who got it."""

    grant: Grant
    closing: Closing
    lines: Sequence[ShownLine]
    number: str = ""
    on: date | None = None
    signer: str = ""
    head: str = ""


def account_docx(told: FinalAccount, *, language: str, now: datetime) -> bytes:
    """The final account on A4."""
    text = render_to_string("grants/papers/account.txt")
    form = drawn_form(_("Final account of a grant"), text, language=language, now=now)
    texts = known_of(told.grant, told.number, told.on, language)
    texts |= {"signer": told.signer or "____________", "head": told.head or "____________"}
    tables = {
        "table_account": Table([], account_rows(told.closing, told.grant, language)),
        "table_lines": Table(_head(), _rows(told, language)),
    }
    return filled(form, Values(texts, tables), page_words=_("Page {page} of {pages}"))


def _head() -> list[str]:
    return [
        _("Line"),
        pgettext("money", "Agreed"),
        _("Spent"),
        _("Not accepted"),
        pgettext("money", "Left"),
    ]


def _rows(told: FinalAccount, language: str) -> list[list[str]]:
    currency = told.grant.currency
    rows = []
    for one in told.lines:
        minors = (
            one.balance.agreed_minor,
            one.balance.spent_minor,
            one.balance.refused_minor,
            one.balance.left_minor,
        )
        rows.append([one.what, *(money_shown(minor, currency, language) for minor in minors)])
    return rows
