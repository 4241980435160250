"""An archive of a contest verified from itself alone: no installation, no Django.

Exit codes: 0 everything agrees, 1 something was changed or does not agree, 2 no such file.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from sinergia.command import gettext_noop, say
from sinergia.engine.bundle import Report, sentence_of, verify

RIGHT, WRONG, UNUSABLE = 0, 1, 2


def run(_name: str, words: Sequence[str], options: Mapping[str, str]) -> int:
    """Verify an archive; one line for each fault."""
    path = Path(words[0])
    try:
        content = path.read_bytes()
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return UNUSABLE
    report = verify(content, root=options.get("--root", "").strip().lower())
    said = [_said(report, number) for number in range(len(report.faults))]
    if options.get("--format") == "json":
        told = {"root": report.root, "rows": len(report.rows), "sheets": report.sheets}
        sys.stdout.write(json.dumps(told | {"faults": said}, ensure_ascii=False) + "\n")
    else:
        for line in said:
            sys.stderr.write(f"{path.name}: {line}\n")
        if report.is_right:
            right = gettext_noop(
                "Everything agrees. Applications: %(rows)s, sheets: %(sheets)s, root: %(root)s"
            )
            values = {"rows": len(report.rows), "sheets": report.sheets, "root": report.root}
            sys.stdout.write(say(right) % values + "\n")
    return RIGHT if report.is_right else WRONG


def _said(report: Report, number: int) -> str:
    sentence, values = sentence_of(report.faults[number])
    return say(sentence) % values
