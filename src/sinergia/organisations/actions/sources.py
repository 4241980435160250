"""Where the register's words come from."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.organisations.access import may_load_register
from sinergia.organisations.models import Source, SourceLayout
from sinergia.people.models import Person


@transaction.atomic
def ensure_source(code: str, *, name: str, headings: str, actor: Person, now: datetime) -> Source:
    """Find the source of this code, or note a new one; files with these headings are its.

    headings: digest of a file's labels, by which the source is known the next time.
    """
    if not may_load_register(actor):
        raise PermissionDenied
    source, is_new = Source.objects.get_or_create(code=code, defaults={"name": name[:200]})
    SourceLayout.objects.update_or_create(headings=headings, defaults={"source": source})
    if is_new:
        record("source.noted", about=source, actor=actor, at=now)
    return source
