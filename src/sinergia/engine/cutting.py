"""A budget cut to a smaller sum, line by line: never below nought, never above what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from sinergia.engine.refusal import Gap, Refused


@dataclass(frozen=True)
class Cut:
    """sum_minor: what is left of all lines. cuts: {line: by how much}, those that are cut alone."""

    sum_minor: int
    cuts: Mapping[str, int]


def cut(
    lines: Mapping[str, int], left: Mapping[str, int], *, whole_minor: int | None = None
) -> Cut:
    """Cut lines to what is left of them; a line that `left` does not name stays whole.

    lines: {line: minor units asked}. whole_minor: what the rest has to come to; none: less than
    was asked, and more than nothing. Raises Refused with every line that is wrong.
    """
    gaps = [Gap("cut.unknown_line", name) for name in sorted(left.keys() - lines.keys())]
    for name, minor in left.items():
        if minor < 0:
            gaps.append(Gap("cut.below_zero", name))
        elif minor > lines.get(name, minor):
            gaps.append(Gap("cut.above_line", name))
    if gaps:
        raise Refused(gaps)
    cuts = {name: lines[name] - minor for name, minor in left.items() if minor < lines[name]}
    total = sum(lines.values()) - sum(cuts.values())
    if whole_minor is not None and total != whole_minor:
        raise Refused([Gap("cut.other_sum")])
    if whole_minor is None and not cuts:
        raise Refused([Gap("cut.nothing")])
    if total <= 0:
        raise Refused([Gap("cut.nothing_left")])
    return Cut(total, cuts)
