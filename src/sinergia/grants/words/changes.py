"""A request for a change as pages show it: what differs, why it is small or large, the form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sinergia.base.drafts.words import BLANK_ROW, Block, Box, Difference, RowShown
from sinergia.calls.words.contests import rule_said
from sinergia.engine.granting.changes import GRANTED
from sinergia.engine.granting.plan import GrantPlan
from sinergia.engine.granting.weighing import ArticleEffect, Reason
from sinergia.engine.project import parse_path
from sinergia.engine.readiness import Readiness
from sinergia.engine.refusal import Gap
from sinergia.engine.shown import decimal_shown, money_shown
from sinergia.grants.models import Change, Grant
from sinergia.grants.queries.changes import Weighed, rules_by, written_plan
from sinergia.grants.words import explain
from sinergia.packs.rules import Rules
from sinergia.projects.queries.writing import Written
from sinergia.projects.words.differences import differences
from sinergia.projects.words.fields import LABELS
from sinergia.projects.words.form import Shown, blocks_named, place_said

KINDS = {
    Change.Stage.DRAFT: "neutral",
    Change.Stage.SENT: "warn",
    Change.Stage.RETURNED: "warn",
    Change.Stage.ACCEPTED: "ok",
    Change.Stage.REFUSED: "bad",
    Change.Stage.TAKEN_BACK: "neutral",
}


@dataclass(frozen=True)
class Finding:
    """Something against a change: where it lies, what it is."""

    place: str
    text: str


@dataclass(frozen=True)
class ShownReason:
    """Why one thing is small or large, in a sentence."""

    text: str
    is_large: bool


@dataclass(frozen=True)
class ShownArticle:
    """An article with what the change does to it. cap: shown sum, "" where there is no bound."""

    name: str
    effect: ArticleEffect
    is_above: bool


def sections_said() -> dict[str, str]:
    """The pages on which a request is written."""
    return {
        "plan": _("Dates and events"),
        "budget": _("Budget"),
        "aims": _("Goals, tasks, results"),
        "people": _("People and partners"),
        "about": _("About the project"),
    }


def gap_said(gap: Gap, grant: Grant, rules: Rules | None = None) -> str:
    """What is against a change, in a sentence: ours, or that of the rules of projects.

    rules: by which the plan is written, where they are known already.
    """
    if not gap.code.startswith("change."):
        if "." not in gap.code or gap.code == "decision.own":
            return explain(gap)
        return rule_said(gap, rules or rules_by(grant), get_language() or "ru")
    if "article" in gap.values:
        named = article_names(rules or rules_by(grant)).get(str(gap.values["article"]), "")
        gap = replace(gap, values={**gap.values, "named": named})
    return explain(gap)


def findings_said(gaps: Sequence[Gap], told: Written, grant: Grant) -> list[Finding]:
    """Everything against a change, each with its place."""
    return [
        Finding(place_said(gap, told) if gap.path else "", gap_said(gap, grant, told.rules))
        for gap in gaps
    ]


def reasons_said(reasons: Sequence[Reason], rules: Rules) -> list[ShownReason]:
    """Why it is a small one or a larger one, what is large first."""
    told = [ShownReason(_reason(one, rules), one.is_large) for one in reasons]
    return sorted(told, key=lambda one: not one.is_large)


def differences_said(
    base: GrantPlan, plan: GrantPlan, told: Written, grant: Grant
) -> list[Difference]:
    """Every text that differs, and what the grant pays of each line that differs."""
    then = {path: text for path, text in base.texts.items() if text and parse_path(path)}
    shown = differences(then, told)
    return [*shown, *_sums(base, plan, grant.currency)]


def plans_differ(earlier: GrantPlan, later: GrantPlan, grant: Grant) -> list[Difference]:
    """The same of two plans."""
    return differences_said(earlier, later, written_plan(grant, later), grant)


def articles_said(told: Weighed, rules: Rules) -> list[ShownArticle]:
    """Articles, and those above them that have a cap."""
    names = article_names(rules)
    return [
        ShownArticle(
            names.get(one.article, one.article) or _("The whole sum"),
            one,
            is_above=one.most_minor is not None and one.after_minor > one.most_minor,
        )
        for one in (*told.articles, *told.groups)
    ]


def article_names(rules: Rules) -> dict[str, str]:
    """What articles are called, with their numbers."""
    language = get_language() or "ru"
    return {one.code: f"{one.code} {one.name.told(language)}" for one in rules.budget.articles}


def blocks_said(
    told: Written, names: Sequence[str], shown: Shown, gaps: Sequence[Gap], grant: Grant
) -> list[Block]:
    """Fields of a page of a request; a line has one more: what the grant pays of it."""
    ours: dict[str, list[str]] = {}
    for gap in gaps:
        if gap.code.startswith("change.") or gap.path.endswith(f"/{GRANTED}"):
            ours.setdefault(gap.path, []).append(gap_said(gap, grant, told.rules))
    blocks = blocks_named(told, names, shown)
    return [_with_ours(one, told, shown, ours) for one in blocks]


def readiness_shown(gaps: Sequence[Gap]) -> Readiness:
    """What the rules of projects have against the texts, for their own places."""
    theirs = [
        gap
        for gap in gaps
        if not gap.code.startswith("change.") and not gap.path.endswith(f"/{GRANTED}")
    ]
    return Readiness(theirs, [])


def sums_said(plan: GrantPlan, grant: Grant) -> list[str]:
    """What the grant pays of all lines, its sum, what is left to be shared out."""
    language = get_language() or "ru"
    minors = (plan.sum_minor, grant.sum_minor, grant.sum_minor - plan.sum_minor)
    return [money_shown(one, grant.currency, language) for one in minors]


def _with_ours(
    block: Block, told: Written, shown: Shown, ours: Mapping[str, Sequence[str]]
) -> Block:
    said = [*block.said, *ours.get(block.name, ())]
    if block.name == "lines":
        rows = [_with_granted(one, told, shown, ours) for one in block.rows]
        blank = _with_granted(block.blank, told, shown, ours) if block.blank is not None else None
        words = _("What the grant pays may be left empty: then it pays all but the own part.")
        return replace(
            block, rows=rows, blank=blank, is_summed=False, said=said,
            help=f"{block.help} {words}",
        )  # fmt: skip
    if block.box is not None and said:
        return replace(block, box=replace(block.box, said=[*block.box.said, *said]))
    return replace(block, said=said)


def _with_granted(
    row: RowShown, told: Written, shown: Shown, ours: Mapping[str, Sequence[str]]
) -> RowShown:
    path = f"lines/{row.id}/{GRANTED}"
    saved = told.fields.get(path) if row.id != BLANK_ROW else None
    box = Box(
        path=path,
        kind="money",
        label=_("The grant pays"),
        value=shown.typed.get(path, saved.value if saved is not None else ""),
        version=saved.version if saved is not None else 0,
        is_required=False,
        said=ours.get(path, ()),
        theirs=shown.theirs.get(path),
    )
    at = next((at for at, one in enumerate(row.boxes) if one.path.endswith("/own")), 0) + 1
    return replace(row, boxes=[*row.boxes[:at], box, *row.boxes[at:]])


def _sums(base: GrantPlan, plan: GrantPlan, currency: str) -> Iterator[Difference]:
    language = get_language() or "ru"
    before = {one.id: one for one in base.lines}
    after = {one.id: one for one in plan.lines}
    for name in dict.fromkeys([*before, *after]):
        was, will = before.get(name), after.get(name)
        minors = [one.granted_minor if one is not None else 0 for one in (was, will)]
        if minors[0] != minors[1]:
            what = (will or was).what if (will or was) is not None else ""  # type: ignore[union-attr]  # one of them is there
            place = _("%(line)s — the grant pays") % {"line": what or _("The whole sum")}
            shown = [money_shown(one, currency, language) for one in minors]
            yield Difference(place, *shown)


def _reason(reason: Reason, rules: Rules) -> str:
    language = get_language() or "ru"
    values: dict[str, object] = dict(reason.values)
    if "article" in values:
        named = article_names(rules).get(str(values["article"]), "")
        values["named"] = named or _("The whole sum")
        values["sum"] = money_shown(int(str(values["moved_minor"])), rules.currency, language)
    for name in ("share", "most"):
        if isinstance(values.get(name), str):
            values[name] = decimal_shown(Decimal(str(values[name])), language)
    values["field"] = LABELS.get(reason.path, reason.path)
    return _sentences()[reason.code] % values


def _sentences() -> dict[str, str]:
    return {
        "consent_field": _("“%(field)s”: by the rules always with consent."),
        "small_field": _("“%(field)s”: by notice."),
        "shift_small": _(
            "%(named)s: %(sum)s go to others, %(share)s %% of the article since the last consent;"
            " up to %(most)s %% by notice."
        ),
        "shift_large": _(
            "%(named)s: %(sum)s go to others, %(share)s %% of the article since the last consent;"
            " more than %(most)s %% with consent."
        ),
        "within_articles": _("Money moves within its articles: by notice."),
        "event_gone": _("“%(what)s” is not held: with consent."),
        "event_new": _("“%(what)s” is added: by notice."),
        "event_moved": _("“%(what)s”: days moved by %(days)s, up to %(most)s by notice."),
        "event_far": _("“%(what)s”: days moved by %(days)s, more than %(most)s with consent."),
        "event_renamed": _("“%(before)s” becomes “%(what)s”, another event: with consent."),
        "event_fewer": _("“%(what)s”: %(people)s people instead of %(before)s: with consent."),
        "event_other": _("“%(what)s” changes beside its days: by notice."),
        "end_moved": _("The end: days moved by %(days)s, up to %(most)s by notice."),
        "end_far": _("The end: days moved by %(days)s, more than %(most)s with consent."),
    }


def verdicts_said() -> dict[str, tuple[str, str, str]]:
    """Answers: title of the page, its button, what follows."""
    return {
        "accept": (
            _("Give consent"),
            pgettext("a change", "Accept"),
            _("A new version of the plan comes into force; dates of reports follow a moved end."),
        ),
        "return": (
            _("Return to be mended"),
            pgettext("a change", "Return"),
            _("The organisation reads your words, mends the request and sends it again."),
        ),
        "refuse": (
            _("Refuse the change"),
            pgettext("a change", "Refuse"),
            _("The plan in force stays. The organisation may begin another request."),
        ),
    }
