"""The door of the command line: answers help at once, imports only the command that was named."""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from gettext import translation
from importlib import import_module
from importlib.metadata import version
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path

from sinergia.command.table import COMMANDS as COMMANDS
from sinergia.command.table import Command as Command
from sinergia.command.table import Option
from sinergia.command.table import gettext_noop as gettext_noop

BAD_USE = 2
NEAR = ("localhost", "127.", "[::1]", "*")  # names of whatever machine one sits at
MOST_DIGITS = 4_000  # of a number; Python refuses to read one of some more
PIPE_CLOSED = 141  # what a shell gives a program whose reader went away


DIRECT = ("engine", "pack", "verify")  # families that need no installation, and so no Django


def main() -> None:
    """Run what was asked for on the command line and leave with its exit code."""
    try:
        fit_for_any_sign()
        code = answer(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more when it ends; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = PIPE_CLOSED
    except KeyboardInterrupt:
        code = 130
        sys.stderr.write("\n" + say(gettext_noop("Stopped.")) + "\n")
    gc.freeze()  # nobody needs what Python would look through for garbage on its way out
    sys.exit(code)


def fit_for_any_sign() -> None:
    """Let what is written reach a terminal of few letters, or nobody where output is closed."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # until the end
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def answer(given: Sequence[str]) -> int:
    """Answer help and mistakes from the table; hand the rest to the command. Gives an exit code."""
    flags = given[: given.index("--")] if "--" in given else given
    if not given or flags[0] == "help" or set(flags) & {"--help", "-h"}:
        named = [word for word in flags if not word.startswith("-") and word != "help"]
        return show_help(named)
    if given[0] == "--version":
        sys.stdout.write(f"sinergia {version('sinergia')}\n")
        return 0
    name, rest = split_name(given)
    if not name:
        return mistake(unknown_command(given))
    for fault in faults_in(COMMANDS[name], rest):
        return mistake(fault + " " + say(gettext_noop("See: sinergia %s --help")) % name)
    if given[0] in ("demo", "serve"):
        os.environ.setdefault("SINERGIA_SITE_URL", served_at(rest))
    if given[0] == "demo":  # its own folder, so that it never meets real data
        os.environ.setdefault("SINERGIA_DATA_DIR", "~/.local/share/sinergia-demo")
        os.environ.setdefault("SINERGIA_DEMO", "1")
    if given[0] in DIRECT:
        part = import_module(f"sinergia.command.{given[0]}")
        done: int = part.run(name, *given_in(COMMANDS[name], rest))
        return done
    terminal = import_module("sinergia.web.commands.terminal")
    code: int = terminal.run(given[0], given[1:])
    return code


def split_name(given: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Part the command's one or two words from what follows them; no name where none fits."""
    for length in (2, 1):
        name = " ".join(given[:length])
        if name in COMMANDS:
            return name, given[length:]
    return "", given


def served_at(rest: Sequence[str]) -> str:
    """Give the address that letters are to lead to; "" where the site has a name of its own."""
    if not os.environ.get("SINERGIA_ALLOWED_HOSTS", "localhost").startswith(NEAR):
        return ""
    host = value_in(rest, "--host") or "127.0.0.1"
    port = int(value_in(rest, "--port") or 8000)
    is_plain = all(sign.isalnum() or sign in ".-" for sign in host) and host != "0.0.0.0"  # noqa: S104  # compared, not bound
    name = host if is_plain else "127.0.0.1"
    return f"http://{name}:{port}" if port < 65536 else ""


def value_in(rest: Sequence[str], name: str) -> str:
    """What was typed for an option, `--port 80` or `--port=80`; "" where it was not."""
    pairs = [*pairwise(rest), *(word.partition("=")[::2] for word in rest)]
    return next((value for word, value in pairs if word == name), "")


def unknown_command(given: Sequence[str]) -> str:
    """Say that there is no such command, and which one is nearest."""
    kinds = [name.split()[1] for name in COMMANDS if name.split()[0] == given[0] and " " in name]
    if kinds:
        asked = given[1] if len(given) > 1 else ""
        if not asked:
            return say(gettext_noop("Say what: %s.")) % ", ".join(kinds)
        return say(gettext_noop("There is no “%s” here.")) % shown(asked) + nearest(asked, kinds)
    names = list(dict.fromkeys(name.split()[0] for name in COMMANDS))
    told = say(gettext_noop("There is no command “%s”.")) % shown(given[0])
    return told + nearest(given[0], names)


def faults_in(command: Command, rest: Sequence[str]) -> Iterator[str]:
    """Compare what was typed with the table; say each fault in a sentence."""
    options = {option.name: option for option in command.options}
    words, given, waiting = [], set(), iter(rest)
    for word in waiting:
        if word == "--":
            words += list(waiting)
        elif word.startswith("-") and word != "-":
            name, is_joined, value = word.partition("=")
            option = options.get(name)
            if option is None:
                told = say(gettext_noop("There is no option %s.")) % shown(name)
                yield told + nearest(name, list(options))
                return
            given.add(name)
            if option.value and not is_joined:
                value = next(waiting, "")
            yield from fault_of_value(option, value)
        else:
            words.append(word)
    yield from fault_of_number(command, words)
    for option in command.options:
        if option.is_required and option.name not in given:
            yield say(gettext_noop("Give %s.")) % f"{option.name} {option.value}"


def given_in(command: Command, rest: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Part what was typed, free of faults, into words and options; a switch has the value "yes"."""
    takes_value = {option.name for option in command.options if option.value}
    words: list[str] = []
    options: dict[str, str] = {}
    waiting = iter(rest)
    for word in waiting:
        if word == "--":
            words += list(waiting)
        elif word.startswith("-") and word != "-":
            name, is_joined, value = word.partition("=")
            if name in takes_value and not is_joined:
                value = next(waiting)
            options[name] = value if name in takes_value else "yes"
        else:
            words.append(word)
    return words, options


def fault_of_value(option: Option, value: str) -> Iterator[str]:
    """Say that a flag lacks its value, has one it cannot take, or one of the wrong kind."""
    choices = option.value.split("|") if "|" in option.value else []
    if not option.value and value:
        yield say(gettext_noop("%s takes no value.")) % option.name
    elif option.value and not value.strip():
        yield say(gettext_noop("Give %s.")) % f"{option.name} {option.value}"
    elif choices and value not in choices:
        told = say(gettext_noop("%(option)s is one of: %(choices)s."))
        yield told % {"option": option.name, "choices": ", ".join(choices)}
    elif option.value in ("NUMBER", "YEAR") and not (value.isascii() and value.isdecimal()):
        yield say(gettext_noop("%s is a whole number.")) % option.name
    elif option.value in ("NUMBER", "YEAR") and len(value) > MOST_DIGITS:
        yield say(gettext_noop("%s is too large.")) % option.name


def fault_of_number(command: Command, words: Sequence[str]) -> Iterator[str]:
    """Say that a file is missing, or that there is a word too many."""
    missing = [name for name in command.arguments[len(words) :] if not name.startswith("[")]
    if missing:
        yield say(gettext_noop("Give %s.")) % " ".join(missing)
    for extra in words[len(command.arguments) :]:
        yield say(gettext_noop("“%s” is one word too many.")) % shown(extra)


def nearest(word: str, known: Sequence[str]) -> str:
    """Name the known word that was probably meant."""
    near = get_close_matches(word, known, n=1)
    return " " + say(gettext_noop("Did you mean %s?")) % near[0] if near else ""


def shown(word: str) -> str:
    """Make a typed word fit for one line."""
    return "".join(sign if sign.isprintable() else "?" for sign in word)[:60]


def mistake(sentence: str) -> int:
    """Tell a mistake in one line."""
    sys.stderr.write(sentence + "\n")
    return BAD_USE


def show_help(named: Sequence[str]) -> int:
    """Print the help of one command, of one family of them, or of all."""
    name, _ = split_name(named)
    if name:
        sys.stdout.write("\n".join(help_of(name, COMMANDS[name])) + "\n")
        return 0
    family = {key: row for key, row in COMMANDS.items() if named and key.split()[0] == named[0]}
    if named and not family:
        return mistake(unknown_command(named))
    rows = [(key, say(row.words)) for key, row in (family or COMMANDS).items()]
    lines = [say(gettext_noop("Usage: sinergia COMMAND")), "", *columns(rows), ""]
    lines.append(say(gettext_noop("Help on one command: sinergia COMMAND --help")))
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def help_of(name: str, command: Command) -> list[str]:
    """Lay out the help of one command."""
    must = [f"{option.name} {option.value}" for option in command.options if option.is_required]
    may = [option for option in command.options if not option.is_required]
    tail = [say(gettext_noop("[options]"))] if may else []
    usage = " ".join(["sinergia", name, *command.arguments, *must, *tail])
    rows = [
        (f"{option.name} {option.value}".strip(), say(option.words)) for option in command.options
    ]
    rows.append(("--help", say(gettext_noop("This page"))))
    return [
        say(gettext_noop("Usage: %s")) % usage,
        "",
        say(command.words) + ".",
        "",
        *columns(rows),
    ]


def columns(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Set names and explanations in two columns."""
    width = max(len(name) for name, _ in rows) + 2
    return [f"  {name:<{width}}{words}" for name, words in rows]


def say(message: str) -> str:
    """Give a message in the language of SINERGIA_LANGUAGE, Russian where it is not set."""
    language = os.environ.get("SINERGIA_LANGUAGE", "ru")
    folder = Path(__file__).parents[1] / "locale"
    # gettext keeps a catalogue it has read; English has none and falls back to the message.
    return translation("django", folder, [language], fallback=True).gettext(message)
