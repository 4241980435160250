"""Requests for changes: who sees which, what each comes to, what is against it, how large it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.engine.granting.changes import (
    Held,
    Proposed,
    gaps_of_change,
    is_same,
    proposed_plan,
)
from sinergia.engine.granting.periods import Part
from sinergia.engine.granting.plan import GrantPlan
from sinergia.engine.granting.weighing import (
    ArticleEffect,
    Reason,
    ResultEffect,
    article_effects,
    caps_above,
    needs_consent,
    result_effects,
    weigh,
)
from sinergia.engine.project import parse_path, read_document
from sinergia.engine.refusal import Gap
from sinergia.grants.access import may_keep, of_centre, run_at
from sinergia.grants.models import Change, Grant, GrantPaper, Plan, Report
from sinergia.grants.queries.grants import (
    contest_rules,
    grants_in,
    periods_of,
    plans_of,
    thawed_plan,
    today_of,
)
from sinergia.grants.queries.money import money_of
from sinergia.organisations.models import Centre
from sinergia.packs.rules import Rules, shipped
from sinergia.people.models import Person
from sinergia.projects.models import DraftField, Project
from sinergia.projects.queries.writing import NO_CONTEST, Written

Stage, Kind = Change.Stage, Change.Kind
OPEN = (Stage.DRAFT, Stage.SENT, Stage.RETURNED)
WRITTEN = (Stage.DRAFT, Stage.RETURNED)  # in which the organisation writes it
HANDED_IN = (Report.Stage.SUBMITTED, Report.Stage.ACCEPTED)


@dataclass(frozen=True)
class Weighed:
    """A request as it stands. kind: by the bounds, as of now. gaps: what is against it.

    reasons: of each thing that changes, why it is small or large.
    """

    base: GrantPlan
    proposed: Proposed
    gaps: Sequence[Gap]
    reasons: Sequence[Reason]
    articles: Sequence[ArticleEffect]
    groups: Sequence[ArticleEffect]
    results: Sequence[ResultEffect]

    @property
    def kind(self) -> str:
        """Whether a notice is enough."""
        return Kind.CONSENT if needs_consent(self.reasons) else Kind.NOTICE

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for yet."""
        return is_same(self.base, self.proposed.plan)


def changes_of(grant: Grant, person: Person) -> QuerySet[Change]:
    """Requests about a grant, the latest first; one being written, its organisation alone."""
    rows = grant.changes.select_related("base", "made").order_by("-number")
    return rows if may_keep(person, grant) else rows.exclude(_unsent())


def change_keyed(grant: Grant, person: Person, key: UUID) -> Change | None:
    """One of them."""
    return changes_of(grant, person).filter(key=key).first()


def open_change(grant: Grant) -> Change | None:
    """The request that is being written or waits for an answer."""
    return grant.changes.filter(stage__in=OPEN).select_related("base").first()


def changes_seen(centre: Centre) -> QuerySet[Change]:
    """Requests about all grants that a centre sees; none that nobody has sent yet."""
    rows = Change.objects.filter(grant__in=Grant.objects.filter(of_centre(centre)).values("pk"))
    named = ("grant__organisation", "grant__application__fund", "grant__application__call")
    return rows.exclude(_unsent()).select_related(*named)


def changes_to_answer(centre: Centre, person: Person) -> QuerySet[Change]:
    """Requests that wait for somebody who works at a centre, the oldest first."""
    runs = Grant.objects.filter(run_at(person, centre))
    rows = Change.objects.filter(stage=Stage.SENT, grant__in=runs.values("pk"))
    return rows.select_related("grant").order_by("sent_at", "pk")


def own_changes(organisation: int, *stages: str) -> QuerySet[Change]:
    """Requests of an organisation at some stages."""
    rows = Change.objects.filter(grant__organisation=organisation, stage__in=stages)
    return rows.select_related("grant").order_by("pk")


def versions_of(grant: Grant) -> list[tuple[Plan, Change | None]]:
    """Every plan of a grant with the request that made it, the latest first; two queries."""
    made = {one.made_id: one for one in grant.changes.filter(stage=Stage.ACCEPTED)}
    return [(one, made.get(one.pk)) for one in plans_of(grant)]


def plan_numbered(grant: Grant, version: str) -> Plan | None:
    """A plan by its number, as an address names it."""
    return grant.plans.filter(version=int(version)).first() if version.isdecimal() else None


def reports_on(grant: Grant) -> QuerySet[Report]:
    """Reports of a grant, each with the plan that it is written by."""
    return grant.reports.select_related("period", "plan").order_by("pk")


