"""The agreement on a grant as DOCX: a form with named places, and what goes into them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sinergia.base.tables.document import add_foot, bytes_of, new_document
from sinergia.engine.granting.plan import GrantPlan
from sinergia.engine.refusal import Gap
from sinergia.engine.shown import date_shown, money_shown
from sinergia.engine.sum_words import sum_in_words
from sinergia.grants.models import Grant, Period
from sinergia.grants.papers.filling import Table, Values, filled, places_in
from sinergia.grants.queries.agreement import Facts
from sinergia.packs.rules import Rules

TYPED = (
    "number",
    "date",
    "city",
    "operator",
    "operator_signer",
    "operator_basis",
    "operator_short",
    "head_signer",
    "head_basis",
    "head_short",
)
KNOWN = (
    "organisation",
    "organisation_short",
    "inn",
    "ogrn",
    "kpp",
    "account",
    "bik",
    "bank",
    "correspondent",
    "title",
    "application",
    "contest",
    "sum",
    "sum_words",
    "begins",
    "ends",
    "checksum",
)
TABLES = ("table_plan", "table_budget", "table_periods")
PLACES = (*TYPED, *KNOWN, *TABLES)


def form_docx(*, language: str, now: datetime) -> bytes:
    """The form that comes with the site, its places empty: to begin one's own with."""
    title, text = _("Agreement on a grant"), render_to_string("grants/papers/agreement.txt")
    return drawn_form(title, text, language=language, now=now)


def drawn_form(title: str, text: str, *, language: str, now: datetime) -> bytes:
    """A form of a text whose paragraphs are parted by empty lines; one with # is a heading."""
    document = new_document(title, language=language, now=now)
    document.add_paragraph(f"{title} № {{number}}", style="Title")
    for block in filter(None, (one.strip() for one in text.split("\n\n"))):
        if block.startswith("# "):
            document.add_heading(block[2:], level=1)
        else:
            document.add_paragraph(block)
    add_foot(document, [], "")
    return bytes_of(document)


def agreement_docx(
    grant: Grant,
    facts: Facts,
    typed: Mapping[str, str],
    *,
    language: str,
    now: datetime,
) -> bytes:
    """An agreement on A4 by the centre's own form, or by the one that comes with the site."""
    template = facts.template or form_docx(language=language, now=now)
    texts = {name: typed.get(name, "") or "____________" for name in TYPED}
    texts |= known_places(grant, facts, language)
    tables = {
        "table_plan": plan_table(facts.plan, language),
        "table_budget": budget_table(facts.plan, facts.rules, grant.currency, language),
        "table_periods": periods_table(facts.periods, grant.currency, language),
    }
    foot = _("Checksum of the plan: %(digest)s") % {"digest": facts.digest}
    values = Values(texts, tables, [foot])
    return filled(template, values, page_words=_("Page {page} of {pages}"))


def gaps_of_form(template: bytes) -> list[Gap]:
    """What is against a centre's own form: it cannot be read, or has places nobody knows."""
    try:
        found = places_in(template)
    except ValueError:
        return [Gap("template.not_docx", "file")]
    unknown = [name for name in found if name not in PLACES]
    if unknown:
        return [Gap("template.unknown", "file", {"names": ", ".join(unknown[:20])})]
    return [] if found else [Gap("template.no_places", "file")]


def plan_table(plan: GrantPlan, language: str) -> Table:
    """Events with their days and people."""
    head = [_("Event"), _("Begins"), _("Ends"), _("People")]
    rows = [
        [
            one.what,
            date_shown(one.starts_on, language) if one.starts_on else "",
            date_shown(one.ends_on, language) if one.ends_on else "",
            "" if one.people is None else str(one.people),
        ]
        for one in plan.document.events
    ]
    return Table(head, rows)


def budget_table(plan: GrantPlan, rules: Rules | None, currency: str, language: str) -> Table:
    """Lines of which the grant pays, and their sum."""
    names = {one.code: one.name.told(language) for one in rules.budget.articles} if rules else {}
    head = [_("Article"), _("Line"), _("Costs"), _("The grant pays")]
    rows = [
        [
            names.get(one.article, one.article),
            one.what or _("The whole sum"),
            money_shown(one.total_minor, currency, language),
            money_shown(one.granted_minor, currency, language),
        ]
        for one in plan.paid_lines
    ]
    last = ["", _("Together"), "", money_shown(plan.sum_minor, currency, language)]
    return Table(head, [*rows, last])


def periods_table(periods: Sequence[Period], currency: str, language: str) -> Table:
    """Periods with their tranches and the last days for reports."""
    head = [_("Period"), _("Begins"), _("Ends"), _("Tranche"), _("Report by")]
    rows = [
        [
            str(one.number),
            date_shown(one.begins_on, language),
            date_shown(one.ends_on, language),
            money_shown(one.tranche_minor, currency, language),
            date_shown(one.report_on, language),
        ]
        for one in periods
    ]
    return Table(head, rows)


def known_places(grant: Grant, facts: Facts, language: str) -> dict[str, str]:
    """What the site puts into places of papers by itself."""
    account, owner, numbers = facts.account, grant.organisation, facts.numbers
    return {
        "organisation": owner.name,
        "organisation_short": owner.short_name or owner.name,
        "inn": numbers.get("RU-INN", ""),
        "ogrn": numbers.get("RU-OGRN", ""),
        "kpp": numbers.get("RU-KPP", ""),
        "account": account.number if account else "",
        "bik": account.bik if account else "",
        "bank": account.bank if account else "",
        "correspondent": account.correspondent if account else "",
        "title": grant.application.title,
        "application": grant.application.number,
        "contest": grant.application.call.name,
        "sum": money_shown(grant.sum_minor, grant.currency, language),
        "sum_words": sum_in_words(grant.sum_minor, grant.currency, language),
        "begins": date_shown(grant.begins_on, language),
        "ends": date_shown(grant.ends_on, language),
        "checksum": facts.digest,
    }
