"""The archive of a contest is made, and made again where something of it is another."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from sinergia.base.journal.actions import Keyed, record
from sinergia.calls.models import Contest
from sinergia.engine.bundle import pack
from sinergia.review.models import Archive, ExpertSalt
from sinergia.review.queries.archive import experts_without_salt, files_of
from sinergia.review.queries.results import archive_of

SALT_BYTES = 32


def make_archive(contest: Contest, *, actor: Keyed, now: datetime) -> Archive:
    """Make the archive; the one that says the same is returned. Raises Refused."""
    _salt(contest)
    packed = pack(files_of(contest))  # long: outside of what others wait for
    return _keep(contest, packed.content, packed.root, actor=actor, now=now)


@transaction.atomic
def _salt(contest: Contest) -> None:
    """Every expert gets a salt once: archives made later commit to the same."""
    Contest.objects.select_for_update().get(pk=contest.pk)
    ExpertSalt.objects.bulk_create(
        ExpertSalt(expert=one, salt=secrets.token_bytes(SALT_BYTES))
        for one in experts_without_salt(contest)
    )


@transaction.atomic
def _keep(contest: Contest, content: bytes, root: str, *, actor: Keyed, now: datetime) -> Archive:
    Contest.objects.select_for_update().get(pk=contest.pk)
    digest, last = sha256(content).hexdigest(), archive_of(contest)
    if last is not None and last.digest == digest:
        return last
    made = Archive.objects.create(
        contest=contest,
        version=last.version + 1 if last is not None else 1,
        content=content,
        digest=digest,
        root=root,
        made_at=now,
    )
    codes: dict[str, str | int] = {"version": made.version, "root": root}
    record("contest.archived", about=contest.call, actor=actor, at=now, codes=codes)
    return made
