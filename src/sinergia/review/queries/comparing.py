"""What is known of the experts of a contest and of its applicants, ready to be compared."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from sinergia.applications.models import Submission
from sinergia.calls.models import Contest
from sinergia.engine.interests import Applicant, Named, Reader, Readers, numbers_in
from sinergia.organisations.models import CentreStaff, Head, Identifier, Membership, Organisation
from sinergia.packs.rules import Rules
from sinergia.projects.models import Attachment, DraftField, Project, Revision
from sinergia.review.models import Expert
from sinergia.review.queries.conflicts import experts_there
from sinergia.review.queries.texts import named_in, texts_of

NUMBERED = (Identifier.Scheme.OGRN, Identifier.Scheme.INN)


def compared_experts(contest: Contest) -> list[Expert]:
    """Experts who are compared with the applications."""
    rows = experts_there(contest).order_by("pk")
    return list(rows.select_related("person", "organisation", "lent_by"))


def compared_submissions(contest: Contest) -> QuerySet[Submission]:
    """Applications with which experts are compared: admitted ones, by number."""
    rows = Submission.objects.filter(contest=contest, stage=Submission.Stage.ADMITTED)
    return rows.select_related("organisation", "frozen").order_by("pk")


def readers_of(experts: Sequence[Expert], rules: Rules, *, today: date) -> Readers:
    """Experts as they are compared; six queries."""
    places = _places(experts, today=today)
    pks = {pk for one in places.values() for pk in one}
    organisations = Organisation.objects.in_bulk(pks)
    numbers = _numbers(pks)
    told = []
    for expert in experts:
        theirs = places[expert.pk]
        rows = [organisations[pk] for pk in theirs]
        names = {name for row in rows for name in (row.name, row.short_name) if name}
        of_rows = (numbers[pk] for pk in theirs)
        told.append(
            Reader(
                name=expert.name,
                account=str(expert.person.key) if expert.person else "",
                organisations={str(pk): how for pk, how in theirs.items()},
                names=tuple(sorted(names | ({expert.work} if expert.work else set()))),
                numbers=numbers_in(expert.work).union(*of_rows),
                town=_town(expert.organisation),
            )
        )
    return Readers(told, excluded=rules.review.excluded)


def applicants_of(submissions: Sequence[Submission]) -> list[Applicant]:
    """Applicants as they are compared, with whom their documents name; eight queries."""
    owners = {one.organisation_id for one in submissions}
    people, accounts = _people(owners)
    numbers = _numbers(owners)
    writers = _writers({one.project_id for one in submissions})
    return [
        Applicant(
            organisation=str(one.organisation_id),
            town=_town(one.organisation),
            numbers=numbers[one.organisation_id],
            named=(*people[one.organisation_id], *named_in(texts_of(bytes(one.frozen.content)))),
            writers=frozenset(writers[one.project_id] - accounts[one.organisation_id]),
        )
        for one in submissions
    ]


def _places(experts: Sequence[Expert], *, today: date) -> dict[int, dict[int, str]]:
    """Of each expert the organisations to which they belong, and how."""
    accounts = [one.person_id for one in experts if one.person_id is not None]
    found: dict[int, dict[int, str]] = defaultdict(dict)
    heads = Head.objects.filter(Q(until=None) | Q(until__gte=today), person__in=accounts)
    teams = Membership.objects.filter(person__in=accounts, until=None)
    staff = CentreStaff.objects.filter(person__in=accounts, until=None)
    for how, pairs in (
        ("head", heads.values_list("person", "organisation")),
        ("team", teams.values_list("person", "organisation")),
        ("centre", staff.values_list("person", "centre__organisation")),
    ):
        for person, organisation in pairs:
            found[person].setdefault(organisation, how)
    told: dict[int, dict[int, str]] = {}
    for one in experts:
        own = dict(found.get(one.person_id, {})) if one.person_id is not None else {}
        if one.organisation_id is not None:
            own.setdefault(one.organisation_id, "work")
        if one.lent_by is not None:
            own.setdefault(one.lent_by.organisation_id, "centre")
        told[one.pk] = own
    return told


def _numbers(organisations: set[int]) -> Mapping[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    rows = Identifier.objects.filter(organisation__in=organisations, scheme__in=NUMBERED)
    for organisation, value in rows.values_list("organisation", "value"):
        found[organisation] |= {value}
    return found


def _people(owners: set[int]) -> tuple[Mapping[int, list[Named]], Mapping[int, set[str]]]:
    """Of each organisation its heads and its team by name, and the accounts of its team."""
    named: dict[int, list[Named]] = defaultdict(list)
    accounts: dict[int, set[str]] = defaultdict(set)
    for owner, name in Head.objects.filter(organisation__in=owners).values_list(
        "organisation", "name"
    ):
        named[owner].append(Named("people", name))
    rows = Membership.objects.filter(organisation__in=owners)
    for owner, name, key in rows.values_list("organisation", "person__name", "person__key"):
        named[owner].append(Named("people", name))
        accounts[owner].add(str(key))
    return named, accounts


def _writers(projects: set[int]) -> Mapping[int, set[str]]:
    """Of each project the accounts that wrote in it, named a version or added a file."""
    found: dict[int, set[str]] = defaultdict(set)
    for pairs in (
        Project.objects.filter(pk__in=projects).values_list("pk", "made_by"),
        DraftField.objects.filter(project__in=projects).values_list("project", "by"),
        Revision.objects.filter(project__in=projects).values_list("project", "by"),
        Attachment.objects.filter(project__in=projects).values_list("project", "by"),
    ):
        for project, key in pairs.distinct():
            found[project].add(str(key))
    return found


def _town(organisation: Organisation | None) -> str:
    return str(organisation.municipality_id or "") if organisation is not None else ""
