"""Somebody says that they act for an organisation; somebody who knows decides."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.actions import see_about, see_unless_of, tell
from sinergia.organisations.access import acts_for, may_settle_claim
from sinergia.organisations.actions.register import (
    Newcomer,
    change_organisation,
    register_organisations,
)
from sinergia.organisations.actions.teams import join_team
from sinergia.organisations.models import CentreStaff, Claim, Membership, Organisation
from sinergia.organisations.queries.claims import count_lately, open_claim
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.organisations.queries.roles import administrators, staff_serving
from sinergia.organisations.queries.teams import leaders_of
from sinergia.people.actions import command_person
from sinergia.people.models import Person

MOST_A_DAY = 10  # requests of one person: nobody acts for more, and each takes somebody's time
PATIENCE = timedelta(days=7)  # then the head of the centre is asked

Result = Claim.Result


@transaction.atomic
def raise_claim(
    organisation: Organisation, given: Mapping[str, str], *, actor: Person, now: datetime
) -> Claim:
    """Ask to act for an organisation; a request that waits already is given back as it is.

    given: role, post, ground. Nothing is opened by it, whatever the person knows: who decides is
    told. Raises Refused for who is in the team, and for the eleventh request of a day.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    waiting = open_claim(actor, organisation)
    if waiting is not None:
        return waiting
    roles = [given["role"], Membership.Role.LEADER]
    if acts_for(actor, organisation, *roles):
        raise Refused([Gap("claim_in_team")])
    if count_lately(actor, now=now) >= MOST_A_DAY:
        raise Refused([Gap("claim_too_many", values={"most": MOST_A_DAY})])
    claim = Claim.objects.create(
        organisation=organisation,
        person=actor,
        role=Membership.Role(given["role"]),
        post=given.get("post", ""),
        ground=given.get("ground", ""),
        raised_at=now,
    )
    record("claim.raised", about=claim, actor=actor, at=now, codes={"role": claim.role})
    leaders = list(leaders_of(organisation))
    for person in leaders or _deciding(claim):
        _tell(person, claim, code="register.claim_waits", now=now)
    promise(
        "organisations.escalate_claim",
        now=now,
        after=PATIENCE,
        once=f"claim:{claim.key}",
        key=claim.key,
    )
    return claim


@transaction.atomic
def claim_newcomer(
    newcomer: Newcomer, given: Mapping[str, str], *, actor: Person, now: datetime
) -> Claim:
    """Ask to act for an organisation that is not in the register yet.

    It is entered hidden, until whoever decides says that it exists. A number that is known is no
    news: the request is then about the organisation that has it, whoever entered it.
    """
    known = organisation_by_number(newcomer.ogrn, newcomer.inn)
    if known is None:
        if count_lately(actor, now=now) >= MOST_A_DAY:
            raise Refused([Gap("claim_too_many", values={"most": MOST_A_DAY})])
        known = _entered(newcomer, actor=actor, now=now)
    return raise_claim(known, given, actor=actor, now=now)


def _entered(newcomer: Newcomer, *, actor: Person, now: datetime) -> Organisation:
    """Enter it hidden; where somebody else enters its number at this moment, it is theirs."""
    try:
        with transaction.atomic():
            (made,) = register_organisations([newcomer], now=now, entered_by=actor.key)
    except IntegrityError:
        known = organisation_by_number(newcomer.ogrn, newcomer.inn)
        if known is None:
            raise
        return known
    record("organisation.entered_by_claim", about=made, actor=actor, at=now)
    return made


@transaction.atomic
def confirm_claim(key: UUID, *, actor: Person, now: datetime) -> Claim:
    """Give whoever asked the role they asked for; pressing twice, or two at once, is harmless.

    An organisation that was entered with the request is shown from now on. Raises Refused where
    somebody has answered otherwise meanwhile.
    """
    claim = _locked(key, actor, now=now)
    if claim.settled_at:
        return _as_settled(claim, Result.CONFIRMED)
    organisation = claim.organisation
    _settle(claim, Result.CONFIRMED, actor=actor, now=now)
    if not organisation.is_public and organisation.kind == Organisation.Kind.REGISTERED:
        change_organisation(organisation, {"is_public": True}, actor_key=actor.key, now=now)
    join_team(organisation, claim.person, claim.role, actor=actor, now=now, post=claim.post)
    tell(
        claim.person,
        "register.claim_confirmed",
        now=now,
        about=claim,
        url=reverse("register:inside", args=[organisation.key]),
        organisation=organisation.name,
    )
    return claim


