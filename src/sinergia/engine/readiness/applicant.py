"""Who applies, by what the register knows; what it does not know hinders nothing."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from sinergia.engine.project.document import Document
from sinergia.engine.readiness.facts import Applicant, Facts
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import Rules

ENDED = ("closing", "closed", "bankrupt")
_GROUP = 3  # digits of a legal form by which those that end in 00 stand for all alike


def applicant_gaps(
    document: Document, rules: Rules, facts: Facts, applicant: Applicant
) -> Iterator[Gap]:
    """Form, age, state, place, the head's term, and how many applications there are already."""
    told = rules.applicant
    form = applicant.legal_form
    if form and (
        is_form_among(form, told.excluded_forms)
        or (told.legal_forms and not is_form_among(form, told.legal_forms))
    ):
        yield Gap("applicant.form", values={"form": form})
    if applicant.status in ENDED:
        yield Gap("applicant.ended")
    if told.is_region_own and applicant.is_in_region is False:
        yield Gap("applicant.region")
    yield from _age(document, rules, facts, applicant)
    yield from _head(facts, applicant)
    yield from _number(document, rules, applicant)


def applicant_advice(rules: Rules, applicant: Applicant) -> Iterator[Gap]:
    """What whoever admits will see, and what hinders nothing by itself: rules differ.

    Of a grant under way nobody knows here when it ends: whether it overlaps is looked at.
    """
    most = rules.applicant.overlapping_grants
    if applicant.report_late_since is not None:
        since = applicant.report_late_since.isoformat()
        yield Gap("applicant.report_late", values={"day": since})
    if applicant.grants and most is not None:
        yield Gap("applicant.grants", values={"number": applicant.grants, "most": most})
    elif applicant.grants:
        yield Gap("applicant.has_grant")


def is_form_among(form: str, codes: tuple[str, ...]) -> bool:
    """Whether a legal form is one of some; one that ends in 00 stands for all that begin alike."""
    return any(
        form == code or (code[_GROUP:] == "00" and form[:_GROUP] == code[:_GROUP]) for code in codes
    )


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another; a month that has no such day ends on its last one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    ends_on = min(first.day, monthrange(last.year, last.month)[1])
    return months - (1 if last.day < ends_on else 0)


def is_too_young(applicant: Applicant, facts: Facts, least: int) -> bool:
    """Whether it is known that an organisation is not so many months old when the intake ends."""
    if applicant.registered_on is None or facts.closes_on is None:
        return False
    return months_between(applicant.registered_on, facts.closes_on) < least


def _age(document: Document, rules: Rules, facts: Facts, applicant: Applicant) -> Iterator[Gap]:
    told = rules.applicant
    if applicant.registered_on is None or facts.closes_on is None:
        return
    is_small = told.age_months_small is not None and document.asked_minor <= told.small_up_to_minor
    least = (
        told.age_months_small if is_small and told.age_months_small is not None else told.age_months
    )
    if is_too_young(applicant, facts, least):
        months = months_between(applicant.registered_on, facts.closes_on)
        yield Gap("applicant.young", values={"months": months, "least": least})


def _head(facts: Facts, applicant: Applicant) -> Iterator[Gap]:
    """The term of the head lasts until the intake ends, or somebody else must sign."""
    until, end = applicant.head_until, facts.closes_on
    if until is not None and end is not None and until < end:
        yield Gap("applicant.head_term", values={"day": until.isoformat()})


def _number(document: Document, rules: Rules, applicant: Applicant) -> Iterator[Gap]:
    told, filed = rules.applicant, applicant.filed
    direction = document.texts.get("direction", "")
    here = filed.get(direction, 0)
    if told.per_direction is not None and direction and here >= told.per_direction:
        yield Gap("applicant.direction_taken", "direction", {"most": told.per_direction})
    if told.per_organisation is not None and sum(filed.values()) >= told.per_organisation:
        yield Gap("applicant.many", values={"most": told.per_organisation})
