"""The supplementary agreement on a change as DOCX: the site's form, and what goes into it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sinergia.engine.shown import date_shown
from sinergia.grants.models import Change, Grant
from sinergia.grants.papers.agreement import (
    TYPED,
    budget_table,
    drawn_form,
    known_places,
    periods_table,
    plan_table,
)
from sinergia.grants.papers.filling import Table, Values, filled
from sinergia.grants.queries.agreement import Facts


def supplement_docx(
    grant: Grant,
    change: Change,
    facts: Facts,
    typed: Mapping[str, str],
    differs: Sequence[tuple[str, str, str]],
    *,
    language: str,
    now: datetime,
) -> bytes:
    """A supplementary agreement on A4. differs: place, what it was, what it is."""
    form = supplement_form(language=language, now=now)
    texts = {name: typed.get(name, "") or "____________" for name in TYPED}
    ends_on = facts.periods[-1].ends_on if facts.periods else grant.ends_on
    texts |= known_places(grant, facts, language) | {
        "ends": date_shown(ends_on, language),
        "agreement": grant.number or "____________",
        "agreement_date": date_shown(grant.signed_on, language) if grant.signed_on else "",
        "why": change.why,
    }
    head = [_("Where it stands"), _("Was"), _("Becomes")]
    tables = {
        "table_changes": Table(
            head, [[place, was or "—", now_is or "—"] for place, was, now_is in differs]
        ),
        "table_plan": plan_table(facts.plan, language),
        "table_budget": budget_table(facts.plan, facts.rules, grant.currency, language),
        "table_periods": periods_table(facts.periods, grant.currency, language),
    }
    foot = _("Checksum of the plan: %(digest)s") % {"digest": facts.digest}
    return filled(form, Values(texts, tables, [foot]), page_words=_("Page {page} of {pages}"))


def supplement_form(*, language: str, now: datetime) -> bytes:
    """The form with its places empty."""
    text = render_to_string("grants/papers/supplement.txt")
    return drawn_form(_("Supplementary agreement"), text, language=language, now=now)
