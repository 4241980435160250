"""A change of a grant's plan: what it comes to, and what is against it.

Texts are those of a project at its paths, and of each line what the grant pays of it. Where that is
left empty, the grant pays all that one's own part leaves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sinergia.engine.drafts import ORDER, Fields, Path
from sinergia.engine.granting.periods import Part, after_workdays
from sinergia.engine.granting.plan import WHOLE, GrantPlan
from sinergia.engine.money import read_money
from sinergia.engine.numbers import Unreadable
from sinergia.engine.project import Document, Line, read_document
from sinergia.engine.readiness import Facts, readiness_of
from sinergia.engine.refusal import Gap
from sinergia.engine.shown import amount_of
from sinergia.packs.rules import Rules
from sinergia.packs.rules.fields import ANSWERS, FIELDS, ROWS

GRANTED = "granted"  # a cell of a line: what the grant pays of it
# What may be asked for, by the pages on which it is written: the title, the first day and who
# applies are what the grant was given to.
SECTIONS: Mapping[str, Sequence[str]] = {
    "plan": ("ends_on", "events"),
    "budget": ("lines", "budget_note"),
    "aims": ("goals", "tasks", "results", "qualitative", "information_support"),
    "people": ("head", "team", "partners"),
    "about": ("summary", "geography", "target_groups"),
}
CHANGEABLE = frozenset(name for names in SECTIONS.values() for name in names)
PLAN = Fields(FIELDS, {**ROWS, "lines": {**ROWS["lines"], GRANTED: "money"}}, ANSWERS)


@dataclass(frozen=True)
class Proposed:
    """The plan as it would be. faults: cells that cannot be read."""

    plan: GrantPlan
    faults: Sequence[Gap] = ()


@dataclass(frozen=True)
class Held:
    """What a change may not undo.

    sum_minor: the grant's. spent: {line: minor units that were paid for it and not refused}.
    today: nothing ends before it. parts: periods in order. reported: how many of the first of them
    have a report that was handed in. rules: none of a contest that is not known here.
    """

    sum_minor: int
    currency: str
    spent: Mapping[str, int]
    today: date
    parts: Sequence[Part] = ()
    reported: int = 0
    rules: Rules | None = None


def changeable(path: str) -> Path | None:
    """A path of a text that may be asked to change; none for any other."""
    found = PLAN.parse(path)
    return found if found is not None and found.field in CHANGEABLE else None


def texts_to_change(plan: GrantPlan, currency: str) -> dict[str, str]:
    """With what a request begins: texts of the plan; a line's part where it was cut."""
    texts = {path: text for path, text in plan.texts.items() if text and changeable(path)}
    for one in plan.document.lines:
        paid = plan.grant.get(one.id)
        if paid is not None and paid != one.asked_minor:
            texts[f"lines/{one.id}/{GRANTED}"] = f"{amount_of(paid, currency):f}"
    return texts


def proposed_plan(base: GrantPlan, texts: Mapping[str, str], *, currency: str) -> Proposed:
    """The plan that a request comes to. texts: all that may be changed, as they would be."""
    stays = {path: text for path, text in base.texts.items() if text and not changeable(path)}
    given = {path: text for path, text in texts.items() if text.strip() and changeable(path)}
    parts = {path: text for path, text in given.items() if path.endswith(f"/{GRANTED}")}
    kept = stays | {path: text for path, text in given.items() if path not in parts}
    document = read_document(kept, currency=currency)
    grant, faults = _granted(base, document, parts, kept, currency)
    before = {gap.path for gap in base.document.faults}  # told now, it would bar every change
    told = [
        gap
        for gap in document.faults
        if gap.path not in before or kept.get(gap.path) != base.texts.get(gap.path)
    ]
    return Proposed(GrantPlan(kept, grant, document), [*told, *faults])


def settled_texts(plan: GrantPlan) -> dict[str, str]:
    """Its texts with the place of every row written down: kept bytes know no order of their own."""
    texts = {path: text for path, text in plan.texts.items() if not path.endswith(f"/{ORDER}")}
    for name, rows in plan.document.rows.items():
        places = {f"{name}/{row.id}/{ORDER}": str(at) for at, row in enumerate(rows, start=1)}
        texts |= places
    return texts


