"""The sections of a report as its pages show them: facts to be typed beside what was planned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.base.drafts.words import BLANK_ROW, Block, Box, RowShown, Theirs
from sinergia.engine.granting.comparing import EventCompared, LineCompared, ResultCompared
from sinergia.engine.granting.reporting import KINDS, ROWS, row_of
from sinergia.engine.readiness import Readiness
from sinergia.engine.refusal import Gap
from sinergia.engine.shown import date_shown, decimal_shown
from sinergia.grants.models import ReportFile
from sinergia.grants.queries.reports import Written
from sinergia.grants.words import explain
from sinergia.grants.words.report_fields import CELLS, HELPS, LABELS, OPTIONAL

NOTHING = Readiness([], [])
# What is not there yet is told by the page of the whole, not beside every empty field.
SAID = ("report.bad_date", "report.bad_number", "report.tomorrow", "report.unexplained")


@dataclass(frozen=True)
class Shown:
    """What a page knows beside the texts. typed: not saved yet; theirs: in conflict with it."""

    language: str
    readiness: Readiness = NOTHING
    typed: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, Theirs] = field(default_factory=dict)
    more: str = ""


@dataclass(frozen=True)
class Part:
    """A thing of the plan with the boxes of its fact. differs: how it differs, in words."""

    path: str
    title: str
    planned: str
    boxes: Sequence[Box] = ()
    files: Sequence[ReportFile] = ()
    differs: Sequence[str] = ()
    is_over: bool = False
    is_later: bool = False

    @property
    def id(self) -> str:
        """As the page names it."""
        return self.path.replace("/", "-")


@dataclass(frozen=True)
class Form:
    """A section: parts of the plan, then fields of their own."""

    parts: Sequence[Part] = ()
    blocks: Sequence[Block] = ()
    later: Sequence[Part] = ()


def form_of(told: Written, section: str, shown: Shown) -> Form:
    """What a section asks."""
    maker = _Maker(told, shown)
    if section == "events":
        parts = [maker.event(one) for one in told.compared.events]
        asked = [one for one in parts if not one.is_later]
        return Form(asked, [maker.others()], [one for one in parts if one.is_later])
    if section == "results":
        return Form([maker.result(one) for one in told.compared.results])
    if section == "money":
        over = [one for one in told.compared.lines if one.is_over or one.why]
        return Form([maker.line(one) for one in over], [maker.single("money_note")])
    return Form(blocks=[maker.single(name) for name in ("done", "outcome", "media")])


def planned_said(one: EventCompared, language: str) -> str:
    """When and with how many people it was planned."""
    plan = one.plan
    days = [date_shown(day, language) for day in (plan.starts_on, plan.ends_on) if day]
    told = [" – ".join(dict.fromkeys(days))] if days else []
    if plan.people is not None:
        words = ngettext("%(count)s person", "%(count)s people", plan.people)
        told.append(words % {"count": plan.people})
    return " · ".join(told) or _("without a day")


def differs_said(one: EventCompared) -> list[str]:
    """How a fact differs from the plan; nothing where it does not."""
    told = []
    if one.days > 0:
        words = ngettext("%(count)s day later", "%(count)s days later", one.days)
        told.append(words % {"count": one.days})
    elif one.days < 0:
        words = ngettext("%(count)s day earlier", "%(count)s days earlier", -one.days)
        told.append(words % {"count": -one.days})
    if one.people:
        more = ngettext("%(count)s person more", "%(count)s people more", one.people)
        fewer = ngettext("%(count)s person fewer", "%(count)s people fewer", -one.people)
        told.append((more if one.people > 0 else fewer) % {"count": abs(one.people)})
    return told


def promised_said(one: ResultCompared, language: str) -> str:
    """What was promised, and by what it was to be seen."""
    told = (
        [_("Promised: %(number)s") % {"number": decimal_shown(one.promised, language)}]
        if one.promised is not None
        else []
    )
    if one.proof:
        told.append(_("to be seen by: %(proof)s") % {"proof": one.proof})
    return " · ".join(told)


class _Maker:
    def __init__(self, told: Written, shown: Shown) -> None:
        self.told, self.shown = told, shown
        self.faults = _said(gap for gap in shown.readiness.blocking if gap.code in SAID)

    def event(self, one: EventCompared) -> Part:
        path = f"events/{one.plan.id}"
        return Part(
            path,
            one.plan.what,
            planned_said(one, self.shown.language),
            self._boxes("events", one.plan.id),
            self.told.by_path.get(path, ()),
            differs_said(one),
            one.is_over,
            is_later=not one.is_asked and not one.fact.is_told,
        )

    def result(self, one: ResultCompared) -> Part:
        path = f"results/{one.id}"
        boxes = self._boxes("results", one.id)
        files = self.told.by_path.get(path, ())
        share = one.share
        differs = [f"{int(share * 100)} %"] if share is not None else []
        planned = promised_said(one, self.shown.language)
        return Part(path, one.what, planned, boxes, files, differs, one.is_over)

    def line(self, one: LineCompared) -> Part:
        title = one.line.what or _("The whole sum")
        id_ = row_of(one.line.id)
        return Part(f"lines/{id_}", title, "", self._boxes("lines", id_), is_over=one.is_over)

    def single(self, name: str) -> Block:
        label, is_required = str(LABELS[name]), name == "done"
        box = self._box(name, KINDS[name], label, help_=str(HELPS[name]), is_required=is_required)
        return Block(name, KINDS[name], label, str(HELPS[name]), is_required, box=box)

    def others(self) -> Block:
        ids = [one.id for one in self.told.told.others]
        for path in self.shown.typed:  # a row of which nothing could be saved
            name, _slash, rest = path.partition("/")
            if name == "others" and rest.partition("/")[0] not in ids:
                ids.append(rest.partition("/")[0])
        if self.shown.more == "others":
            ids.append(token_hex(4))
        rows = [RowShown(id_, self._boxes("others", id_), at) for at, id_ in enumerate(ids, 1)]
        return Block(
            "others",
            "rows",
            str(LABELS["others"]),
            str(HELPS["others"]),
            is_required=False,
            rows=rows,
            blank=RowShown(BLANK_ROW, self._boxes("others", BLANK_ROW), len(rows) + 1),
            add=_("One more event"),
        )

    def _boxes(self, name: str, id_: str) -> list[Box]:
        return [
            self._box(
                f"{name}/{id_}/{cell}",
                kind,
                str(CELLS[name, cell]),
                is_required=cell not in OPTIONAL,
            )
            for cell, kind in ROWS[name].items()
        ]

    def _box(
        self, path: str, kind: str, label: str, *, help_: str = "", is_required: bool = True
    ) -> Box:
        saved = self.told.fields.get(path)
        value = saved.value if saved is not None else ""
        return Box(
            path=path,
            kind=kind,
            label=label,
            help=help_,
            value=self.shown.typed.get(path, value),
            version=saved.version if saved is not None else 0,
            is_required=is_required,
            said=self.faults.get(path, ()),
            theirs=self.shown.theirs.get(path),
        )


def _said(gaps: Iterable[Gap]) -> dict[str, list[str]]:
    """Sentences by the place they are about."""
    said: dict[str, list[str]] = {}
    for gap in gaps:
        said.setdefault(gap.path, []).append(explain(gap))
    return said
