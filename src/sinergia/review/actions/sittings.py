"""Sessions of a commission: set, opened, closed with their minutes, after which nothing changes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from sinergia.base.files.actions import remove_file
from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.base.ui.zones import zone_said
from sinergia.calls.models import Contest
from sinergia.engine.minutes import written
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.shown import date_shown
from sinergia.notices.actions import tell
from sinergia.people.models import Person
from sinergia.review.actions.commission import kept_scan
from sinergia.review.actions.locking import minutes_locked
from sinergia.review.actions.stepping_aside import recuse_all_bound
from sinergia.review.models import Commission, Item, Presence, Sitting, Vote
from sinergia.review.queries.commission import members_of
from sinergia.review.queries.decision import OF_LIST, is_set
from sinergia.review.queries.minutes import drafted
from sinergia.review.queries.sittings import attendance_of, counted

Stage, Form = Sitting.Stage, Sitting.Form
EARLY = timedelta(hours=1)  # before its hour a session may be opened: people are there already


@dataclass(frozen=True)
class SittingGiven:
    """A session as it was typed. ends_at: of votes by correspondence."""

    number: str
    form: str
    begins_at: datetime
    ends_at: datetime | None = None
    place: str = ""


@transaction.atomic
def write_sitting(
    commission: Commission,
    given: SittingGiven,
    *,
    actor: Person,
    now: datetime,
    sitting: Sitting | None = None,
) -> Sitting:
    """Set a session, or set it anew: members with accounts are told when and where it will be.

    Its form stands once it is open. Raises Refused for a number that is taken, an end before the
    beginning, a closed session.
    """
    contest = minutes_locked(commission.contest, actor)
    row = held_sitting(sitting) if sitting else Sitting(commission=commission)
    gaps = list(_gaps(row, given))
    if gaps:
        raise Refused(gaps)
    before = _hour_and_place(row)
    row.number, row.form, row.place = given.number, given.form, given.place
    row.begins_at = given.begins_at
    row.ends_at = given.ends_at if given.form == Form.CORRESPONDENCE else None
    row.save()
    record("sitting.written", about=contest.call, actor=actor, at=now, codes=_codes(row))
    is_told = sitting is None or _hour_and_place(row) != before
    if is_told and row.begins_at >= now:  # what is entered from paper has been held
        _tell_members(row, contest, "review.sitting_set", now=now)
    return row


@transaction.atomic
def remove_sitting(sitting: Sitting, *, actor: Person, now: datetime) -> None:
    """Take away a session that was set and not opened, with its agenda. Twice is harmless.

    Members with accounts are told. Raises Refused once it was opened.
    """
    contest = minutes_locked(sitting.commission.contest, actor)
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("commission", "scan")
    row = rows.filter(pk=sitting.pk).first()
    if row is None:
        return
    if row.stage != Stage.PLANNED:
        raise Refused([Gap("sitting.was_opened")])
    codes, scan = _codes(row), row.scan
    if row.begins_at >= now:  # else it has been held, or was entered by mistake
        _tell_members(row, contest, "review.sitting_removed", now=now)
    row.delete()
    if scan is not None:
        remove_file(scan, actor=actor, now=now)
    record("sitting.removed", about=contest.call, actor=actor, at=now, codes=codes)


@transaction.atomic
def open_sitting(sitting: Sitting, *, actor: Person, now: datetime) -> Sitting:
    """Open a session: members with accounts are told, and vote. Twice is harmless.

    Raises Refused without an item, where nobody may vote, and earlier than EARLY before its hour:
    the minutes tell when it began, so the hour is changed first.
    """
    contest = minutes_locked(sitting.commission.contest, actor)
    row = held_sitting(sitting)
    if row.stage == Stage.OPEN:
        return row
    items, members = list(row.items.all()), list(members_of(row.commission))
    gaps = [Gap("sitting.no_items")] if not items else []
    if not any(one.is_voting for one in members):
        gaps.append(Gap("sitting.no_members"))
    if is_early(row, now=now):
        gaps.append(Gap("sitting.too_early"))
    if gaps:
        raise Refused(gaps)
    row.stage = Stage.OPEN
    row.save(update_fields=["stage"])
    recuse_all_bound(row, items, now=now)
    record("sitting.opened", about=contest.call, actor=actor, at=now, codes=_codes(row))
    _tell_members(row, contest, "review.sitting_opened", now=now)
    return row


def is_early(sitting: Sitting, *, now: datetime) -> bool:
    """Whether a session may not be opened yet: EARLY before its hour it may."""
    return now < sitting.begins_at - EARLY


@transaction.atomic
def mark_present(
    sitting: Sitting, members: Collection[int], *, actor: Person, now: datetime
) -> None:
    """Say who is there: members by their primary keys, all others are not.

    Who comes late takes part in what is not decided yet, who leaves in nothing more. Raises
    Refused by correspondence, and for who has voted on what is not decided.
    """
    contest = minutes_locked(sitting.commission.contest, actor)
    row = held_sitting(sitting)
    if row.form == Form.CORRESPONDENCE:
        raise Refused([Gap("presence.by_votes")])
    known = {one.pk for one in members_of(row.commission)}
    wanted = known & set(members)
    before = set(Presence.objects.filter(sitting=row).values_list("member", flat=True))
    if wanted == before:
        return
    gone = before - wanted
    voted = Vote.objects.filter(item__sitting=row, item__decision=Item.Decision.OPEN)
    if voted.filter(member__in=gone).exists():
        raise Refused([Gap("presence.has_voted")])
    Presence.objects.filter(sitting=row, member__in=gone).delete()
    Presence.objects.bulk_create(
        Presence(sitting=row, member_id=pk, at=now, by=actor.key) for pk in sorted(wanted - before)
    )
    codes = _codes(row) | {"present": len(wanted)}
    record("sitting.presence_marked", about=contest.call, actor=actor, at=now, codes=codes)


@transaction.atomic
def add_scan(sitting: Sitting, scan: Upload, *, actor: Person, now: datetime) -> Sitting:
    """Add the scan of what was signed, in place of the one before."""
    contest = minutes_locked(sitting.commission.contest, actor)
    row = held_sitting(sitting)
    before = row.scan
    row.scan = kept_scan(scan, actor=actor, now=now)
    row.save(update_fields=["scan"])
    if before is not None and before != row.scan:
        remove_file(before, actor=actor, now=now)
    record("sitting.scan_added", about=contest.call, actor=actor, at=now, codes=_codes(row))
    return row


@transaction.atomic
def close_sitting(sitting: Sitting, *, actor: Person, now: datetime) -> Sitting:
    """Close a session and freeze its minutes. Twice is harmless.

    What has a quorum is decided before; what has none stays not decided, and so does what would
    change the list of winners once the result is set.
    """
    contest = minutes_locked(sitting.commission.contest, actor)
    row = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if row.stage == Stage.CLOSED:
        return row
    if row.stage != Stage.OPEN:
        raise Refused([Gap("sitting.not_open")])
    items = row.items.filter(decision=Item.Decision.OPEN)
    waiting = list(items.exclude(kind__in=OF_LIST) if is_set(contest) else items)
    is_early = row.form == Form.CORRESPONDENCE and row.ends_at is not None and now <= row.ends_at
    if waiting and is_early:
        raise Refused([Gap("sitting.not_over")])
    room = attendance_of(row)
    if room.has_quorum and any(one.table.has_quorum for one in counted(row, waiting, room)):
        raise Refused([Gap("sitting.open_items")])
    row.stage, row.closed_at = Stage.CLOSED, now
    row.minutes, row.digest = written(drafted(row))
    row.save(update_fields=["stage", "closed_at", "minutes", "digest"])
    codes = _codes(row)
    detail = {"digest": row.digest}
    record("sitting.closed", about=contest.call, actor=actor, at=now, codes=codes, detail=detail)
    return row


def held_sitting(sitting: Sitting) -> Sitting:
    """A session under its lock. Raises Refused once it is closed: its minutes stand."""
    rows = Sitting.objects.select_for_update(of=("self",))
    row = rows.select_related("commission__contest__call", "scan").get(pk=sitting.pk)
    if row.stage == Stage.CLOSED:
        raise Refused([Gap("sitting.closed")])
    return row


def _tell_members(row: Sitting, contest: Contest, code: str, *, now: datetime) -> None:
    """Tell members with accounts of a session, its hour by the contest's clock."""
    is_open = row.stage == Stage.OPEN
    own = (
        reverse("commission:own_sitting", args=[row.key]) if is_open else reverse("commission:own")
    )
    about, zone = row if is_open else contest.call, ZoneInfo(contest.time_zone)
    begins = row.begins_at.astimezone(zone)
    for member in members_of(row.commission):
        if member.person is None or not member.person.is_active:
            continue
        language = member.person.language
        with override(language):
            at = (
                f"{date_shown(begins.date(), language)}, {begins:%H:%M} ({zone_said(zone, begins)})"
            )
        tell(
            member.person, code, now=now, about=about, url=own, number=row.number,
            contest=contest.call.name, at=at, place=row.place,
        )  # fmt: skip


def _hour_and_place(row: Sitting) -> tuple[object, ...]:
    return row.form, row.begins_at, row.ends_at, row.place


def _gaps(row: Sitting, given: SittingGiven) -> Iterator[Gap]:
    others = Sitting.objects.filter(commission=row.commission, number=given.number)
    if others.exclude(pk=row.pk).exists():
        yield Gap("sitting.number_taken", "number")
    if row.stage == Stage.OPEN and given.form != row.form:
        yield Gap("sitting.form_stands", "form")
    is_remote = given.form == Form.CORRESPONDENCE
    if is_remote and given.ends_at is None:
        yield Gap("sitting.no_end", "ends_at")
    if is_remote and given.ends_at is not None and given.ends_at <= given.begins_at:
        yield Gap("sitting.ends_early", "ends_at")


def _codes(row: Sitting) -> dict[str, str | int]:
    return {"sitting": str(row.key), "number": row.number}
