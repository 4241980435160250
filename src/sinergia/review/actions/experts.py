"""Experts of a contest: invited by its centre, one or many, written anew, taken off the list."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.actions import InvitationLetter, invite, withdraw_invitation
from sinergia.people.models import Invitation, Person
from sinergia.review.access import may_run
from sinergia.review.actions.comparing import compare_one
from sinergia.review.models import Expert
from sinergia.review.queries.commission import member_addresses
from sinergia.review.queries.invitations import KIND, ROLE, links_to

Stage = Expert.Stage
ANSWERED = (Stage.ACCEPTED, Stage.LEFT, Stage.EXCLUDED)
MOST = 1_000  # of one contest
LetterOf = Callable[[Expert], InvitationLetter]


@dataclass(frozen=True)
class Profile:
    """What is known of an expert. languages, directions: codes; most: applications they read."""

    name: str
    post: str = ""
    work: str = ""
    organisation: Organisation | None = None
    languages: Sequence[str] = ("ru",)
    directions: Sequence[str] = ()
    topics: str = ""
    most: int = 10


@dataclass(frozen=True)
class Given:
    """Whom the centre invites. email: casefolded; "" for a link without a letter."""

    profile: Profile
    email: str = ""
    lent_by: Centre | None = None
    line: int = 0  # of a list; 0 where it is no list


@dataclass(frozen=True)
class Sent:
    """An invitation as it was made; the token is told once."""

    expert: Expert
    invitation: Invitation
    token: str = field(repr=False)


def invite_expert(
    contest: Contest,
    given: Given,
    *,
    ends_at: datetime,
    actor: Person,
    now: datetime,
    letter: LetterOf,
) -> Sent:
    """Put somebody on the list and make their link, with a letter where there is an address.

    Raises Refused for an address that stands on the list already, or is a commission's member's.
    """
    return invite_experts(contest, [given], ends_at=ends_at, actor=actor, now=now, letter=letter)[0]


@transaction.atomic
def invite_experts(
    contest: Contest,
    rows: Sequence[Given],
    *,
    ends_at: datetime,
    actor: Person,
    now: datetime,
    letter: LetterOf,
) -> list[Sent]:
    """The same for a list: all of them or none. Raises Refused with a gap for each bad row."""
    held = locked_contest(contest, actor)
    gaps = list(_gaps(held, rows))
    if gaps:
        raise Refused(gaps)
    sent = []
    for given in rows:
        row = Expert(contest=held, code=_next_code(held), email=given.email, invited_at=now)
        row.lent_by = given.lent_by
        put_on(row, given.profile)
        row.save()
        record("expert.invited", about=row, actor=actor, at=now, codes=_codes(row))
        sent.append(_sent(row, ends_at=ends_at, actor=actor, now=now, letter=letter))
    return sent


@transaction.atomic
def invite_again(
    expert: Expert, *, ends_at: datetime, actor: Person, now: datetime, letter: LetterOf
) -> Sent:
    """Make a new link, also for who declined; those before are worthless from then on.

    Raises Refused for who has accepted, left or been excluded.
    """
    row = _unanswered(expert, actor)
    _end_links(row, actor=actor, now=now)
    row.stage, row.answered_at, row.reason, row.invited_at = Stage.INVITED, None, "", now
    row.save(update_fields=["stage", "answered_at", "reason", "invited_at"])
    record("expert.invited_again", about=row, actor=actor, at=now, codes=_codes(row))
    return _sent(row, ends_at=ends_at, actor=actor, now=now, letter=letter)


@transaction.atomic
def take_off(expert: Expert, *, actor: Person, now: datetime) -> None:
    """Withdraw an invitation and take whoever has not accepted off the list.

    Raises Refused for who has accepted, left or been excluded.
    """
    row = _unanswered(expert, actor)
    _end_links(row, actor=actor, now=now)
    record("expert.taken_off", about=row.contest.call, actor=actor, at=now, codes=_codes(row))
    row.delete()


@transaction.atomic
def change_expert(
    expert: Expert,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    seen: Mapping[str, object] | None = None,
) -> Expert:
    """Write an expert's profile anew, by the centre; the address only until they have answered.

    seen: what stood in each field when it was opened. Raises Refused for an address that stands
    on the list already, and for each field that somebody else wrote meanwhile.
    """
    contest = locked_contest(expert.contest, actor)
    row = Expert.objects.select_for_update(of=("self",)).get(pk=expert.pk)
    given = _meanwhile(row, given, seen)
    if row.stage not in ANSWERED and given.email != row.email:
        gaps = list(_gaps(contest, [given], but=row))
        if gaps:
            raise Refused(gaps)
        _end_links(row, actor=actor, now=now)
        row.email = given.email
    before = _ties_of(row)
    row.lent_by = given.lent_by
    put_on(row, given.profile)
    return _changed(row, before, actor=actor, now=now)


@transaction.atomic
def change_own_profile(
    expert: Expert,
    profile: Profile,
    *,
    actor: Person,
    now: datetime,
    seen: Mapping[str, object] | None = None,
) -> Expert:
    """Write one's own profile anew. seen, Refused: as of `change_expert`."""
    row = own_locked(expert, actor)
    before = _ties_of(row)
    put_on(row, _meanwhile(row, Given(profile), seen).profile)
    return _changed(row, before, actor=actor, now=now)


