import re
from importlib import import_module
from typing import Any

import pytest
import typer
from typer.core import TyperArgument, TyperCommand, TyperOption

from sinergia.command import COMMANDS, DIRECT, Command
from sinergia.web.commands.terminal import application
from tests.house.source import PACKAGE

MODULES = sorted({name.split()[0] for name in COMMANDS} - set(DIRECT))


def commands_of(name: str) -> dict[str, TyperCommand]:
    """The commands that typer makes of a module, by their whole names."""
    made: Any = typer.main.get_command(application(name))
    parts: dict[str, TyperCommand] = getattr(made, "commands", {})
    return {f"{name} {word}": part for word, part in parts.items()} or {name: made}


def described(row: Command) -> tuple[list[str], list[tuple[str, bool, bool]]]:
    """What the table says: arguments, and options as (name, takes a value, is required)."""
    options = [(option.name, bool(option.value), option.is_required) for option in row.options]
    return list(row.arguments), sorted(options)


def actual(command: TyperCommand) -> tuple[list[str], list[tuple[str, bool, bool]]]:
    """What the command itself takes."""
    arguments = [part.metavar or "" for part in command.params if isinstance(part, TyperArgument)]
    options = [
        (part.opts[0], not part.is_flag, part.required)
        for part in command.params
        if isinstance(part, TyperOption) and part.name != "help"
    ]
    return arguments, sorted(options)


def test_the_table_names_every_command_and_no_other() -> None:
    folder = PACKAGE / "web" / "commands"
    commands = [path.stem for path in folder.glob("*.py") if "COMMANDS = " in path.read_text()]

    assert sorted(commands) == MODULES


@pytest.mark.parametrize("name", MODULES)
def test_the_help_says_what_the_command_takes(name: str) -> None:
    import_module(f"sinergia.web.commands.{name}")
    table = {key: described(row) for key, row in COMMANDS.items() if key.split()[0] == name}

    assert {key: actual(command) for key, command in commands_of(name).items()} == table


def test_every_help_fits_a_terminal() -> None:
    lines = [row.words for row in COMMANDS.values()]
    lines += [option.words for row in COMMANDS.values() for option in row.options]

    assert [line for line in lines if len(line) > 76 or re.search(r"[.\n]$", line)] == []
