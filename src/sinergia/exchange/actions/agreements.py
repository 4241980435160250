"""Partnership agreements: written with their parties, renewed, put away; the word before an end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.files.actions import keep_upload, remove_file
from sinergia.base.files.models import StoredFile, Upload
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.terms import next_end
from sinergia.engine.text import fold
from sinergia.exchange.access import may_keep
from sinergia.exchange.actions.indexing import index_agreement
from sinergia.exchange.models import PartnershipAgreement as Agreement
from sinergia.exchange.models import Party
from sinergia.exchange.queries.agreements import SOON
from sinergia.notices.actions import tell
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.models import Centre, Organisation
from sinergia.organisations.queries.teams import staff_rows
from sinergia.people.actions.accounts import command_person
from sinergia.people.models import Person

Given = Mapping[str, object]
FIELDS = (
    "number",
    "signed_on",
    "subject",
    "forms",
    "ends_on",
    "renewal",
    "programme",
    "is_public",
)
LEAST = 2  # parties


@dataclass(frozen=True)
class PartyGiven:
    """A party as it was typed: of the register, or by its name; by whose hand it signed."""

    organisation: Organisation | None
    name: str
    signer: str
    post: str


@transaction.atomic
def write_agreement(
    centre: Centre,
    given: Given,
    parties: Sequence[PartyGiven],
    *,
    actor: Person,
    now: datetime,
    agreement: Agreement | None = None,
    seen: Given | None = None,
    seen_parties: str = "",
) -> Agreement:
    """Enter an agreement, or write one anew, with its parties in the order of the paper.

    given: FIELDS, and file: an accepted Upload, or None where the file stays. One upload is one
    agreement, however often it is pressed. seen_parties: `digest_of` those that were shown.
    Raises Refused with every gap at once.
    """
    row, there = _row(centre, agreement, actor, now), _agreement_of(given.get("file"))
    if there is not None and agreement is None and there.centre_id == centre.pk:
        return there
    given = touched(row, given, seen)
    gaps = list(_gaps(row, given, parties, there))
    if agreement is not None and seen_parties and seen_parties != digest_of(parties_of(row)):
        gaps.append(Gap("agreement.parties_meanwhile"))
    if gaps:
        raise Refused(gaps)
    _put(row, given)
    replaced = row.file
    sent = given.get("file")
    if isinstance(sent, Upload):
        row.file = _kept(sent, actor=actor, now=now)
    row.save()
    _write_parties(row, parties)
    if replaced is not None and replaced != row.file:
        remove_file(replaced, actor=actor, now=now)
    index_agreement(row)
    record("agreement.written", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def renew_agreement(
    agreement: Agreement, ends_on: date, *, actor: Person, now: datetime
) -> Agreement:
    """Have an agreement last longer; pressing twice is harmless.

    Raises Refused for an end that is not later than the one it has, and where it has none.
    """
    row = _locked(agreement, actor)
    if row.ends_on == ends_on:
        return row
    if row.ends_on is None:
        raise Refused([Gap("agreement.no_term", "ends_on")])
    if ends_on < row.ends_on:
        raise Refused([Gap("agreement.not_later", "ends_on")])
    _lengthen(row, ends_on)
    record("agreement.renewed", about=row, actor=actor, at=now, codes={"to": f"{ends_on}"})
    return row


@transaction.atomic
def shelve_agreement(
    agreement: Agreement, *, is_away: bool, actor: Person, now: datetime
) -> Agreement:
    """Put an agreement away, or take it back; twice is harmless."""
    row = _locked(agreement, actor)
    if (row.removed_at is not None) == is_away:
        return row
    row.removed_at = now if is_away else None
    row.save(update_fields=["removed_at"])
    if is_away:
        record("agreement.put_away", about=row, actor=actor, at=now)
    else:
        record("agreement.taken_back", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def warn_of_end(pk: int, *, today: date, now: datetime) -> None:
    """Tell the centre's people that an agreement ends; once for each term."""
    row = Agreement.objects.select_for_update().filter(pk=pk, removed_at=None).first()
    if row is None or row.warned_at or row.ends_on is None:
        return
    if not today <= row.ends_on <= today + SOON:
        return
    row.warned_at = now
    row.save(update_fields=["warned_at"])
    is_silent = row.renewal == Agreement.Renewal.SILENT
    code = "exchange.agreement_goes_on" if is_silent else "exchange.agreement_ends"
    on, number = f"{row.ends_on:%d.%m.%Y}", row.number or "—"
    url = reverse("exchange:agreement", args=[row.key])
    for work in staff_rows(Centre.objects.get(pk=row.centre_id)):
        if work.person.is_active:
            tell(
                work.person,
                code,
                now=now,
                about=row,
                url=url,
                subject=row.subject,
                number=number,
                on=on,
            )


