"""Consents of those who travelled or spoke: given, taken back, each at once for every page."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.files.actions import withdraw_publication
from sinergia.base.journal.actions import Keyed, record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line
from sinergia.exchange import access
from sinergia.exchange.models import (
    Delegate,
    PhotoPerson,
    Quote,
    SessionPhoto,
    Visit,
    VisitConsent,
)
from sinergia.exchange.queries.consents import (
    OWN,
    agreed_in,
    consent_to,
    photos_with,
    wording_of,
)
from sinergia.people.models import Person

Purpose, How = VisitConsent.Purpose, VisitConsent.How


@transaction.atomic
def give_visit_consent(
    delegate: Delegate,
    purpose: str,
    *,
    told: str = "",
    language: str = "ru",
    actor: Person | None,
    now: datetime,
) -> VisitConsent:
    """Agree to be named, shown, or read without a name; twice is harmless.

    actor: none where it comes by the delegate's own link. told: where the coordinator enters what
    somebody without an account said, in whose words and when. Raises Refused without it.
    """
    row = _locked(delegate)
    how = _how(row, row.visit, actor)
    if purpose not in OWN or row.gone_at is not None:
        raise PermissionDenied
    before = VisitConsent.objects.filter(delegate=row, purpose=purpose, withdrawn_at=None).first()
    if before is not None:
        return before
    return _given(how, told, language, actor or row, now, purpose=purpose, delegate=row)


@transaction.atomic
def agree_to_quote(
    quote: Quote,
    *,
    seen: str,
    told: str = "",
    language: str = "ru",
    actor: Person | None,
    now: datetime,
) -> VisitConsent:
    """Agree to be quoted with these words; twice is harmless.

    Whoever has an account says so themselves; for others the coordinator enters who said so.
    seen: digest of the words that were read. Raises Refused where they are others by now.
    """
    rows = Quote.objects.select_for_update(of=("self",)).select_related("visit__centre", "delegate")
    row = rows.get(pk=quote.pk)
    if row.removed_at is not None or (row.delegate is None and actor is None):
        raise PermissionDenied
    if row.delegate is not None and row.delegate.gone_at is not None:
        raise PermissionDenied
    how = _how(row.delegate, row.visit, actor)
    before = consent_to(row)
    if before is not None:
        return before
    if seen != row.digest:
        raise Refused([Gap("quote.meanwhile")])
    by = actor or row.delegate or row.visit
    purpose = Purpose.QUOTED
    return _given(how, told, language, by, now, purpose=purpose, delegate=row.delegate, quote=row)


@transaction.atomic
def take_back_consent(
    delegate: Delegate, purposes: Collection[str], *, actor: Person | None, now: datetime
) -> int:
    """Take consents back, with QUOTED every quote; give how many. Twice is harmless.

    Pictures that show the delegate are private from then on. By themselves, by their link, or by
    the centre, which was told.
    """
    row = _locked(delegate)
    if not _may_take_back(row, row.visit, actor):
        raise PermissionDenied
    return _taken_back(row, purposes, by=actor or row, now=now)


@transaction.atomic
def take_back_quote(quote: Quote, *, actor: Person | None, now: datetime) -> None:
    """Take back what was agreed to of one quote; twice is harmless."""
    rows = Quote.objects.select_for_update(of=("self",)).select_related("visit__centre", "delegate")
    row = rows.get(pk=quote.pk)
    if not _may_take_back(row.delegate, row.visit, actor):
        raise PermissionDenied
    end_quote(row, by=actor or row.delegate or row.visit, now=now)


@transaction.atomic
def name_in_photo(
    photo: SessionPhoto, people: Sequence[Delegate], *, actor: Person, now: datetime
) -> bool:
    """Say who can be recognised in a picture; give whether it is public still.

    It becomes private at once where one of them has not agreed to be shown.
    """
    rows = SessionPhoto.objects.select_for_update(of=("self", "file"))
    row = rows.select_related("file", "session__visit__centre").get(pk=photo.pk)
    visit = row.session.visit
    if not access.may_prepare(actor, visit) or any(one.visit_id != visit.pk for one in people):
        raise PermissionDenied
    wanted = {one.pk for one in people}
    known = set(row.people.values_list("delegate", flat=True))
    if wanted != known:
        row.people.exclude(delegate__in=wanted).delete()
        PhotoPerson.objects.bulk_create(
            PhotoPerson(photo=row, delegate_id=pk) for pk in sorted(wanted - known)
        )
        record("photo.people_named", about=row, actor=actor, at=now, codes={"count": len(wanted)})
    agreed = agreed_in(visit)
    if row.file.is_public and not all(agreed.has(Purpose.SHOWN, pk) for pk in wanted):
        _hide(row, by=actor, now=now)
    return row.file.is_public


def end_all(delegates: Sequence[Delegate], *, by: Keyed, now: datetime) -> None:
    """Take back everything that these agreed to, as the one who is erased does."""
    for one in delegates:
        _taken_back(one, Purpose.values, by=by, now=now)


def end_quote(quote: Quote, *, by: Keyed, now: datetime) -> None:
    """What was agreed to of a quote holds no more."""
    for one in VisitConsent.objects.filter(quote=quote, withdrawn_at=None):
        _end(one, quote.visit, by=by, now=now)


def _taken_back(row: Delegate, purposes: Collection[str], *, by: Keyed, now: datetime) -> int:
    found = VisitConsent.objects.filter(
        delegate=row, purpose__in=purposes, withdrawn_at=None
    ).order_by("pk")
    ended = [_end(one, row.visit, by=by, now=now) for one in found]
    if Purpose.SHOWN in purposes:
        for photo in photos_with([row.pk]).select_for_update(of=("self", "file")):
            _hide(photo, by=by, now=now)
    return len(ended)


def _end(row: VisitConsent, visit: Visit, *, by: Keyed, now: datetime) -> VisitConsent:
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    record("visit.consent_taken_back", about=visit, actor=by, at=now, codes=_codes(row))
    return row


def _hide(photo: SessionPhoto, *, by: Keyed, now: datetime) -> None:
    if photo.file.is_public:
        photo.file = withdraw_publication(photo.file, actor=by, now=now)
        record("photo.hidden", about=photo, actor=by, at=now)


def _given(
    how: str,
    told: str,
    language: str,
    by: Keyed,
    now: datetime,
    *,
    purpose: str,
    delegate: Delegate | None,
    quote: Quote | None = None,
) -> VisitConsent:
    words = clean_line(told)[:300]
    if how == How.TOLD and not words:
        raise Refused([Gap("consent.who_said", "told")])
    made = VisitConsent.objects.create(
        delegate=delegate,
        quote=quote,
        purpose=purpose,
        how=how,
        told=words if how == How.TOLD else "",
        wording=wording_of(purpose, language),
        by=by.key,
        given_at=now,
    )
    visit = quote.visit if quote is not None else delegate.visit if delegate is not None else None
    if visit is None:
        raise TypeError(purpose)
    record("visit.consent_given", about=visit, actor=by, at=now, codes=_codes(made))
    return made


def _how(delegate: Delegate | None, visit: Visit, actor: Person | None) -> str:
    """How whoever acts may say so: themselves, by their link, or for one without an account."""
    if actor is None:
        return How.LINK
    if access.is_own_row(actor, delegate):
        return How.SITE
    has_account = delegate is not None and delegate.person_id is not None
    if has_account or not access.may_prepare(actor, visit):
        raise PermissionDenied
    return How.TOLD


def _may_take_back(delegate: Delegate | None, visit: Visit, actor: Person | None) -> bool:
    if actor is None:
        return delegate is not None
    return access.is_own_row(actor, delegate) or access.may_prepare(actor, visit)


def _locked(delegate: Delegate) -> Delegate:
    rows = Delegate.objects.select_for_update(of=("self",))
    return rows.select_related("visit__centre").get(pk=delegate.pk)


def _codes(row: VisitConsent) -> dict[str, str | int]:
    return {"consent": str(row.key), "purpose": row.purpose, "how": row.how}
