"""A commission, who sits in it, and what each of them must not see."""

from functools import partial

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergia.applications.models import Submission
from sinergia.calls.models import Contest
from sinergia.organisations.models import Organisation
from sinergia.people.models import Invitation, Person
from sinergia.people.queries.invitations import invitation_of_link, invitations_to
from sinergia.review.access import is_of, is_of_team
from sinergia.review.models import (
    Commission,
    Examination,
    Expert,
    Item,
    Member,
    Publication,
    Recusal,
)

KIND = ROLE = "commission"  # of invitations
PRESIDING = (Member.Role.CHAIR, Member.Role.DEPUTY)
invitation_by = partial(invitation_of_link, kinds=(KIND,))


def commission_of(contest: Contest) -> Commission | None:
    """Who decides about a contest; none before its order."""
    return Commission.objects.filter(contest=contest).select_related("scan").first()


def members_of(commission: Commission) -> QuerySet[Member]:
    """Its members now, in the order of the paper."""
    rows = Member.objects.filter(commission=commission, until=None)
    return rows.select_related("person", "commission__contest").order_by("rank", "pk")


def former_of(commission: Commission) -> QuerySet[Member]:
    """Who was a member and is no more, the latest first."""
    return Member.objects.filter(commission=commission).exclude(until=None).order_by("-until")


def seats_of(person: Person) -> QuerySet[Member]:
    """What a person is a member of now."""
    rows = Member.objects.filter(person=person, until=None, person__is_active=True)
    beside = ("call__fund", "centre__organisation")
    return rows.select_related(*(f"commission__contest__{one}" for one in beside)).order_by("-pk")


def seats_in(person: Person, contest: Contest) -> QuerySet[Member]:
    """Every row of a person in the commission of a contest, former ones too."""
    rows = Member.objects.filter(person=person, commission__contest=contest)
    return rows.select_related("commission__contest").order_by("pk")


def is_published(contest: Contest) -> bool:
    """Whether everybody knows what was decided: from then on nothing of it is hidden."""
    return _published(contest).exists()


def bound_to(member: Member) -> QuerySet[Examination]:
    """Applications of organisations that a member is of, whether anybody has noted it or not."""
    rows = Examination.objects.filter(contest=member.commission.contest_id)
    if member.person is None:
        return rows.none()
    theirs = Organisation.objects.filter(is_of(member.person))
    return rows.filter(submission__organisation__in=theirs.values("pk"))


def hidden_from(member: Member) -> set[int]:
    """Applications (primary keys of examinations) of which a member sees nothing.

    Those from whose items they are recused, and those of their organisations; nothing once the
    result is published. Whoever shows a ranking to a member leaves these rows out.
    """
    if is_published(member.commission.contest):
        return set()
    recused = Recusal.objects.filter(member=member, item__examination__isnull=False)
    told = recused.values_list("item__examination", flat=True)
    found = bound_to(member).values_list("pk", flat=True)
    return {one for one in (*told, *found) if one is not None}


def has_something_hidden(person: Person) -> Q:
    """Contests of which something may be hidden from a person: a part of a query of contests.

    They were or are in its commission, or an organisation of theirs has applied.
    """
    seats = Member.objects.filter(person=person, commission__contest=OuterRef("pk"))
    theirs = Organisation.objects.filter(is_of_team(person)).values("pk")
    applied = Submission.objects.filter(contest=OuterRef("pk"), organisation__in=theirs)
    return Q(Exists(seats)) | Q(Exists(applied))


def hidden_submissions(person: Person, contest: Contest) -> QuerySet[Submission]:
    """Of what was handed in, that of which a person sees nothing in the review of a contest.

    What they are recused from by anything that they were or are in its commission, and that of
    the organisations of theirs: of the centre where they work only with a seat.
    """
    seats = Member.objects.filter(person=person, commission__contest=contest)
    recused = Recusal.objects.filter(member__in=seats, item__examination__isnull=False)
    teams = Organisation.objects.filter(is_of_team(person)).values("pk")
    seated = Organisation.objects.filter(is_of(person)).values("pk")
    bound = Q(organisation__in=teams) | Q(Exists(seats), organisation__in=seated)
    rows = Submission.objects.filter(~Exists(_published(contest)), contest=contest)
    return rows.filter(Q(pk__in=recused.values("item__examination__submission")) | bound)


def hidden_examinations(person: Person, contest: Contest) -> QuerySet[Examination]:
    """The same of what is under review."""
    hidden = hidden_submissions(person, contest).order_by().values("pk")
    return Examination.objects.filter(contest=contest, submission__in=hidden)


def hidden_items(person: Person, contest: Contest) -> QuerySet[Item]:
    """Items that a person does not see, in whichever part they look: they are recused."""
    rows = Item.objects.filter(~Exists(_published(contest)), sitting__commission__contest=contest)
    recused = Recusal.objects.filter(
        member__person=person, member__commission__contest=contest
    ).values("item")
    hidden = hidden_examinations(person, contest).values("pk")
    return rows.filter(Q(pk__in=recused) | Q(examination__in=hidden))


def is_expert_of(contest: Contest, person: Person) -> bool:
    """Whether a person was invited to score in a contest and has not declined."""
    rows = Expert.objects.filter(contest=contest, person=person)
    return rows.exclude(stage=Expert.Stage.DECLINED).exists()


def expert_names(contest: Contest) -> list[str]:
    """Names of those who score in a contest, or were asked to."""
    rows = Expert.objects.filter(contest=contest).exclude(stage=Expert.Stage.DECLINED)
    return list(rows.values_list("name", flat=True))


def member_addresses(contest: Contest) -> set[str]:
    """Every address of the accounts by which members of the commission of a contest vote."""
    seats = Member.objects.filter(commission__contest=contest, until=None, person__isnull=False)
    rows = EmailAddress.objects.filter(user__in=seats.values("person"))
    return {one.casefold() for one in rows.values_list("email", flat=True)}


def member_names(contest: Contest) -> list[str]:
    """Names of those who sit in the commission of a contest."""
    seats = Member.objects.filter(commission__contest=contest, until=None)
    return list(seats.values_list("name", flat=True))


def member_of(invitation: Invitation) -> Member | None:
    """Whom an invitation is meant for; none where they are no member any more."""
    rows = Member.objects.filter(key=invitation.scope, until=None)
    beside = ("call__fund", "centre__organisation")
    return rows.select_related("person", *(f"commission__contest__{one}" for one in beside)).first()


def links_to(member: Member) -> QuerySet[Invitation]:
    """Invitations of a member that wait."""
    return invitations_to(KIND, member.key).filter(taken_at=None, withdrawn_at=None)


def _published(contest: Contest) -> QuerySet[Publication]:
    return Publication.objects.filter(contest=contest, stage=Publication.Stage.PUBLISHED)