@transaction.atomic
def go_on_silently(pk: int, *, today: date, now: datetime) -> None:
    """Begin the next term of an agreement that goes on by itself, as long as the one before."""
    rows = Agreement.objects.select_for_update()
    row = rows.filter(pk=pk, removed_at=None, renewal=Agreement.Renewal.SILENT).first()
    if row is None or row.ends_on is None or row.ends_on >= today:
        return
    starts, ends = row.term_from or row.signed_on, row.ends_on
    while ends < today:
        starts, ends = ends + timedelta(days=1), next_end(starts, ends)
    row.term_from, row.ends_on, row.warned_at = starts, ends, None
    row.save(update_fields=["term_from", "ends_on", "warned_at"])
    actor = command_person(now)
    record("agreement.went_on", about=row, actor=actor, at=now, codes={"to": f"{ends}"})


def parties_of(agreement: Agreement) -> list[PartyGiven]:
    """The parties as a form gives them."""
    rows = agreement.parties.select_related("organisation").order_by("place", "pk")
    return [PartyGiven(one.organisation, one.name, one.signer, one.post) for one in rows]


def digest_of(parties: Sequence[PartyGiven]) -> str:
    """A word by which one list of parties is told from another."""
    told = [
        (str(one.organisation.key) if one.organisation else "", one.name, one.signer, one.post)
        for one in parties
    ]
    return sha256(repr(told).encode()).hexdigest()[:32]


def _row(centre: Centre, agreement: Agreement | None, actor: Person, now: datetime) -> Agreement:
    if agreement is not None:
        return _locked(agreement, actor)
    if not may_keep(actor, centre):
        raise PermissionDenied
    return Agreement(centre=centre, made_at=now)


def _gaps(
    row: Agreement, given: Given, parties: Sequence[PartyGiven], there: Agreement | None
) -> Iterator[Gap]:
    signed, ends = given["signed_on"], given["ends_on"]
    if isinstance(signed, date) and isinstance(ends, date) and ends < signed:
        yield Gap("agreement.ends_early", "ends_on")
    if given["renewal"] == Agreement.Renewal.SILENT and ends is None:
        yield Gap("agreement.silent_without_end", "ends_on")
    if len(parties) < LEAST:
        yield Gap("agreement.few_parties")
    known = [one.organisation or fold(one.name) for one in parties]
    if len(set(known)) < len(known):
        yield Gap("agreement.party_twice")
    if there is not None and there.pk != row.pk:
        yield Gap("agreement.file_gone", "file")


def _put(row: Agreement, given: Given) -> None:
    """Another end is told of anew; a first term begins on the day of signing, mended or not."""
    if row.ends_on != given["ends_on"]:
        row.warned_at = None
    is_first = row.term_from in (None, row.signed_on)
    for name in FIELDS:
        setattr(row, name, given[name])
    row.term_from = row.signed_on if is_first else row.term_from
    row.subject_folded = fold(row.subject)[:500]


def _lengthen(row: Agreement, ends_on: date) -> None:
    """The new term begins on the day after the old one."""
    if row.ends_on is not None:
        row.term_from = row.ends_on + timedelta(days=1)
    row.ends_on, row.warned_at = ends_on, None
    row.save(update_fields=["term_from", "ends_on", "warned_at"])


def _write_parties(row: Agreement, parties: Sequence[PartyGiven]) -> None:
    if list(parties) == parties_of(row):
        return
    row.parties.all().delete()
    Party.objects.bulk_create(
        Party(
            agreement=row,
            place=place,
            organisation=one.organisation,
            name="" if one.organisation else one.name,
            signer=one.signer,
            post=one.post,
        )
        for place, one in enumerate(parties, start=1)
    )


def _agreement_of(sent: object) -> Agreement | None:
    """Which agreement an upload has become already."""
    if not isinstance(sent, Upload) or sent.file_id is None:
        return None
    return Agreement.objects.filter(file=sent.file_id).first()


def _kept(upload: Upload, *, actor: Person, now: datetime) -> StoredFile:
    return keep_upload(upload, actor=actor, now=now, gone=Gap("agreement.file_gone", "file"))


def _locked(agreement: Agreement, actor: Person) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("centre", "file")
    row = rows.get(pk=agreement.pk)
    if not may_keep(actor, row.centre):
        raise PermissionDenied
    return row