def put_on(row: Expert, profile: Profile) -> None:
    """Write a profile on a row, which is saved by whoever asks."""
    row.name, row.post, row.work = profile.name, profile.post, profile.work
    row.organisation, row.topics, row.most = profile.organisation, profile.topics, profile.most
    row.languages, row.directions = list(profile.languages), list(profile.directions)


def locked_contest(contest: Contest, actor: Person) -> Contest:
    """A contest under its lock, for who runs it."""
    rows = Contest.objects.select_for_update(of=("self",))
    held = rows.select_related("call", "centre__organisation").get(pk=contest.pk)
    if not may_run(actor, held):
        raise PermissionDenied
    return held


def own_locked(expert: Expert, actor: Person) -> Expert:
    """An expert's own row under its lock, while they are one."""
    rows = Expert.objects.select_for_update(of=("self",))
    row = rows.select_related("contest__call", "contest__centre__organisation").get(pk=expert.pk)
    is_own = row.person_id == actor.pk and actor.is_active
    if not is_own or row.stage != Stage.ACCEPTED:
        raise PermissionDenied
    return row


def _changed(row: Expert, before: object, *, actor: Person, now: datetime) -> Expert:
    """Keep a profile; whoever reads and is tied otherwise now is compared anew."""
    row.save()
    if row.stage == Stage.ACCEPTED and _ties_of(row) != before:
        compare_one(row, now=now)
    record("expert.changed", about=row, actor=actor, at=now, codes=_codes(row))
    return row


def _ties_of(row: Expert) -> tuple[object, ...]:
    """By what conflicts of an expert are found."""
    return row.name, row.work, row.organisation_id, row.lent_by_id


def _meanwhile(row: Expert, given: Given, seen: Mapping[str, object] | None) -> Given:
    """What is to be written: where nobody typed, what stands there now. Raises Refused."""
    lists = {name: list(getattr(given.profile, name)) for name in ("languages", "directions")}
    beside = {"email": given.email, "lent_by": given.lent_by}
    told = touched(row, vars(given.profile) | lists | beside, seen)
    profile = Profile(**{name: told[name] for name in vars(given.profile)})  # type: ignore[arg-type]  # its own fields
    return replace(given, profile=profile, email=str(told["email"]), lent_by=told["lent_by"])  # type: ignore[arg-type]  # the same


def _unanswered(expert: Expert, actor: Person) -> Expert:
    contest = locked_contest(expert.contest, actor)
    row = Expert.objects.select_for_update().get(pk=expert.pk)
    row.contest = contest
    if row.stage in ANSWERED:
        raise Refused([Gap("expert.has_answered")])
    return row


def _gaps(contest: Contest, rows: Sequence[Given], but: Expert | None = None) -> Iterator[Gap]:
    others = Expert.objects.filter(contest=contest)
    others = others.exclude(pk=but.pk) if but is not None else others
    if others.count() + len(rows) > MOST:
        yield Gap("expert.too_many", values={"most": MOST})
    known = _addresses(others.values_list("pk", flat=True))
    deciding = member_addresses(contest)
    for given in rows:
        path = f"line {given.line}" if given.line else "email"
        values: dict[str, str | int] = {"email": given.email, "line": given.line}
        if given.email and given.email in known:
            yield Gap("expert.address_known", path, values)
        if given.email in deciding:
            yield Gap("expert.member_address", path, values)


def _addresses(experts: Collection[int]) -> set[str]:
    """Where their invitations went, and every address of the accounts of those who accepted."""
    rows = Expert.objects.filter(pk__in=experts)
    invited = set(rows.exclude(email="").values_list("email", flat=True))
    accounts = rows.filter(person__isnull=False).values("person")
    theirs = EmailAddress.objects.filter(user__in=accounts).values_list("email", flat=True)
    return invited | {one.casefold() for one in theirs}


def _next_code(contest: Contest) -> str:
    last = Expert.objects.filter(contest=contest).order_by("-pk").first()
    number = int(last.code.rpartition("-")[2]) + 1 if last else 1
    return f"E-{number:02d}"


def _end_links(row: Expert, *, actor: Person, now: datetime) -> None:
    for link in links_to(str(row.key)):
        withdraw_invitation(link, actor=actor, now=now)


def _sent(
    row: Expert, *, ends_at: datetime, actor: Person, now: datetime, letter: LetterOf
) -> Sent:
    told = letter(row) if row.email else None
    made, token = invite(
        KIND, row.key, ROLE, email=row.email, ends_at=ends_at, actor=actor, now=now, letter=told
    )
    return Sent(row, made, token)


def _codes(row: Expert) -> dict[str, str | int]:
    return {"expert": row.code}
