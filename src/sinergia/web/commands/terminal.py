"""How a command is run: Django made ready, whatever goes wrong told in one line, exit codes.

A command is a module beside this one, named as on the command line, with `COMMANDS`: its one
function, or one for each second word (`load regions`). The functions are read by typer. Their
help lies in the table of `sinergia.command`; a house test compares the two.
Exit codes: 0 done, 1 failed, 2 bad use or configuration, 130 stopped by Ctrl-C.
"""

import os
import secrets
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import TracebackType

import django
import typer
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, ProgrammingError
from django.utils import translation
from django.utils.translation import gettext as _
from typer.exceptions import TyperException

from sinergia.web.environment import ConfigurationError

FAILED, BAD_USE, INTERRUPTED = 1, 2, 130


class Failure(Exception):  # noqa: N818  # read as what happened: `raise Failure("...")`
    """The command could not do its work. Its text is the one line that the person sees."""


EXPECTED = (
    ConfigurationError,
    Failure,
    TyperException,
    typer.Abort,
    ValidationError,
    OperationalError,
    ProgrammingError,
    OSError,
)


def run(name: str, arguments: Sequence[str]) -> int:
    """Run the command `name`; give its exit code. Expected faults become one line."""
    sys.excepthook = report_breakage
    try:
        make_ready()
        return invoke(name, arguments)
    except BrokenPipeError:
        raise
    except EXPECTED as error:
        return fault(words_of(error), code=code_of(error))
    except DatabaseError as error:
        if type(error) is not DatabaseError:  # a refused row, say, is a mistake of our own
            raise
        return fault(damage_of(error), code=FAILED)


def make_ready() -> None:
    """Set Django up and speak the installation's language."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinergia.web.settings")
    django.setup()
    translation.activate(settings.LANGUAGE_CODE)


def invoke(name: str, arguments: Sequence[str]) -> int:
    """Import the command's module and let typer call its function."""
    command = typer.main.get_command(application(name))
    code = command.main(list(arguments), prog_name=f"sinergia {name}", standalone_mode=False)
    if code == INTERRUPTED:
        return fault(_("Stopped."), code=INTERRUPTED)
    return code if isinstance(code, int) else 0


def application(name: str) -> typer.Typer:
    """Gather the functions of one command."""
    functions: Sequence[Callable[..., None]]
    functions = import_module(f"sinergia.web.commands.{name}").COMMANDS
    gathered = typer.Typer(
        add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
    )
    for function in functions:
        gathered.command()(function)
    return gathered


def say(line: str) -> None:
    """Tell the person at the terminal something."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def fault(line: str, *, code: int) -> int:
    """Tell what went wrong, whatever it was, in one line; give the code to leave with."""
    sys.stderr.write(" ".join(line.split()) + "\n")
    return code


def code_of(error: Exception) -> int:
    """Give the exit code of an expected fault."""
    match error:
        case TyperException():
            return error.exit_code
        case ConfigurationError() | ValidationError():
            return BAD_USE
        case typer.Abort():
            return INTERRUPTED
        case _:
            return FAILED


def words_of(error: Exception) -> str:
    """Give the line that tells an expected fault."""
    match error:
        case TyperException():
            return error.format_message()
        case ValidationError():
            return " ".join(error.messages)
        case typer.Abort():
            return _("Stopped.")
        case DatabaseError():
            return database_fault(error)
        case OSError():
            return file_fault(error)
        case _:
            return str(error)


def database_fault(error: DatabaseError) -> str:
    """Say what is the matter with the database, in words of whoever can mend it."""
    told = str(error).strip().partition("\n")[0]
    if "no such table" in told or "does not exist" in told or "no such column" in told:
        return _("The database is not prepared: run “sinergia init --admin EMAIL” (%s).") % told
    return _("The database does not answer: %s") % told


def damage_of(error: DatabaseError) -> str:
    """Say that SQLite cannot read its file: it is overwritten, or no database at all."""
    return _("The file of the database is damaged (%s): restore a backup.") % error


def file_fault(error: OSError) -> str:
    """Say which file could not be used and why."""
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def report_breakage(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Put a fault of our own into a file with a number; say on the terminal where it lies."""
    if issubclass(kind, KeyboardInterrupt):
        fault(_("Stopped."), code=INTERRUPTED)
        return
    folder = (
        Path(settings.MEDIA_ROOT).parent if settings.configured else Path(tempfile.gettempdir())
    )
    path = folder / f"fault-{secrets.token_hex(4)}.txt"
    path.write_text("".join(traceback.format_exception(kind, error, trace)), encoding="utf-8")
    path.chmod(0o600)
    fault(_("Sinergia made a mistake of its own; what is known about it: %s") % path, code=FAILED)
