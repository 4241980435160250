"""How large a change is by the bounds of the rules, why, and what it does to articles and results.

By notice go small shifts, all notices together: they are weighed against the plan that was agreed
last, whether by the agreement or by a consent since then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from sinergia.engine.drafts import ORDER
from sinergia.engine.granting.changes import cap_of, granted_under
from sinergia.engine.granting.plan import GrantPlan
from sinergia.engine.project import Event
from sinergia.engine.text import fold
from sinergia.packs.rules import Rules
from sinergia.packs.rules.grants import Changes

WEIGHED = ("what", "starts_on", "ends_on")  # cells of an event that are looked at apart


@dataclass(frozen=True)
class Reason:
    """One thing that changes. is_large: it needs consent. path: the field, an event, ""."""

    code: str
    path: str
    is_large: bool
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class ArticleEffect:
    """An article before and after, minor units. most: its cap, none where there is no bound."""

    article: str
    before_minor: int
    after_minor: int
    spent_minor: int
    most_minor: int | None = None


@dataclass(frozen=True)
class ResultEffect:
    """A promised result; "" for what is not there. Numbers as they are written."""

    row: str
    what: str
    before: str
    after: str


def weigh(agreed: GrantPlan, base: GrantPlan, plan: GrantPlan, bounds: Changes) -> list[Reason]:
    """Everything that changes, and whether it needs consent.

    agreed: the plan agreed last. base: the plan in force. shift_share counts what an article lost
    since `agreed`; shift_days how far an event, or the end, has moved since then.
    """
    told: list[Reason] = []
    for name in fields_changed(base, plan):
        if name in bounds.consent:
            told.append(Reason("consent_field", name, is_large=True))
        elif name == "lines":
            told += _shifts(agreed, plan, bounds)
        elif name == "events":
            told += _events(agreed, base, plan, bounds)
        elif name == "ends_on":
            told.append(_end(agreed, plan, bounds))
        else:
            told.append(Reason("small_field", name, is_large=False))
    return told


def needs_consent(reasons: Sequence[Reason]) -> bool:
    """Whether any of them is more than a notice may bring."""
    return any(one.is_large for one in reasons)


def fields_changed(base: GrantPlan, plan: GrantPlan) -> list[str]:
    """Fields that differ, in the order of the form; of lines also what the grant pays."""
    names = list(dict.fromkeys([*_fields(base), *_fields(plan), "lines"]))
    return [name for name in names if _content(base, name) != _content(plan, name)]


def article_effects(
    base: GrantPlan, plan: GrantPlan, spent: Mapping[str, int], rules: Rules | None
) -> list[ArticleEffect]:
    """Articles that either plan pays, in the order of their codes."""
    codes = {one.article for one in (*base.paid_lines, *plan.paid_lines)}
    of_line = {one.id: one.article for one in (*base.lines, *plan.lines)}
    told = []
    for code in sorted(codes, key=_in_order):
        done = sum(minor for line, minor in spent.items() if of_line.get(line, "") == code)
        most = cap_of(code, plan.sum_minor, rules) if rules is not None else None
        told.append(ArticleEffect(code, _paid(base, code), _paid(plan, code), done, most))
    return told


def caps_above(
    base: GrantPlan, plan: GrantPlan, spent: Mapping[str, int], rules: Rules | None
) -> list[ArticleEffect]:
    """Articles that have others under them and a cap of their own."""
    if rules is None:
        return []
    named = [one.code for one in rules.budget.articles]
    told = []
    for code in named:
        most = cap_of(code, plan.sum_minor, rules)
        is_above = any(other.startswith(f"{code}.") for other in named)
        if most is None or not is_above:
            continue
        lines = {one.id for one in (*base.lines, *plan.lines) if one.article.startswith(f"{code}.")}
        done = sum(minor for line, minor in spent.items() if line in lines)
        before, after = granted_under(base, code), granted_under(plan, code)
        told.append(ArticleEffect(code, before, after, done, most))
    return told


def result_effects(base: GrantPlan, plan: GrantPlan) -> list[ResultEffect]:
    """Promised results that differ."""
    before = {row.id: row.texts for row in base.document.rows["results"]}
    after = {row.id: row.texts for row in plan.document.rows["results"]}
    told = []
    for row in dict.fromkeys([*before, *after]):
        was, will = before.get(row, {}), after.get(row, {})
        if was != will:
            what = will.get("what", "") or was.get("what", "")
            told.append(ResultEffect(row, what, was.get("number", ""), will.get("number", "")))
    return told


def _shifts(agreed: GrantPlan, plan: GrantPlan, bounds: Changes) -> Iterator[Reason]:
    """Money that left articles since the last consent; within them it may go as it likes."""
    before, after = _by_article(agreed), _by_article(plan)
    is_any = False
    for code in sorted(before, key=_in_order):
        lost = before[code] - after.get(code, 0)
        if lost <= 0:
            continue
        is_any = True
        is_large = lost > before[code] * bounds.shift_share
        values: dict[str, str | int] = {
            "article": code,
            "moved_minor": lost,
            "share": _percent(Decimal(lost) / before[code], bounds.shift_share),
            "most": _percent(bounds.shift_share, bounds.shift_share),
        }
        yield Reason("shift_large" if is_large else "shift_small", "lines", is_large, values)
    if not is_any:
        yield Reason("within_articles", "lines", is_large=False)


def _events(
    agreed: GrantPlan, base: GrantPlan, plan: GrantPlan, bounds: Changes
) -> Iterator[Reason]:
    first = {one.id: one for one in agreed.document.events}
    before = {one.id: one for one in base.document.events}
    after = {one.id: one for one in plan.document.events}
    for name in dict.fromkeys([*before, *after]):
        was, will = before.get(name), after.get(name)
        if will is None and was is not None:
            yield Reason("event_gone", f"events/{name}", is_large=True, values={"what": was.what})
        elif was is None and will is not None:
            yield Reason("event_new", f"events/{name}", is_large=False, values={"what": will.what})
        elif was is not None and will is not None:
            yield from _event(first.get(name, was), was, will, base, plan, bounds)


def _event(
    first: Event, was: Event, will: Event, base: GrantPlan, plan: GrantPlan, bounds: Changes
) -> Iterator[Reason]:
    """What becomes of an event: another name is another event, few people are another size."""
    path, values = f"events/{will.id}", {"what": will.what}
    if (was.starts_on, was.ends_on) != (will.starts_on, will.ends_on):
        days = max(_days(first.starts_on, will.starts_on), _days(first.ends_on, will.ends_on))
        is_large = days > bounds.shift_days
        told: dict[str, str | int] = {**values, "days": days, "most": bounds.shift_days}
        yield Reason("event_far" if is_large else "event_moved", path, is_large, told)
    if was.what != will.what and fold(first.what) != fold(will.what):
        yield Reason("event_renamed", path, is_large=True, values={**values, "before": first.what})
    if was.people != will.people and _is_fewer(first.people, will.people, bounds):
        both = {"before": first.people or 0, "people": will.people or 0}
        yield Reason("event_fewer", path, is_large=True, values={**values, **both})
    elif _row(base, will.id) != _row(plan, will.id):
        yield Reason("event_other", path, is_large=False, values=values)


def _is_fewer(before: int | None, after: int | None, bounds: Changes) -> bool:
    """Whether more people are left out than a notice may leave out."""
    return before is not None and before - (after or 0) > before * bounds.shift_share


def _end(agreed: GrantPlan, plan: GrantPlan, bounds: Changes) -> Reason:
    days = _days(agreed.document.ends_on, plan.document.ends_on)
    is_large = days > bounds.shift_days
    values: dict[str, str | int] = {"days": days, "most": bounds.shift_days}
    return Reason("end_far" if is_large else "end_moved", "ends_on", is_large, values)


def _days(one: date | None, other: date | None) -> int:
    """By how many days something moved, whichever way; none where either day is not said."""
    return abs((other - one).days) if one is not None and other is not None else 0


def _row(plan: GrantPlan, event: str) -> Mapping[str, str]:
    """What stands in the row of an event beside its name and its days."""
    texts = next((row.texts for row in plan.document.rows["events"] if row.id == event), {})
    return {name: text for name, text in texts.items() if name not in WEIGHED}


def _by_article(plan: GrantPlan) -> dict[str, int]:
    return {one.article: _paid(plan, one.article) for one in plan.paid_lines}


def _paid(plan: GrantPlan, article: str) -> int:
    return sum(one.granted_minor for one in plan.lines if one.article == article)


def _fields(plan: GrantPlan) -> list[str]:
    return [path.partition("/")[0] for path, text in plan.texts.items() if text]


def _content(plan: GrantPlan, name: str) -> object:
    """What stands in a field, with the order of its rows."""
    if name in plan.document.rows:
        rows = [(row.id, dict(row.texts)) for row in plan.document.rows[name]]
        paid = {line: minor for line, minor in plan.grant.items() if minor}
        return rows, paid if name == "lines" else {}
    return {
        path: text
        for path, text in plan.texts.items()
        if text and path.partition("/")[0] == name and not path.endswith(f"/{ORDER}")
    }


def _percent(share: Decimal, bound: Decimal) -> int | str:
    """A share in per cent: whole, where rounding does not hide on which side of a bound it is."""
    exact, most = share * 100, bound * 100
    whole = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if (whole > most) == (exact > most) and (whole == most) == (exact == most):
        return whole
    rounding = ROUND_CEILING if exact > most else ROUND_FLOOR
    return str(exact.quantize(Decimal("0.1"), rounding=rounding))


def _in_order(code: str) -> list[int]:
    return [int(part) for part in code.split(".") if part.isdecimal()]
