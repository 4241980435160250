"""The engine alone, on files. Heavy parts are imported by the command that needs them.

Exit codes: 0 done or right, 1 a check says no, 2 the files cannot be used, 3 impossible.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from sinergia.command.faults import Unusable

UNUSABLE = 2
COMMANDS = {  # each the module and the function of one
    "engine assign": ("sinergia.command.assignment", "run_assign"),
    "engine check": ("sinergia.command.readiness", "run_check"),
    "engine check-assignment": ("sinergia.command.assignment", "run_check"),
    "engine rank": ("sinergia.command.ranking", "run_rank"),
}


def run(name: str, words: Sequence[str], options: Mapping[str, str]) -> int:
    """Run a command of the family; give its exit code."""
    module, function = COMMANDS[name]
    try:
        code: int = getattr(import_module(module), function)(words, options)
    except Unusable as fault:
        sys.stderr.write(f"{fault}\n")
        return UNUSABLE
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return UNUSABLE
    return code
