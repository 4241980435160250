"""Giving and withdrawing consents, and publishing what one agrees to."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.people.access import may_administer
from sinergia.people.models import Consent, ConsentText, Person
from sinergia.people.queries.consents import (
    consent_in_force,
    shipped_texts,
    text_in_force,
    versions_of,
)


@transaction.atomic
def give_consent(
    person: Person,
    purpose: str,
    *,
    shows: Sequence[str] = (),
    seen: str | None = None,
    how: str,
    actor: Person,
    now: datetime,
) -> Consent:
    """Agree to the text in force; agreeing to the same once more changes nothing.

    shows: of a publication, what may be shown (codes of Consent.Item). how: on paper it is
    entered by an administrator. A newer text, or another choice, withdraws what was given before.
    seen: the version that was read on the site; raises Refused where another is in force by now.
    """
    if actor.pk != person.pk and not (how == Consent.How.PAPER and may_administer(actor)):
        raise PermissionDenied
    _need_a_choice(purpose, shows)
    Person.objects.select_for_update().get(pk=person.pk)
    text = _kept(text_in_force(purpose, on=timezone.localdate(now)))
    if seen is not None and seen != str(text.version):
        raise Refused([Gap("consent.text_changed")])
    before = consent_in_force(person, purpose)
    if before is not None and before.text_id == text.pk and set(before.items) == set(shows):
        return before
    if before is not None:
        Consent.objects.filter(pk=before.pk).update(withdrawn_at=now)
    given = Consent.objects.create(
        person=person,
        text=text,
        purpose=purpose,
        shows_name=Consent.Item.NAME in shows,
        shows_post=Consent.Item.POST in shows,
        given_at=now,
        how=how,
        entered_by=actor if how == Consent.How.PAPER else None,
    )
    codes: dict[str, str | int] = {"purpose": purpose, "version": text.version, "how": how}
    record("consent.given", about=given, actor=actor, at=now, codes=codes)
    return given


@transaction.atomic
def withdraw_consent(person: Person, purpose: str, *, actor: Person, now: datetime) -> None:
    """Take a consent back; twice is harmless.

    That to an account is withdrawn by erasing it alone: raises Refused.
    """
    if actor.pk != person.pk and not may_administer(actor):
        raise PermissionDenied
    if purpose == ConsentText.Purpose.ACCOUNT:
        raise Refused([Gap("consent.account")])
    given = consent_in_force(person, purpose)
    if given is None:
        return
    given.withdrawn_at = now
    given.save(update_fields=["withdrawn_at"])
    record("consent.withdrawn", about=given, actor=actor, at=now, codes={"purpose": purpose})


@transaction.atomic
def publish_text(
    purpose: str, *, text_ru: str, text_en: str, from_on: date, actor: Person, now: datetime
) -> ConsentText:
    """Give a purpose its next version; what was agreed to stays as it was worded then.

    One that is not in force yet is passed by. Raises Refused for a day in the past.
    """
    if not may_administer(actor):
        raise PermissionDenied
    keep_shipped_texts()
    latest = versions_of(purpose).select_for_update().first()
    if latest is None or from_on < timezone.localdate(now):
        raise Refused([Gap("consent.from_past", "from_on")])
    made = ConsentText.objects.create(
        purpose=purpose,
        version=latest.version + 1,
        text_ru=clean(text_ru).strip(),
        text_en=clean(text_en).strip(),
        from_on=from_on,
    )
    codes: dict[str, str | int] = {"purpose": purpose, "version": made.version}
    record("consent.text_published", about=made, actor=actor, at=now, codes=codes)
    return made


def keep_shipped_texts() -> None:
    """Keep the texts that the program brings; doing it again changes nothing."""
    for text in shipped_texts():
        _kept(text)


def _kept(text: ConsentText) -> ConsentText:
    if text.pk:
        return text
    made, _ = ConsentText.objects.get_or_create(
        purpose=text.purpose,
        version=text.version,
        defaults={"text_ru": text.text_ru, "text_en": text.text_en, "from_on": text.from_on},
    )
    return made


def _need_a_choice(purpose: str, shows: Sequence[str]) -> None:
    """A publication shows something, the others nothing."""
    if (purpose == ConsentText.Purpose.PUBLICATION) != bool(shows):
        raise Refused([Gap("consent.nothing_chosen", "shows")])