@transaction.atomic
def refuse_claim(key: UUID, reason: str, *, actor: Person, now: datetime) -> Claim:
    """Say no, and why: whoever asked reads it.

    Raises Refused without a reason, and where somebody has answered in other words meanwhile.
    """
    claim = _locked(key, actor, now=now)
    if claim.settled_at:
        if claim.reason != reason:
            raise Refused([Gap("claim_settled")])
        return _as_settled(claim, Result.REFUSED)
    if not reason:
        raise Refused([Gap("claim_reason_missing", "reason")])
    claim.reason = reason
    _settle(claim, Result.REFUSED, actor=actor, now=now)
    tell(
        claim.person,
        "register.claim_refused",
        now=now,
        about=claim,
        url=reverse("register:mine"),
        # Of one that is not shown yet, somebody else may have typed the name.
        organisation=claim.organisation.name if claim.organisation.is_public else "",
    )
    return claim


@transaction.atomic
def withdraw_claim(key: UUID, *, actor: Person, now: datetime) -> Claim:
    """Take one's own request back; pressing twice is harmless."""
    asked = Claim.objects.get(key=key)
    Organisation.objects.select_for_update().get(pk=asked.organisation_id)
    claim = Claim.objects.select_for_update().get(pk=asked.pk)
    if claim.person_id != actor.pk:
        raise PermissionDenied
    if claim.settled_at:
        return _as_settled(claim, Result.WITHDRAWN)
    _settle(claim, Result.WITHDRAWN, actor=actor, now=now)
    return claim


@transaction.atomic
def escalate_claim(key: UUID, *, now: datetime) -> Claim:
    """Ask the head of the centre about a request that nobody answered for seven days; once.

    Where the centre has no head those who may answer are told once more.
    """
    rows = Claim.objects.select_for_update(of=("self",))
    claim = rows.select_related("organisation", "person").get(key=key)
    if claim.settled_at or claim.escalated_at or now < claim.raised_at + PATIENCE:
        return claim
    claim.escalated_at = now
    claim.save(update_fields=["escalated_at"])
    record("claim.escalated", about=claim, actor=command_person(now), at=now)
    heads = staff_serving(claim.organisation, CentreStaff.Role.HEAD).exclude(pk=claim.person_id)
    for person in list(heads) or _deciding(claim):
        _tell(person, claim, code="register.claim_escalated", now=now)
    return claim


def hand_over(waiting: QuerySet[Claim], *, now: datetime) -> None:
    """Requests that another centre answers from now on: it is told, the one before need not look.

    Those that leaders answer stay theirs. Part of a transaction that moved the organisation, or
    gave its region to another centre.
    """
    open_ones = waiting.filter(settled_at=None).select_related("organisation", "person")
    for claim in open_ones.order_by("pk"):
        if leaders_of(claim.organisation).exists():
            continue
        deciding = _deciding(claim)
        told = see_unless_of(claim, deciding, now=now)
        for person in deciding:
            if person.pk not in told:
                _tell(person, claim, code="register.claim_waits", now=now)


def close_claim(claim: Claim, *, actor: Person, now: datetime) -> None:
    """Withdraw a request whose person is forgotten, and empty its texts; part of a transaction."""
    claim.post = claim.ground = claim.reason = ""
    if claim.settled_at is None:
        _settle(claim, Result.WITHDRAWN, actor=actor, now=now)
    claim.save(update_fields=["post", "ground", "reason"])


def _settle(claim: Claim, result: Claim.Result, *, actor: Person, now: datetime) -> None:
    """Answer it; to nobody who was asked it is news any longer."""
    claim.result, claim.settled_at, claim.settled_by = result, now, actor
    claim.save(update_fields=["result", "settled_at", "settled_by", "reason"])
    codes: dict[str, str | int] = {"result": str(result), "person": str(claim.person.key)}
    record("claim.settled", about=claim, actor=actor, at=now, codes=codes)
    see_about(claim, now=now)


def _as_settled(claim: Claim, result: Claim.Result) -> Claim:
    """The same answer twice is one; another one comes too late."""
    if claim.result != result:
        raise Refused([Gap("claim_settled")])
    return claim


def _locked(key: UUID, actor: Person, *, now: datetime) -> Claim:
    asked = Claim.objects.get(key=key)
    Organisation.objects.select_for_update().get(pk=asked.organisation_id)
    rows = Claim.objects.select_for_update(of=("self",))
    claim = rows.select_related("organisation", "person").get(pk=asked.pk)
    if not may_settle_claim(actor, claim, now=now):
        raise PermissionDenied
    return claim


def _deciding(claim: Claim) -> list[Person]:
    """Staff of the centre that serves the region; administrators where there is nobody else."""
    staff = staff_serving(claim.organisation).exclude(pk=claim.person_id)
    return list(staff) or list(administrators().exclude(pk=claim.person_id))


def _tell(person: Person, claim: Claim, *, code: str, now: datetime) -> None:
    tell(
        person,
        code,
        now=now,
        about=claim,
        url=reverse("register:claim", args=[claim.key]),
        organisation=claim.organisation.name,
    )