def supplement_of(change: Change) -> GrantPaper | None:
    """The supplementary agreement of a request as it was made last."""
    rows = change.grant.papers.filter(kind=GrantPaper.Kind.SUPPLEMENT, plan=change.made_id)
    found = rows.select_related("made", "signed", "signature").order_by("-pk").first()
    return found if change.made_id is not None else None


def rules_by(grant: Grant) -> Rules:
    """By which rules a plan is written; of a grant elsewhere the plainest, in its currency."""
    rules = contest_rules(grant) or shipped()[NO_CONTEST]
    return rules.model_copy(update={"currency": grant.currency})


def texts_asked(change: Change) -> dict[str, str]:
    """Texts of a request by path, in the order in which they were first written."""
    return dict(change.texts.order_by("pk").values_list("path", "value"))


def proposed_by(change: Change, grant: Grant) -> tuple[GrantPlan, Proposed]:
    """The plan upon which a request is written, and what it comes to. Raises Broken.

    What was accepted is read from the plan that it made: nothing rewrites that.
    """
    base = thawed_plan(change.base, grant)
    if change.made is not None:
        return base, Proposed(thawed_plan(change.made, grant))
    return base, proposed_plan(base, texts_asked(change), currency=grant.currency)


def weighed(change: Change, grant: Grant, now: datetime | None = None) -> Weighed:
    """A request against the rules and what was spent. Raises Broken."""
    base, proposed = proposed_by(change, grant)
    held = held_of(grant, now)
    agreed = agreed_plan(grant, change.base)
    plan, rules = proposed.plan, held.rules
    is_over = change.stage not in OPEN
    return Weighed(
        base=base,
        proposed=proposed,
        gaps=[] if is_over else gaps_of_change(base, proposed, held),
        reasons=weigh(agreed, base, plan, grants_in(rules).changes),
        articles=article_effects(base, plan, held.spent, rules),
        groups=caps_above(base, plan, held.spent, rules),
        results=result_effects(base, plan),
    )


def agreed_plan(grant: Grant, base: Plan) -> GrantPlan:
    """The plan agreed last: by a consent up to `base`, else the first."""
    consents = grant.changes.filter(made=OuterRef("pk"), kind=Kind.CONSENT)
    rows = grant.plans.filter(Q(version=1) | Exists(consents), version__lte=base.version)
    return thawed_plan(rows.order_by("-version")[0], grant)


def held_of(grant: Grant, now: datetime | None = None) -> Held:
    """What no change of a grant may undo. now: another moment than this one."""
    periods = list(periods_of(grant))
    reported = 0
    for one in periods:
        report: Report | None = getattr(one, "report", None)
        if report is None or report.stage not in HANDED_IN:
            break
        reported += 1
    lines = money_of(grant).lines
    return Held(
        sum_minor=grant.sum_minor,
        currency=grant.currency,
        spent={name: one.spent_minor for name, one in lines.items() if one.spent_minor},
        today=today_of(grant, now),
        parts=[
            Part(one.begins_on, one.ends_on, one.report_on, one.tranche_minor) for one in periods
        ],
        reported=reported,
        rules=contest_rules(grant),
    )


def written_change(change: Change, grant: Grant, plan: GrantPlan) -> Written:
    """A request as pages of a project show it. plan: what it comes to."""
    kept = {one.path: one for one in change.texts.order_by("pk")}
    fields = {
        path: DraftField(path=path, value=one.value, version=one.version)
        for path, one in kept.items()
    }
    return _written(grant, fields, plan)


def written_plan(grant: Grant, plan: GrantPlan) -> Written:
    """A plan as pages of a project show it."""
    fields = {
        path: DraftField(path=path, value=text, version=0)
        for path, text in plan.texts.items()
        if parse_path(path) is not None  # what was handed in tells of the applicant, too
    }
    return _written(grant, fields, plan)


def _written(grant: Grant, fields: Mapping[str, DraftField], plan: GrantPlan) -> Written:
    owner = grant.project or Project(title=grant.application.title, organisation=grant.organisation)
    document = read_document(
        {path: field.value for path, field in fields.items()} or dict(plan.texts),
        currency=grant.currency,
    )
    return Written(owner, fields, rules_by(grant), document, is_frozen=True)


def _unsent() -> Q:
    """Requests that nobody but their organisation has seen."""
    return Q(stage=Stage.DRAFT) | Q(stage=Stage.TAKEN_BACK, sent_at=None)
