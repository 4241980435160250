"""Dates and the plan: what lies outside the project, what hangs in the air."""

from collections import Counter
from collections.abc import Iterator

from sinergia.engine.project.document import Document, Event
from sinergia.engine.readiness.facts import Facts
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import Rules

FEWEST_EVENTS = 2  # of a task, as the fund's support centre advises


def plan_gaps(document: Document, rules: Rules, facts: Facts) -> Iterator[Gap]:
    """Dates that cannot be, and events outside the project."""
    start, end = document.starts_on, document.ends_on
    if start is not None and end is not None and end < start:
        yield Gap("dates.backwards", "ends_on")
    if start is not None and facts.project_from is not None and start < facts.project_from:
        yield Gap("dates.early", "starts_on", {"first": facts.project_from.isoformat()})
    if end is not None and facts.project_to is not None and end > facts.project_to:
        yield Gap("dates.late", "ends_on", {"last": facts.project_to.isoformat()})
    yield from _length(document, rules)
    for event in document.events:
        yield from _event(event, document)


def plan_advice(document: Document) -> Iterator[Gap]:
    """Tasks with few events, groups with none, events that last as long as the project."""
    by_task = Counter(event.task for event in document.events)
    for task in document.rows["tasks"]:
        if document.events and by_task[task.id] < FEWEST_EVENTS:
            values: dict[str, str | int] = {"count": by_task[task.id]}
            yield Gap("task.few_events", f"tasks/{task.id}/text", values)
    for event in document.events:
        whole = (event.starts_on, event.ends_on) == (document.starts_on, document.ends_on)
        if whole and event.starts_on is not None:
            yield Gap("event.whole", f"events/{event.id}/ends_on")
        if not event.task and document.rows["tasks"]:
            yield Gap("event.no_task", f"events/{event.id}/task")
    yield from _unlinked(document)


def _unlinked(document: Document) -> Iterator[Gap]:
    """Groups that no event is for, lines that serve none; where others are linked already."""
    groups = {event.group for event in document.events}
    for group in document.rows["target_groups"]:
        if any(groups) and group.id not in groups:
            yield Gap("group.no_event", f"target_groups/{group.id}/text")
    if any(line.event for line in document.lines):
        for line in document.lines:
            if not line.event:
                yield Gap("line.no_event", f"lines/{line.id}/event")


def _length(document: Document, rules: Rules) -> Iterator[Gap]:
    months = document.months
    if months is None:
        return
    direction = document.texts.get("direction", "")
    size = rules.category_of(document.asked_minor, months=months, direction=direction)
    most = rules.timetable.most_months
    if size is not None and size.over_months is not None:
        most = size.most_months
    if most is not None and months > most:
        yield Gap("dates.long", "ends_on", {"months": months, "most": most})


def _event(event: Event, document: Document) -> Iterator[Gap]:
    path = f"events/{event.id}"
    for name, day in (("starts_on", event.starts_on), ("ends_on", event.ends_on)):
        if day is None:
            if f"{path}/{name}" not in {gap.path for gap in document.faults}:
                yield Gap("cell.missing", f"{path}/{name}")
        elif (document.starts_on is not None and day < document.starts_on) or (
            document.ends_on is not None and day > document.ends_on
        ):
            yield Gap("event.outside", f"{path}/{name}", {"day": day.isoformat()})
    if event.starts_on and event.ends_on and event.ends_on < event.starts_on:
        yield Gap("event.backwards", f"{path}/ends_on")
