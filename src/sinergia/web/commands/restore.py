"""`sinergia restore FILE`: an installation as it was; never half of it."""

import shutil
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from sinergia.web.commands.dumping import put_back, refuse_company, sqlite_path, waiting_path
from sinergia.web.commands.keeping import Manifest, key_path, unpack
from sinergia.web.commands.preparing import has_tables, prepare
from sinergia.web.commands.terminal import Failure, say


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    *,
    replace: Annotated[bool, typer.Option("--replace")] = False,
) -> None:
    """Check the whole file first, then exchange everything; what is there needs `--replace`."""
    finish()
    if not replace and is_anything_there():
        raise Failure(_("There is an installation here already: --replace puts it away."))
    refuse_company()
    stage = stage_path()
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True, mode=0o700)
    try:
        manifest = unpack(file.expanduser().absolute(), stage)
        refuse_foreign(manifest)
        (stage / "files").mkdir(exist_ok=True)
        put_back(stage / "database")
        # From here on nothing can be refused any more; if we are killed, the next start goes on.
        (stage / "ready").touch()
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    finish()
    prepare()
    say(_("Restored as of %s.") % manifest.made_at)


def is_anything_there() -> bool:
    """Whether restoring would overwrite something."""
    files = Path(settings.MEDIA_ROOT)
    return has_tables() or (files.exists() and any(files.iterdir()))


def refuse_foreign(manifest: Manifest) -> None:
    """Refuse what another database or a newer version made."""
    if manifest.vendor != connection.vendor:
        named = {"theirs": manifest.vendor, "ours": connection.vendor}
        raise Failure(_("The backup is of %(theirs)s, the database here is %(ours)s.") % named)
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    if set(manifest.migrations) - known:
        raise Failure(_("The backup is of Sinergia %s, newer than this one.") % manifest.version)


def finish() -> None:
    """Put what waits into its place; go on where an earlier attempt was cut off."""
    stage = stage_path()
    if not (stage / "ready").exists():
        return
    database = sqlite_path()
    if database is not None:
        if waiting_path(database).exists():
            for suffix in ("-wal", "-shm"):
                database.with_name(database.name + suffix).unlink(missing_ok=True)
        _exchange(waiting_path(database), database)
    _exchange(stage / "secret_key", key_path())
    _exchange(stage / "files", Path(settings.MEDIA_ROOT))
    shutil.rmtree(stage)


def stage_path() -> Path:
    """Where the parts of a restore wait."""
    folder: Path = settings.ENVIRONMENT.data_dir
    return folder / "restoring"


def _exchange(waiting: Path, place: Path) -> None:
    """Move `waiting` to `place`; does nothing where that was done already."""
    if not waiting.exists():
        return
    if place.is_dir():
        shutil.rmtree(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    waiting.replace(place)


COMMANDS = (restore,)