def is_same(base: GrantPlan, proposed: GrantPlan) -> bool:
    """Whether nothing differs: neither a text, nor a sum, nor the order of rows."""
    return _bare(base) == _bare(proposed) and _orders(base) == _orders(proposed)


def gaps_of_change(base: GrantPlan, proposed: Proposed, held: Held) -> list[Gap]:
    """Everything that is against a change; what was so in the plan in force is not held against it.

    change.nothing, change.sum, change.cap and change.spent at the line, change.above_line,
    change.ends_early, change.reported; beside them what the rules say of any project.
    """
    if not proposed.faults and is_same(base, proposed.plan):
        return [Gap("change.nothing")]
    told = [*proposed.faults, *_of_sums(base, proposed.plan, held)]
    told += _of_spent(proposed.plan, held)
    told += _of_end(base, proposed.plan, held)
    if held.rules is not None:
        told += _of_caps(base, proposed.plan, held.rules)
        told += _of_rules(base, proposed.plan, held.rules)
    return list({(gap.code, gap.path): gap for gap in told}.values())


def following_parts(parts: Sequence[Part], ends_on: date, *, report_workdays: int) -> list[Part]:
    """Periods where the project ends on another day: the last one follows, and its report."""
    *earlier, last = parts
    if last.ends_on == ends_on:
        return list(parts)
    moved = replace(last, ends_on=ends_on, report_on=after_workdays(ends_on, report_workdays))
    return [*earlier, moved]


def granted_under(plan: GrantPlan, article: str) -> int:
    """What the grant pays of lines of an article and of those under it, minor units."""
    return sum(
        one.granted_minor
        for one in plan.lines
        if one.article == article or one.article.startswith(f"{article}.")
    )


def cap_of(article: str, sum_minor: int, rules: Rules) -> int | None:
    """The most that the grant may pay of an article; none where the rules set no bound."""
    found = next((one for one in rules.budget.articles if one.code == article), None)
    if found is None:
        return None
    most = found.most_minor
    if found.most_share is not None:
        share = int(sum_minor * found.most_share)
        most = share if most is None else min(most, share)
    return most


def _granted(
    base: GrantPlan,
    document: Document,
    parts: Mapping[str, str],
    kept: Mapping[str, str],
    currency: str,
) -> tuple[dict[str, int], list[Gap]]:
    """What the grant pays of each line, and cells that say it and cannot be read."""
    if WHOLE in base.grant and not parts and _of("lines", kept) == _of("lines", base.texts):
        return dict(base.grant), []
    grant, faults = {}, []
    for one in document.lines:
        path = f"lines/{one.id}/{GRANTED}"
        grant[one.id] = max(one.asked_minor, 0)
        try:
            typed = read_money(parts.get(path, ""), currency=currency)
        except Unreadable as error:
            code = error.code if error.code in ("negative", "too_large") else "number"
            faults.append(Gap(f"cell.money_{code}", path, {"typed": parts[path][:80]}))
        else:
            grant[one.id] = grant[one.id] if typed is None else typed
    return grant, faults


def _of_sums(base: GrantPlan, plan: GrantPlan, held: Held) -> Iterator[Gap]:
    """The sum is the grant's; a line costs at least what the grant pays of it."""
    told: dict[str, str | int] = {"currency": held.currency}
    if plan.sum_minor != held.sum_minor:
        both = {"sum_minor": plan.sum_minor, "grant_minor": held.sum_minor}
        yield Gap("change.sum", "lines", told | both)
    before = {one.id: (one.granted_minor, one.total_minor) for one in base.lines}
    for one in plan.lines:
        most = one.told.asked_minor if one.told is not None else one.granted_minor
        is_new = before.get(one.id) != (one.granted_minor, one.total_minor)
        if one.granted_minor > most and is_new:
            yield Gap("change.above_line", f"lines/{one.id}/{GRANTED}", told | {"most_minor": most})


