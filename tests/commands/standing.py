"""A program that has Django ready and forks for each command that it is sent.

The start of a program is most of what a command in a test costs. What is under test is the same:
a process of its own, its own arguments, folder, output and exit code. Run as
`python -m tests.commands.standing`; a line of JSON in, the exit code out.
"""

import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

COMMANDS = ("backup", "bounced", "check", "feed", "init", "load", "restore")


def stand() -> None:
    """Answer until nobody asks."""
    import_module("sinergia.web.commands.terminal").make_ready()
    import_module("sinergia.web.urls")
    for name in COMMANDS:
        import_module(f"sinergia.web.commands.{name}")
    command = import_module("sinergia.command")
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            become(asked["words"], asked["folder"], Path(asked["out"]), Path(asked["error"]))
            try:
                command.main()
            except SystemExit as ended:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(int(ended.code or 0))
            finally:
                os._exit(1)
        _pid, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def become(words: Sequence[str], folder: str, out: Path, error: Path) -> None:
    """Turn a fork into what the shell would have started."""
    sys.argv = ["sinergia", *words]
    os.chdir(folder)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for number, path in ((1, out), (2, error)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)


if __name__ == "__main__":
    stand()
