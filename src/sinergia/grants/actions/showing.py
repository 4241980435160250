"""The public page of a project: what is promised, opened to everybody, shown on another site."""

from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.joining import phase_of
from sinergia.engine.refusal import Gap
from sinergia.engine.text import clean
from sinergia.grants.access import may_keep
from sinergia.grants.actions.locking import locked, refuse
from sinergia.grants.models import Grant, ProjectPage
from sinergia.grants.queries.grants import today_of
from sinergia.people.models import Person

LONGEST = 3000  # characters of a promise


@transaction.atomic
def write_page(
    grant: Grant, promise: str, embed: str = "", *, actor: Person, now: datetime
) -> ProjectPage:
    """Write the promise, and which site may show the page in a frame; "" for none.

    Raises Refused where the promise is too long, or the address is none of a site.
    """
    page = _page(grant, actor, now=now)
    promise, host = clean(promise).strip(), origin_of(embed)
    gaps = [Gap("page.too_long", "promise", {"longest": LONGEST})] if len(promise) > LONGEST else []
    refuse(gaps + ([Gap("page.no_site", "embed")] if embed.strip() and not host else []))
    if page.is_open and not promise:
        refuse([Gap("page.no_promise", "promise")])
    if (page.promise, page.embed_host) == (promise, host):
        return page
    page.promise, page.embed_host, page.changed_at = promise, host, now
    page.save(update_fields=["promise", "embed_host", "changed_at"])
    record("page.written", about=page.grant, actor=actor, at=now)
    return page


@transaction.atomic
def turn_page(grant: Grant, *, is_open: bool, actor: Person, now: datetime) -> ProjectPage:
    """Open the page to everybody, or close it: then it is missing for them. Twice is harmless.

    Raises Refused without a promise, and of a grant of which there is nothing to tell.
    """
    page = _page(grant, actor, now=now)
    if page.is_open == is_open:
        return page
    if is_open:
        row = page.grant
        phase = phase_of(row.stage, ends_on=row.ends_on, today=today_of(row, now))
        gaps = [] if page.promise else [Gap("page.no_promise", "promise")]
        gaps += [] if phase is not None else [Gap("page.nothing_to_tell")]
        refuse(gaps + ([] if row.organisation.is_public else [Gap("page.hidden_organisation")]))
    page.is_open, page.changed_at = is_open, now
    page.opened_at = page.opened_at or (now if is_open else None)
    page.save(update_fields=["is_open", "opened_at", "changed_at"])
    if is_open:
        record("page.opened", about=page.grant, actor=actor, at=now)
    else:
        record("page.closed", about=page.grant, actor=actor, at=now)
    return page


def origin_of(address: str) -> str:
    """The origin of a typed address of a site, https://example.org; "" where it is none."""
    try:
        found = urlsplit(address.strip())
        port = f":{found.port}" if found.port else ""
    except ValueError:
        return ""
    host = (found.hostname or "").lower()
    is_host = bool(host) and all(part.replace("-", "").isalnum() for part in host.split("."))
    if found.scheme not in ("https", "http") or not is_host or not host.isascii():
        return ""
    return f"{found.scheme}://{host}{port}"[:200] if not found.username else ""


def _page(grant: Grant, actor: Person, *, now: datetime) -> ProjectPage:
    """The page of a grant under its lock; made where there was none."""
    row = locked(grant)
    if not may_keep(actor, row):
        raise PermissionDenied
    page, _is_new = ProjectPage.objects.get_or_create(grant=row, defaults={"changed_at": now})
    page.grant = row
    return page
