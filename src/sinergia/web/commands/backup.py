"""`sinergia backup FILE`: the whole installation in one file, while the site runs."""

from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergia.base.errands.actions import note_backup
from sinergia.base.journal.actions import seal_all
from sinergia.web.commands.dumping import dump
from sinergia.web.commands.keeping import FORMAT, Manifest, pack
from sinergia.web.commands.preparing import has_tables, pending_migrations
from sinergia.web.commands.terminal import Failure, say


def backup(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Keep database, files and key. The file appears whole or not at all."""
    target = file.expanduser().absolute()
    if target.exists():
        raise Failure(_("%s is there already: name another file.") % target)
    if not has_tables():
        raise Failure(_("There is nothing to keep yet."))
    with TemporaryDirectory(prefix=".sinergia-", dir=target.parent) as name:
        folder = Path(name)
        seal_all(now=timezone.now())
        dump(folder / "database")
        pack(folder / "database", manifest_of_now(), folder / "whole")
        (folder / "whole").rename(target)
    size = target.stat().st_size
    if not pending_migrations():  # tables of an older version may have no place for it
        note_backup(size, now=timezone.now())
    say(_("Kept in %(file)s, %(size).1f MB.") % {"file": target, "size": size / 1_000_000})
    if "s3.Bucket" in str(settings.STORAGES["default"]):
        say(_("Files that people sent lie in the bucket of SINERGIA_FILES_URL: keep it, too."))


def manifest_of_now() -> Manifest:
    """Say what is kept: version, database, and the steps it has taken."""
    return Manifest(
        format=FORMAT,
        version=version("sinergia"),
        vendor=connection.vendor,
        made_at=timezone.now().isoformat(),
        migrations=sorted(
            f"{app}.{step}" for app, step in MigrationRecorder(connection).applied_migrations()
        ),
        parts={},
    )


COMMANDS = (backup,)
