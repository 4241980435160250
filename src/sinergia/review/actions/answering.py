"""What somebody invited answers: accepts with a profile, declines, leaves later."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.calls.queries.duties import operators_of
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.people.actions import take_invitation
from sinergia.people.models import Invitation, Person
from sinergia.people.queries import holds_address
from sinergia.people.queries.held import addresses_of
from sinergia.review.access import OPEN
from sinergia.review.actions.comparing import compare_one
from sinergia.review.actions.experts import Profile, own_locked, put_on
from sinergia.review.models import Conflict, Examination, Expert, Sheet
from sinergia.review.queries.commission import seats_in
from sinergia.review.queries.decision import is_decided
from sinergia.review.queries.invitations import expert_of, invitation_by, is_good
from sinergia.review.queries.operators import operators_seeing
from sinergia.review.queries.own_organisations import own_submissions

Stage = Expert.Stage
LONGEST_REASON = 2_000  # characters


@transaction.atomic
def accept_invitation(
    key: UUID, token: str, profile: Profile, *, actor: Person, now: datetime
) -> Expert:
    """Become an expert by a link; the same person twice is harmless.

    Applications of one's own organisations are barred at once. Raises Refused for a link that is
    over, another's or made by oneself, for who stands on the list under another row, and for who
    sits in the commission: nobody decides about what they have scored.
    """
    asked, row = _asked(key, token)
    if asked.taken_by_id == actor.pk and row.person_id == actor.pk:
        return row
    _refuse(asked, row, actor, now=now)
    take_invitation(key, token, kind=asked.kind, actor=actor, now=now)
    put_on(row, profile)
    row.person, row.stage, row.answered_at, row.reason = actor, Stage.ACCEPTED, now, ""
    row.save()
    bar_own_organisations(row, now=now)
    compare_one(row, now=now)
    record("expert.accepted", about=row, actor=actor, at=now, codes={"expert": row.code})
    tell_operators(row, "review.expert_accepted", now=now)
    return row


@transaction.atomic
def decline_invitation(
    key: UUID, token: str, why: str, *, actor: Person | None, now: datetime
) -> Expert:
    """Say no, with a reason; an account is not asked for. Twice is harmless.

    Raises Refused for a link that is over or another's, and without a reason.
    """
    asked, row = _asked(key, token)
    if row.stage == Stage.DECLINED:
        return row
    if actor is not None and not holds_address(actor, asked):
        raise Refused([Gap("invitation.other_address")])
    if not is_good(asked, row, now=now):
        raise Refused([Gap("invitation.over")])
    row.stage, row.answered_at, row.reason = Stage.DECLINED, now, needed_reason(why)
    row.save(update_fields=["stage", "answered_at", "reason"])
    record("expert.declined", about=row, actor=actor or row, at=now, codes={"expert": row.code})
    tell_operators(row, "review.expert_declined", now=now)
    return row


@transaction.atomic
def leave_contest(expert: Expert, why: str, *, actor: Person, now: datetime) -> Expert:
    """Be an expert no more, with a reason; what is not signed is handed back.

    Signed sheets stay and count. Raises Refused without a reason.
    """
    Contest.objects.select_for_update().get(pk=expert.contest_id)
    row = own_locked(expert, actor)
    told = needed_reason(why)
    sheets = Sheet.objects.select_for_update().filter(expert=row, stage__in=OPEN)
    for sheet in sheets.order_by("pk"):
        sheet.stage, sheet.ended_at, sheet.why = Sheet.Stage.RECUSED, now, told
        sheet.save(update_fields=["stage", "ended_at", "why"])
    row.stage, row.answered_at, row.reason = Stage.LEFT, now, told
    row.save(update_fields=["stage", "answered_at", "reason"])
    record("expert.left", about=row, actor=actor, at=now, codes={"expert": row.code})
    tell_operators(row, "review.expert_left", now=now)
    return row


def bar_own_organisations(row: Expert, *, now: datetime) -> None:
    """Note a conflict with every application of an organisation to which an expert belongs."""
    if row.person is None:
        return
    today = timezone.localdate(now)
    work = row.organisation_id
    for one in own_submissions(row.person, row.contest, work=work, today=today):
        Conflict.objects.get_or_create(
            expert=row,
            submission=one,
            kind=Conflict.Kind.ORGANISATION,
            defaults={
                "source": Conflict.Source.FOUND,
                "stage": Conflict.Stage.STANDS,
                "evidence": one.organisation.name,
                "raised_at": now,
            },
        )


def tell_operators(
    row: Expert, code: str, *, now: datetime, examination: Examination | None = None
) -> None:
    """Tell whoever runs the contest about one of its experts, by the code alone.

    examination: what it is about; who does not see that is not told.
    """
    call, decided = row.contest.call, "yes" if is_decided(row.contest) else ""
    url = reverse("experts:expert", args=[call.key, row.key])
    everybody: list[Person] = list(operators_of(row.contest))
    if examination is not None:
        seeing = operators_seeing(row.contest, [examination.submission_id])
        everybody = [one for one, _seen in seeing]
    for person in everybody:
        tell(
            person,
            code,
            now=now,
            about=row,
            url=url,
            contest=call.name,
            expert=row.code,
            application=examination.code if examination is not None else "",
            decided=decided,
        )


def needed_reason(why: str) -> str:
    """A reason as it is kept. Raises Refused where there is none, or it is too long."""
    told = clean(why).strip()
    if not told:
        raise Refused([Gap("expert.no_reason", "reason")])
    if len(told) > LONGEST_REASON:
        raise Refused([Gap("expert.long_reason", "reason", {"longest": LONGEST_REASON})])
    return told


def _asked(key: UUID, token: str) -> tuple[Invitation, Expert]:
    """An invitation and the row that it is for, under the locks of its contest and its own."""
    asked = invitation_by(key, token)
    found = expert_of(asked) if asked else None
    if asked is None or found is None:
        raise Refused([Gap("invitation.over")])
    contest = Contest.objects.select_for_update().get(pk=found.contest_id)
    rows = Expert.objects.select_for_update(of=("self",))
    beside = ("contest__call", "contest__centre__organisation", "person", "organisation")
    row = rows.select_related(*beside).filter(pk=found.pk, contest=contest).first()
    again = invitation_by(key, token)  # somebody may have taken it while we waited
    if row is None or again is None:
        raise Refused([Gap("invitation.over")])
    return again, row


def _refuse(asked: Invitation, row: Expert, actor: Person, *, now: datetime) -> None:
    """One person is one expert of a contest, and two people stand behind every invitation."""
    if asked.invited_by_id == actor.pk:
        raise Refused([Gap("expert.own_link")])
    if not is_good(asked, row, now=now):
        raise Refused([Gap("invitation.over")])
    if not holds_address(actor, asked):
        raise Refused([Gap("invitation.other_address")])
    others = Expert.objects.filter(contest=row.contest).exclude(pk=row.pk)
    if others.filter(person=actor).exists():
        raise Refused([Gap("expert.account_known")])
    if seats_in(actor, row.contest).filter(until=None).exists():
        raise Refused([Gap("expert.is_member")])
    if others.exclude(stage=Stage.DECLINED).filter(email__in=addresses_of(actor)).exists():
        raise Refused([Gap("expert.two_rows")])
