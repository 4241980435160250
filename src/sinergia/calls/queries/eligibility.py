"""Whether an organisation may apply, by what the register knows of it."""

from dataclasses import dataclass, replace

from django.db.models import Count, Exists, Subquery
from django.db.models.functions import Coalesce

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import day_of
from sinergia.engine.identifiers import read_inn, read_ogrn
from sinergia.engine.project import read_document
from sinergia.engine.readiness import Applicant, Facts
from sinergia.engine.readiness.applicant import applicant_gaps, is_too_young
from sinergia.engine.refusal import Gap
from sinergia.organisations.models import Organisation, Standing
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.organisations.queries.inside import heads_of
from sinergia.packs.rules import Rules


@dataclass(frozen=True)
class Eligibility:
    """organisation: none where no public one has the number. gaps: what speaks against it.

    up_to_minor: the largest sum for which it is old enough; none where it is for every sum.
    """

    is_number: bool
    organisation: Organisation | None = None
    gaps: tuple[Gap, ...] = ()
    up_to_minor: int | None = None


def eligibility_of(number: str, contest: Contest, rules: Rules) -> Eligibility:
    """Find an organisation by its OGRN or INN and hold it against the rules."""
    ogrn, inn = read_ogrn(number), read_inn(number)
    valid = [one.value if one is not None and one.is_valid else "" for one in (ogrn, inn)]
    if not any(valid):
        return Eligibility(is_number=False)
    found = organisation_by_number(*valid)
    if found is None or not found.is_public:
        return Eligibility(is_number=True)
    facts = Facts(closes_on=day_of(contest.closes_at, contest))
    nothing = read_document({}, currency=rules.currency)
    known = replace(applicant_of(found, contest), head_until=None)  # not for everybody's eyes
    gaps = applicant_gaps(nothing, rules, facts, known)
    told = rules.applicant
    is_young = is_too_young(known, facts, told.age_months)
    up_to = told.small_up_to_minor if is_young and told.age_months_small is not None else None
    return Eligibility(is_number=True, organisation=found, gaps=tuple(gaps), up_to_minor=up_to)


def applicant_of(organisation: Organisation, contest: Contest) -> Applicant:
    """What the register knows of an applicant, as readiness asks for it; one query."""
    form, region = organisation.legal_form, organisation.region_id
    row = Organisation.objects.filter(pk=organisation.pk)
    standing = Standing.objects.filter(organisation=organisation, until=None)
    late = standing.filter(code=Standing.Code.REPORT_OVERDUE).order_by("since")
    grants_now = standing.filter(code=Standing.Code.GRANT_UNDER_WAY).values("organisation")
    under_way = grants_now.annotate(number=Count("pk"))
    is_in_region, head_until, late_since, grants = row.values_list(
        Exists(contest.centre.regions.filter(region=region)),
        Subquery(heads_of(organisation).values("until")[:1]),
        Subquery(late.values("since")[:1]),
        Coalesce(Subquery(under_way.values("number")), 0),
    ).get()
    return Applicant(
        legal_form=form.code if form is not None else "",
        registered_on=organisation.registered_on,
        status=organisation.status,
        is_in_region=None if region is None else is_in_region,
        head_until=head_until,
        report_late_since=late_since,
        grants=grants,
    )
