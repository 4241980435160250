"""Whether a project may be handed in, on the command line: what the pages of a draft say, too."""

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError

from sinergia.command import gettext_noop, say, shown
from sinergia.command.faults import Unusable
from sinergia.engine.project import parse_path, read_document
from sinergia.engine.readiness import (
    Applicant,
    Facts,
    Readiness,
    readiness_of,
    sentence_for,
)
from sinergia.engine.readiness import shown as values_shown
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import Faulty, Rules, read_rules, shipped

READY, NOT_READY = 0, 1
NOW = 3  # that matter first
_ROW = re.compile("/[^/]*/")
LARGEST_FILE = 20_000_000  # bytes


class ProjectFile(BaseModel):
    """A project in a file. values: path -> text. files: how many are attached, by field."""

    model_config = ConfigDict(extra="forbid")

    values: dict[str, str]
    files: dict[str, int] | None = None
    applicant: Applicant | None = None
    closes_at: AwareDatetime | None = None
    schema_name: Annotated[str, StringConstraints(pattern="^project/1$")]

    @classmethod
    def read(cls, path: str) -> "ProjectFile":
        """Read a file. Raises Unusable, OSError."""
        content = Path(path).read_bytes()
        if len(content) > LARGEST_FILE:
            raise Unusable(say(gettext_noop("%s: it is too large.")) % path)
        try:
            told = json.loads(content, object_pairs_hook=_once)
            told["schema_name"] = told.pop("schema", "")
            read = cls.model_validate(told)
        except ValidationError as error:
            first = error.errors()[0]
            where = "/".join(map(str, first["loc"])).replace("schema_name", "schema")
            values = {"file": path, "place": shown(where), "reason": first["msg"]}
            told_so = gettext_noop("%(file)s: “%(place)s” cannot be read: %(reason)s.")
            raise Unusable(say(told_so) % values) from error
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise Unusable(say(gettext_noop("%s: it is no JSON of a project.")) % path) from error
        for place in read.values:
            if parse_path(place) is None:
                raise Unusable(_unknown(path, place))
        return read


def run_check(words: Sequence[str], options: Mapping[str, str]) -> int:
    """Say what hinders a submission and what is advised; the most pressing first."""
    rules = _rules(options["--pack"])
    project = ProjectFile.read(words[0])
    document = read_document(project.values, currency=rules.currency)
    closes_at = project.closes_at
    facts = Facts(
        now=datetime.now(UTC) if closes_at is not None else None,
        closes_at=closes_at,
        closes_on=closes_at.date() if closes_at is not None else rules.timetable.intake_to,
        project_from=rules.timetable.project_from,
        project_to=rules.timetable.project_to,
        applicant=project.applicant,
        files=project.files,
    )
    found = readiness_of(document, rules, facts)
    language = os.environ.get("SINERGIA_LANGUAGE", "ru")
    lay_out = _as_json if options.get("--format") == "json" else _as_text
    lines = lay_out(found, rules, language)
    sys.stdout.write("\n".join(lines) + "\n")
    return READY if found.is_ready else NOT_READY


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of a file; Unusable where it says one thing twice."""
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unusable(say(gettext_noop("“%s” stands in the file twice.")) % shown(twice))
    return told


def _unknown(file: str, place: str) -> str:
    told = gettext_noop("%(file)s: a project has no “%(place)s”.")
    if parse_path(_ROW.sub("/aaaaaa/", place)) is not None:
        told = gettext_noop(
            "%(file)s: “%(place)s”: the id of a row is 6 to 32 signs of 0–9 and a–f."
        )
    return say(told) % {"file": file, "place": shown(place)}


def _as_text(found: Readiness, rules: Rules, language: str) -> list[str]:
    parts = [
        (gettext_noop("Matters now: %s"), found.blocking[:NOW]),
        (gettext_noop("Hinders, too: %s"), found.blocking[NOW:]),
        (gettext_noop("Advice, not a demand of the rules: %s"), found.advice),
    ]
    lines = [say(gettext_noop("Ready to be handed in."))] if found.is_ready else []
    for head, gaps in parts:
        if gaps:
            lines += ["", say(head) % len(gaps)]
            lines += [_line(gap, rules, language) for gap in gaps]
    return lines[1:] if not lines[0] else lines


def _as_json(found: Readiness, rules: Rules, language: str) -> list[str]:
    def told(gap: Gap) -> dict[str, object]:
        text = _sentence(gap, rules, language)
        return {"code": gap.code, "path": gap.path, "values": dict(gap.values), "text": text}

    content = {
        "ready": found.is_ready,
        "blocking": [told(gap) for gap in found.blocking],
        "advice": [told(gap) for gap in found.advice],
    }
    return [json.dumps(content, ensure_ascii=False)]


def _line(gap: Gap, rules: Rules, language: str) -> str:
    return f"  {gap.path or '–'}: {_sentence(gap, rules, language)}"


def _sentence(gap: Gap, rules: Rules, language: str) -> str:
    values = values_shown(gap.values, currency=rules.currency, language=language)
    return say(sentence_for(gap, rules, language)) % values


def _rules(asked: str) -> Rules:
    try:
        return shipped().get(asked) or read_rules(Path(asked).read_text(encoding="utf-8-sig"))
    except Faulty as faulty:
        values = {"file": asked, "count": len(faulty.faults)}
        told = gettext_noop("%(file)s: faults in the rules: %(count)s. See: sinergia pack check")
        raise Unusable(say(told) % values) from faulty
    except UnicodeDecodeError as error:
        raise Unusable(say(gettext_noop("%s: it is no text in UTF-8.")) % asked) from error
