"""The letter on the closing of a grant: DOCX by a form with named places, and the same as PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.base.tables.paper import set_paper
from sinergia.engine.shown import date_shown, money_shown
from sinergia.grants.models import Closing, Grant, Result
from sinergia.grants.papers.agreement import drawn_form
from sinergia.grants.papers.filling import Table, Values, filled
from sinergia.grants.queries.closing import is_told_there
from sinergia.grants.words.closing import spent_said

FOLDER = Path(__file__).parent.parent / "templates" / "grants" / "papers"


@dataclass(frozen=True)
class Letter:
    """What a letter tells. grade: in words, "" where none was given."""

    grant: Grant
    closing: Closing
    results: Sequence[Result]
    grade: str = ""
    number: str = ""
    on: date | None = None
    signer: str = ""


def letter_docx(letter: Letter, *, language: str, now: datetime) -> bytes:
    """The letter as DOCX on A4."""
    text = render_to_string("grants/papers/letter.txt")
    form = drawn_form(_("Letter on the closing of a grant"), text, language=language, now=now)
    told = _texts(letter, language)
    tables = {
        "table_account": Table([], account_rows(letter.closing, letter.grant, language)),
        "table_results": Table(_results_head(), _results(letter.results)),
    }
    return filled(form, Values(told, tables), page_words=_("Page {page} of {pages}"))


def letter_pdf(letter: Letter, *, language: str, now: datetime) -> bytes:
    """The same as PDF."""
    told: Mapping[str, str] = _texts(letter, language)
    paper = {
        "language": language,
        "title": f"{_('Letter on the closing of a grant')} № {told['number']}",
        "date": told["date"],
        "to": _("To %(organisation)s") % {"organisation": told["organisation"]},
        "says": _(
            "The grant for the project “%(title)s” (agreement № %(agreement)s of"
            " %(agreement_date)s) is closed on %(closed)s."
        )
        % told,
        "account_title": _("Final account"),
        "account": account_rows(letter.closing, letter.grant, language),
        "results_title": _("Results"),
        "results_head": _results_head(),
        "results": _results(letter.results),
        "grade": _("Evaluation of the project: %(grade)s") % told,
        "words": letter.closing.words,
        "signer": told["signer"],
    }
    return set_paper(FOLDER / "letter.typ", paper, at=now)


def account_rows(closing: Closing, grant: Grant, language: str) -> list[list[str]]:
    """The final account, a row each; the first is the sum of the others."""
    named = [
        (pgettext("an account", "Agreed"), grant.sum_minor),
        (spent_said(is_told_there=is_told_there(grant)), closing.spent_minor),
        (_("Returned"), closing.returned_minor),
        (_("Never paid"), closing.unpaid_minor),
    ]
    return [[name, money_shown(minor, grant.currency, language)] for name, minor in named]


def _results_head() -> list[str]:
    return [
        pgettext("a grant", "Result"),
        pgettext("a result", "Promised"),
        pgettext("a result", "Reached"),
        _("What proves it"),
    ]


def _results(rows: Sequence[Result]) -> list[list[str]]:
    return [[one.what, one.promised or "—", one.reached or "—", one.proof or "—"] for one in rows]


def known_of(grant: Grant, number: str, on: date | None, language: str) -> dict[str, str]:
    """Places of papers on a closing that are the same in all of them."""

    def shown(day: date | None) -> str:
        return date_shown(day, language) if day is not None else "____________"

    return {
        "number": number or "____________",
        "date": shown(on),
        "organisation": grant.organisation.name,
        "title": grant.application.title,
        "agreement": grant.number or "____________",
        "agreement_date": shown(grant.signed_on),
        "closed": shown(grant.closed_on),
    }


def _texts(letter: Letter, language: str) -> dict[str, str]:
    return known_of(letter.grant, letter.number, letter.on, language) | {
        "grade": letter.grade or "—",
        "words": letter.closing.words,
        "signer": letter.signer or "____________",
    }
