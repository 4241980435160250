"""Rules of a contest on the command line: checked, shown. No installation, no Django.

Exit codes: 0 done or right, 1 the rules are faulty, 2 there is no such file or code.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from sinergia.command import gettext_noop, nearest, say, shown
from sinergia.packs.rules import Fault, Faulty, Rules, read_rules, sentence_of, shipped

DONE, FAULTY, UNUSABLE = 0, 1, 2

Options: TypeAlias = Mapping[str, str]


def run(name: str, words: Sequence[str], options: Options) -> int:
    """Run a command of the family; give its exit code."""
    try:
        if name == "pack check":
            return run_check(words[0], options)
        return run_show(words[0] if words else "", options)
    except OSError as error:
        return _fault(f"{error.filename}: {error.strerror}")
    except UnicodeDecodeError:
        return _fault(say(gettext_noop("%s: it is no text in UTF-8.")) % words[0])


def run_check(path: str, options: Options) -> int:
    """Say that rules are right, or every fault in them with its place."""
    try:
        rules = _read(path)
    except Faulty as faulty:
        _tell_faults(path, faulty.faults, options)
        return FAULTY
    told = {"code": rules.code, "faults": []}
    values = {"code": rules.code, "directions": len(rules.directions)}
    values |= {"criteria": len(rules.scoring.criteria), "categories": len(rules.categories)}
    right = gettext_noop(
        "%(code)s: in order. Directions: %(directions)s, sizes: %(categories)s, "
        "criteria: %(criteria)s."
    )
    _tell(json.dumps(told) if options.get("--format") == "json" else say(right) % values)
    return DONE


def run_show(asked: str, options: Options) -> int:
    """List the rules that come along, or lay out one of them."""
    language = options.get("--lang") or os.environ.get("SINERGIA_LANGUAGE", "ru")
    if not asked:
        for code, rules in shipped().items():
            _tell(f"{code:<20}{rules.name.told(language)}")
        return DONE
    try:
        found = shipped().get(asked) or _read(asked)
    except Faulty as faulty:
        _tell_faults(asked, faulty.faults, options)
        return FAULTY
    except FileNotFoundError:
        told = say(gettext_noop("There are no rules “%s” here.")) % shown(asked)
        return _fault(told + nearest(asked, list(shipped())))
    if options.get("--format") == "json":
        _tell(found.model_dump_json(by_alias=True, indent=2))
        return DONE
    for line in lines_of(found, language):
        _tell(line)
    return DONE


def lines_of(rules: Rules, language: str) -> list[str]:
    """What whoever holds a contest asks of rules: where from, sizes, criteria, weights."""
    source = rules.source
    lines = [f"{rules.code}: {rules.name.told(language)}", rules.summary.told(language), ""]
    act = ", ".join(filter(None, [source.title, source.number]))
    lines.append(say(gettext_noop("Source: %s")) % act)
    lines.append(say(gettext_noop("Compared with it on %s")) % source.read_on.isoformat())
    if source.note is not None:
        lines.append(source.note.told(language))
    lines += ["", say(gettext_noop("Directions: %s")) % len(rules.directions)]
    lines += [f"  {one.code:<12}{one.name.told(language)}" for one in rules.directions]
    lines += ["", say(gettext_noop("Sizes of grants"))]
    lines += [f"  {one.code:<12}{one.name.told(language)}" for one in rules.categories]
    codes = [one.code for one in rules.categories]
    heads = "".join(f"{code:>6}" for code in codes)
    title = say(gettext_noop("Weights of criteria"))
    lines += ["", f"{title:<40}{heads}"]
    for one in rules.scoring.criteria:
        weights = "".join(f"{one.weights[code].normalize():>6f}" for code in codes)
        lines.append(f"  {one.code:<38}{weights}")
    scale = rules.scoring.scale
    values = {
        "least": f"{scale.least:f}",
        "most": f"{scale.most:f}",
        "rating": f"{rules.scoring.most:f}",
    }
    told = gettext_noop("Scores from %(least)s to %(most)s, the greatest rating is %(rating)s")
    lines.append(say(told) % values)
    blind = ", ".join(rules.review.blind) or "–"
    lines.append(say(gettext_noop("Experts for each: %s")) % rules.review.experts)
    lines.append(say(gettext_noop("Hidden from experts: %s")) % blind)
    return lines + list(_further(rules))


def _further(rules: Rules) -> Iterator[str]:
    """When one more expert is called and how that sheet counts; nothing where none ever is."""
    asked = rules.review.further
    if asked.divergence is not None:
        told = gettext_noop("One more expert where ratings are so many points apart: %s")
        yield say(told) % f"{asked.divergence.normalize():f}"
    if asked.near_line is not None:
        told = gettext_noop("One more expert so many points from the line: %s")
        yield say(told) % f"{asked.near_line.normalize():f}"
    if asked.divergence is not None or asked.near_line is not None:
        all_of = gettext_noop("All sheets are averaged")
        closest = gettext_noop("The sheets closest together are averaged, as many as experts")
        yield say(closest if asked.counts == "closest" else all_of)


def _read(path: str) -> Rules:
    return read_rules(Path(path).read_text(encoding="utf-8-sig"))


def _tell_faults(path: str, faults: Sequence[Fault], options: Options) -> None:
    told = [(fault, _sentence(fault)) for fault in faults]
    if options.get("--format") == "json":
        rows = [
            {"place": one.place, "line": one.line, "code": one.code, "text": text}
            for one, text in told
        ]
        _tell(json.dumps({"code": None, "faults": rows}, ensure_ascii=False))
        return
    for fault, text in told:
        where = f"{path}:{fault.line}" if fault.line else path
        _tell(f"{where}: {fault.place + ': ' if fault.place else ''}{text}")


def _sentence(fault: Fault) -> str:
    message, values = sentence_of(fault)
    return say(message) % values


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")


def _fault(line: str) -> int:
    sys.stderr.write(line + "\n")
    return UNUSABLE