def _of_spent(plan: GrantPlan, held: Held) -> Iterator[Gap]:
    """No line comes below what was spent for it, and none that was spent for is gone."""
    known = {one.id for one in plan.document.lines}
    for line, spent in held.spent.items():
        if spent > plan.grant.get(line, 0):
            path = f"lines/{line}/{GRANTED}" if line in known else "lines"
            values: dict[str, str | int] = {"spent_minor": spent, "currency": held.currency}
            yield Gap("change.spent", path, values | {"line": line})


def _of_end(base: GrantPlan, plan: GrantPlan, held: Held) -> Iterator[Gap]:
    """The last day may move where its period is still open."""
    ends_on = plan.document.ends_on
    if ends_on == base.document.ends_on:
        return
    if ends_on is None:
        yield Gap("change.no_end", "ends_on")
        return
    last = held.parts[-1] if held.parts else None
    if last is not None and held.reported == len(held.parts):
        yield Gap("change.reported", "ends_on")
    if ends_on < held.today or (last is not None and ends_on < last.begins_on):
        yield Gap("change.ends_early", "ends_on")


def _of_caps(base: GrantPlan, plan: GrantPlan, rules: Rules) -> Iterator[Gap]:
    """A cap that the change breaks, at each line through which it does."""
    before = {one.id: one.granted_minor for one in base.lines}
    for article in rules.budget.articles:
        most = cap_of(article.code, plan.sum_minor, rules)
        spent = granted_under(plan, article.code)
        if most is None or spent <= max(most, granted_under(base, article.code)):
            continue
        values: dict[str, str | int] = {
            "article": article.code,
            "spent_minor": spent,
            "most_minor": most,
            "currency": rules.currency,
        }
        for one in plan.lines:
            is_under = one.article == article.code or one.article.startswith(f"{article.code}.")
            if is_under and _has_grown(one.id, one.article, one.granted_minor, base, before):
                yield Gap("change.cap", f"lines/{one.id}/{GRANTED}", values)


def _has_grown(
    line: str, article: str, minor: int, base: GrantPlan, before: Mapping[str, int]
) -> bool:
    """Whether a line brings more to its article than it did."""
    was = next((one.article for one in base.lines if one.id == line), "")
    return minor > (before.get(line, 0) if was == article else 0)


def _of_rules(base: GrantPlan, plan: GrantPlan, rules: Rules) -> list[Gap]:
    """What the rules say of any project and have not said of the plan in force."""
    former = {(gap.code, gap.path) for gap in _readiness(base, rules)}
    return [
        gap
        for gap in _readiness(plan, rules)
        if (gap.code, gap.path) not in former and gap.code not in ("article.cap", "money.no_size")
    ]


def _readiness(plan: GrantPlan, rules: Rules) -> list[Gap]:
    if not plan.document.lines and not plan.texts:
        return []
    lines = [_as_granted(one, plan) for one in plan.document.lines]
    document = replace(plan.document, lines=lines)
    return [
        gap
        for gap in readiness_of(document, rules, Facts()).blocking
        if gap.path.partition("/")[0] in CHANGEABLE
    ]


def _as_granted(line: Line, plan: GrantPlan) -> Line:
    """A line of which one's own part is whatever the grant does not pay."""
    paid = plan.grant.get(line.id, line.asked_minor)
    return replace(line, own_minor=max(line.total_minor - paid, line.own_minor))


def _of(field: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in texts.items() if path.startswith(f"{field}/") and text}


def _bare(plan: GrantPlan) -> tuple[dict[str, str], dict[str, int]]:
    texts = {
        path: text
        for path, text in plan.texts.items()
        if text.strip() and not path.endswith(f"/{ORDER}")
    }
    return texts, {line: minor for line, minor in plan.grant.items() if minor}


def _orders(plan: GrantPlan) -> dict[str, list[str]]:
    return {name: [row.id for row in rows] for name, rows in plan.document.rows.items() if rows}
