"""What an agreement is made of, and what the site itself knows of its conditions."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date

from sinergia.base.files.adapters.store import the_store
from sinergia.base.files.models import StoredFile
from sinergia.calls.models import Contest
from sinergia.engine.bank import fault_of_account, fault_of_bik
from sinergia.engine.cases_ru import initials, name_genitive, post_genitive
from sinergia.engine.granting.periods import after_workdays
from sinergia.engine.granting.plan import GrantPlan
from sinergia.grants.models import AgreementTemplate, Grant, Period
from sinergia.grants.queries.grants import (
    agreement_of,
    contest_of,
    contest_rules,
    grants_rules,
    latest_plan,
    periods_of,
    thawed_plan,
)
from sinergia.organisations.models import BankAccount, Head
from sinergia.organisations.queries.identifiers import numbers_of
from sinergia.organisations.queries.inside import accounts_of, heads_of
from sinergia.packs.rules import Rules
from sinergia.review.queries.following import accepted_budget_of, is_due

OK, BAD, UNKNOWN = "ok", "bad", "unknown"


@dataclass(frozen=True)
class Facts:
    """What the site knows and puts into an agreement. template: the centre's own form, or none."""

    plan: GrantPlan
    digest: str
    periods: Sequence[Period]
    rules: Rules | None
    account: BankAccount | None
    numbers: Mapping[str, str]
    template: bytes | None


@dataclass(frozen=True)
class Seen:
    """What the site sees of a condition. code: of a sentence; state: OK, BAD or UNKNOWN."""

    code: str
    state: str
    day: date | None = None


def facts_of(grant: Grant) -> Facts:
    """Read them all; the centre's own form from the store. Raises Broken, StoreUnavailable."""
    plan = latest_plan(grant)
    contest = contest_of(grant)
    own = template_of(contest) if contest is not None else None
    return Facts(
        plan=thawed_plan(plan, grant),
        digest=plan.digest,
        periods=list(periods_of(grant)),
        rules=contest_rules(grant),
        account=account_of(grant),
        numbers={one.scheme: one.value for one in numbers_of(grant.organisation)},
        template=bytes_of(own.file) if own is not None else None,
    )


def periods_by(grant: Grant, plan: GrantPlan, latest: Facts) -> list[Period]:
    """Periods as an earlier plan of a grant has them: its last day, and of the last its report."""
    periods, ends_on = list(latest.periods), plan.document.ends_on
    if ends_on is None or ends_on == latest.plan.document.ends_on or not periods:
        return periods
    last = copy(periods[-1])
    workdays = grants_rules(grant).report_workdays
    last.ends_on, last.report_on = ends_on, after_workdays(ends_on, workdays)
    return [*periods[:-1], last]


def template_of(contest: Contest) -> AgreementTemplate | None:
    """The centre's own form for a contest; none where the site's own is used."""
    return AgreementTemplate.objects.filter(contest=contest).select_related("file").first()


def account_of(grant: Grant) -> BankAccount | None:
    """Where its organisation is paid: the main account, else the first."""
    return accounts_of(grant.organisation).first()


def head_on(grant: Grant) -> Head | None:
    """Whoever heads its organisation by the latest term."""
    return heads_of(grant.organisation).first()


def typed_before(grant: Grant, *, operator: str) -> dict[str, str]:
    """What the places that somebody types begin with: as it was last, else as the site guesses.

    Cases are guessed and may be wrong: they are always shown to be mended.
    """
    last = agreement_of(grant)
    if last is not None and last.fields:
        return dict(last.fields)
    head = head_on(grant)
    name, post = (head.name, head.post) if head is not None else ("", "")
    signer = " ".join(filter(None, [post_genitive(post), name_genitive(name)]))
    place = grant.organisation.municipality
    return {
        "city": place.name if place is not None else "",
        "operator": operator,
        "head_signer": signer,
        "head_basis": "устава",
        "head_short": initials(name),
    }


def seen_of(grant: Grant, *, today: date) -> dict[str, Seen]:
    """What the site sees of conditions that it can look at, by the codes of the rules."""
    return {
        "account": _account(grant),
        "charter": _head(grant, today),
        "plan": _budget(grant),
    }


def _account(grant: Grant) -> Seen:
    account = account_of(grant)
    if account is None:
        return Seen("account_none", BAD)
    fault = fault_of_bik(account.bik) or fault_of_account(account.number, account.bik)
    return Seen("account_fault", BAD) if fault else Seen("account_keyed", OK)


def _head(grant: Grant, today: date) -> Seen:
    head = head_on(grant)
    if head is None:
        return Seen("head_none", UNKNOWN)
    if head.until is None:
        return Seen("head_open", OK)
    return Seen(
        "head_over" if head.until < today else "head_until",
        BAD if head.until < today else OK,
        head.until,
    )


def _budget(grant: Grant) -> Seen:
    if grant.award is None or not is_due(grant.award):
        return Seen("budget_whole", OK)
    is_there = accepted_budget_of(grant.award) is not None
    return Seen("budget_cut", OK) if is_there else Seen("budget_none", BAD)


def bytes_of(file: StoredFile) -> bytes:
    """What a kept file holds. Raises StoreUnavailable."""
    return b"".join(the_store().pieces(file.place, start=0, length=file.size))
