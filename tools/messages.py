"""Keep the Russian catalogue in step with the messages of the code. Needs no gettext.

python tools/messages.py                    write new messages into the catalogue
python tools/messages.py --merge A.po B.po  also take translations from these files
python tools/messages.py --check            change nothing; fail where anything is amiss
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import django
import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "sinergia"
CATALOGUE = PACKAGE / "locale" / "ru" / "LC_MESSAGES" / "django.po"
DJANGO_CATALOGUE = Path(django.__file__).parent / "conf/locale/ru/LC_MESSAGES/django.po"
HEADER = {"Language": "ru", "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8"}
TEMPLATES = (".html", ".txt")
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[sd]|\{(\w+)\}")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass
class Message:
    """What stands in the code: one message, its plural if it counts, and the files it is in."""

    text: str
    plural: str = ""
    context: str | None = None
    files: set[str] = field(default_factory=set)

    @property
    def identity(self) -> tuple[str | None, str]:
        """What tells messages apart in a catalogue."""
        return self.context, self.text


def messages_of(package: Path = PACKAGE) -> dict[tuple[str | None, str], Message]:
    """Gather every message of the package's Python and templates."""
    found: dict[tuple[str | None, str], Message] = {}
    for path in sorted(package.rglob("*")):
        for message in messages_in(path):
            known = found.setdefault(message.identity, message)
            known.plural = known.plural or message.plural
            known.files.add(path.relative_to(package).as_posix())
    return found


def messages_in(path: Path) -> Iterator[Message]:
    """Read the messages of one file."""
    if path.suffix == ".py":
        source = path.read_text(encoding="utf-8")
        source += "\n" + "\n".join(inside_strings(source))
    elif path.suffix in TEMPLATES and "templates" in path.parts:
        # Indentation left over from the template means nothing to Python's reader but an error.
        lines = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
        source = "\n".join(line.strip() for line in lines)
    else:
        return
    rows = extract("python", BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"})
    for _line, said, _comments, context in rows:
        text, plural = said[:2] if isinstance(said, tuple) else (said, "")
        if text:
            yield Message(text, plural or "", context)


def inside_strings(source: str) -> Iterator[str]:
    """Give what an f-string computes: Babel's reader takes one for a text, whatever is in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue):
            yield ast.unparse(node.value)


def read_catalogue() -> polib.POFile:
    """Read the catalogue; begin one where there is none."""
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=96)
    return polib.POFile(wrapwidth=96)


def renew(catalogue: polib.POFile, messages: dict[tuple[str | None, str], Message]) -> polib.POFile:
    """Give a catalogue of exactly these messages with the translations that are there."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    made = polib.POFile(wrapwidth=96)
    plural_forms = polib.pofile(str(DJANGO_CATALOGUE)).metadata["Plural-Forms"]
    made.metadata = HEADER | {"Content-Transfer-Encoding": "8bit", "Plural-Forms": plural_forms}
    for message in sorted(messages.values(), key=lambda row: (min(row.files), row.text)):
        entry = polib.POEntry(msgid=message.text, msgctxt=message.context)
        entry.occurrences = [(name, "") for name in sorted(message.files)]
        entry.flags = ["python-format"] if re.search(r"%(\(\w+\))?[sd]", message.text) else []
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = dict.fromkeys(range(4), "")
        if message.identity in known:
            copy_translation(known[message.identity], entry)
        made.append(entry)
    return made


def copy_translation(source: polib.POEntry, target: polib.POEntry) -> None:
    """Carry a translation over; between a counting and a plain message nothing carries."""
    if target.msgid_plural and source.msgstr_plural:
        target.msgstr_plural = target.msgstr_plural | source.msgstr_plural
    elif not target.msgid_plural:
        target.msgstr = source.msgstr
    if source.fuzzy:
        target.flags = [*target.flags, "fuzzy"]


def merge(catalogue: polib.POFile, paths: Sequence[Path]) -> list[str]:
    """Take translations from other files; say what did not fit."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    told: list[str] = []
    taken: dict[polib.POEntry, str] = {}
    for path in paths:
        for entry in polib.pofile(str(path)):
            target = known.get((entry.msgctxt, entry.msgid))
            said = entry.msgstr or str(entry.msgstr_plural)
            if target is None:
                told.append(f"{path.name}: not in the code: {entry.msgid!r}")
                continue
            if taken.setdefault(target, said) != said:
                told.append(f"{path.name}: said otherwise before: {entry.msgid!r}")
            copy_translation(entry, target)
    return told


def faults_of(
    catalogue: polib.POFile, messages: dict[tuple[str | None, str], Message]
) -> list[str]:
    """Name every message that is missing, left over, untranslated, fuzzy or broken."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    faults = [f"missing: {text!r}" for context, text in messages if (context, text) not in known]
    faults += [f"left over: {text!r}" for context, text in known if (context, text) not in messages]
    faults += [f"obsolete: {entry.msgid!r}" for entry in catalogue.obsolete_entries()]
    for entry in known.values():
        faults += faults_of_entry(entry)
    return faults


def faults_of_entry(entry: polib.POEntry) -> Iterator[str]:
    """Look at one translation: whole, sure, and with the values of the message."""
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(said) or (entry.msgid_plural and len(said) != 4):
        yield f"untranslated: {entry.msgid!r}"
    if entry.fuzzy:
        yield f"fuzzy: {entry.msgid!r}"
    may = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
    for text in filter(None, said):
        if placeholders(text) - may or (not entry.msgid_plural and placeholders(text) != may):
            yield f"other values than the message: {text!r}"


def placeholders(text: str) -> set[str]:
    """Give the named and unnamed values that a message holds."""
    return {match[0] for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def main() -> int:
    """Do what the command line says; 1 where something is amiss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--merge", nargs="+", type=Path, default=[])
    asked = parser.parse_args()
    messages, catalogue = messages_of(), read_catalogue()
    told: list[str] = []
    if not asked.check:
        catalogue = renew(catalogue, messages)
        told = merge(catalogue, asked.merge)
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(CATALOGUE))
    faults = faults_of(catalogue, messages)
    for line in [*told, *faults]:
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"{len(messages)} messages, {len(faults)} to mend\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
