"""Pictures of a session: private until a second person lets one become public."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.files.actions import confirm_publication, keep_upload, withdraw_publication
from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line
from sinergia.exchange import access
from sinergia.exchange.models import Session, SessionPhoto
from sinergia.exchange.queries.consents import agreed_in, people_in
from sinergia.people.models import Person

MOST = 100  # of one session


@transaction.atomic
def add_photo(
    session: Session, upload: Upload, caption: str, consent: str, *, actor: Person, now: datetime
) -> SessionPhoto:
    """Add a picture; one upload is one picture. consent: who agreed to be shown, in words."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("visit__centre")
    session = rows.get(pk=session.pk)
    if not access.may_add_photo(actor, session.visit):
        raise PermissionDenied
    there = SessionPhoto.objects.filter(file=upload.file_id).first()
    if upload.file_id is not None and there is not None:
        return there
    if session.photos.filter(removed_at=None).count() >= MOST:
        raise Refused([Gap("photo.too_many", "file", {"most": MOST})])
    file = keep_upload(upload, actor=actor, now=now, gone=Gap("photo.gone", "file"))
    made = SessionPhoto.objects.create(
        session=session,
        file=file,
        caption=clean_line(caption)[:200],
        consent=clean_line(consent)[:300],
        by=actor.key,
        at=now,
    )
    record("photo.added", about=made, actor=actor, at=now, codes={"digest": file.digest})
    return made


@transaction.atomic
def show_photo(photo: SessionPhoto, consent: str, *, actor: Person, now: datetime) -> SessionPhoto:
    """Let a picture become public: a second person has looked, and says who agreed to be shown.

    Raises Refused where nobody is said to have agreed, where somebody who can be recognised has
    not, and for whoever added it.
    """
    row = _locked(photo)
    if not access.may_prepare(actor, row.session.visit) or row.removed_at is not None:
        raise PermissionDenied
    gaps = [] if clean_line(consent) else [Gap("photo.no_consent", "consent")]
    if not access.may_show_photo(actor, row):
        gaps.append(Gap("photo.same_person"))
    agreed = agreed_in(row.session.visit)
    if not all(agreed.has("shown", one.pk) for one in people_in(row)):
        gaps.append(Gap("photo.not_agreed"))
    if gaps:
        raise Refused(gaps)
    if not row.file.is_public:
        row.consent = clean_line(consent)[:300]
        row.save(update_fields=["consent"])
        confirm_publication(row.file, actor=actor, now=now)
        record("photo.shown", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def hide_photo(photo: SessionPhoto, *, actor: Person, now: datetime) -> None:
    """Make a picture private again: somebody took their consent back."""
    row = _allowed(photo, actor)
    if row.file.is_public:
        withdraw_publication(row.file, actor=actor, now=now)
        record("photo.hidden", about=row, actor=actor, at=now)


@transaction.atomic
def take_out_photo(photo: SessionPhoto, *, actor: Person, now: datetime) -> None:
    """Take a picture out; it is private from then on, and can be put back."""
    row = _allowed(photo, actor)
    if row.removed_at is None:
        withdraw_publication(row.file, actor=actor, now=now)
        row.removed_at = now
        row.save(update_fields=["removed_at"])
        record("photo.taken_out", about=row, actor=actor, at=now)


@transaction.atomic
def put_back_photo(photo: SessionPhoto, *, actor: Person, now: datetime) -> None:
    """Put a picture back that was taken out, private as it is."""
    row = _allowed(photo, actor)
    if row.removed_at is not None:
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        record("photo.put_back", about=row, actor=actor, at=now)


def _allowed(photo: SessionPhoto, actor: Person) -> SessionPhoto:
    row = _locked(photo)
    if not access.may_take_out_photo(actor, row):
        raise PermissionDenied
    return row


def _locked(photo: SessionPhoto) -> SessionPhoto:
    # With its file: whether that is public is read after waiting, not as it was before.
    rows = SessionPhoto.objects.select_for_update(of=("self", "file"))
    return rows.select_related("file", "session__visit__centre").get(pk=photo.pk)
