"""Whether a report may be handed in: what hinders, what is advice; each at its place."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sinergia.engine.granting.comparing import Bounds, Compared, EventCompared, Span
from sinergia.engine.granting.reporting import Fact, Told, row_of
from sinergia.engine.readiness import Readiness
from sinergia.engine.refusal import Gap


@dataclass(frozen=True)
class Paid:
    """A payment of the report. key: by which it is found; has_file: its document is there."""

    key: str
    line: str
    number: str
    has_file: bool


@dataclass(frozen=True)
class Beside:
    """What is known beside the texts. files, pictures: how many stand at a path.

    earlier: numbers of periods whose reports are not accepted, where this one waits for them.
    """

    today: date
    payments: Sequence[Paid] = ()
    files: Mapping[str, int] = field(default_factory=dict)
    pictures: Mapping[str, int] = field(default_factory=dict)
    unanswered: Sequence[str] = ()  # paths of remarks
    earlier: Sequence[int] = ()
    paid_minor: int = 0
    spent_minor: int = 0


def report_readiness(
    told: Told, compared: Compared, span: Span, bounds: Bounds, beside: Beside
) -> Readiness:
    """Compare a report with what it has to tell. Pure."""
    return Readiness(
        [
            *told.faults,
            *_events(compared.events, bounds, beside),
            *_others(told.others, beside),
            *_results(compared, span, beside),
            *_money(compared, beside),
            *_whole(told, beside),
        ],
        list(_advice(told, compared, span, beside)),
    )


def _events(rows: Sequence[EventCompared], bounds: Bounds, beside: Beside) -> Iterator[Gap]:
    for one in rows:
        path, fact = f"events/{one.plan.id}", one.fact
        if one.is_asked and not fact.is_told:
            yield Gap("report.event_untold", f"{path}/on")
        elif fact.why and fact.on is None:
            continue  # it did not take place, and why is said
        elif fact.is_told:
            yield from _held(path, fact, beside)
            have = beside.pictures.get(path, 0)
            if have < bounds.photos:
                yield Gap("report.few_photos", path, {"have": have, "least": bounds.photos})
        if one.is_over and not fact.why:
            yield Gap("report.unexplained", f"{path}/why")


def _held(path: str, fact: Fact, beside: Beside) -> Iterator[Gap]:
    if fact.on is None:
        yield Gap("report.no_date", f"{path}/on")
    elif fact.on > beside.today:
        yield Gap("report.tomorrow", f"{path}/on")
    if not fact.place:
        yield Gap("report.no_place", f"{path}/place")
    if fact.people is None:
        yield Gap("report.no_people", f"{path}/people")


def _others(rows: Sequence[Fact], beside: Beside) -> Iterator[Gap]:
    for one in rows:
        path = f"others/{one.id}"
        if not one.what:
            yield Gap("report.no_name", f"{path}/what")
        yield from _held(path, one, beside)


def _results(compared: Compared, span: Span, beside: Beside) -> Iterator[Gap]:
    for one in compared.results:
        path = f"results/{one.id}"
        if one.fact.number is None:
            if span.is_final and one.promised is not None:
                yield Gap("report.no_result", f"{path}/reached")
            continue
        if one.fact.number and not one.fact.proof and not beside.files.get(path):
            yield Gap("report.no_proof", f"{path}/proof")
        if one.is_over and not one.fact.why:
            yield Gap("report.unexplained", f"{path}/why")


def _money(compared: Compared, beside: Beside) -> Iterator[Gap]:
    for one in beside.payments:
        if not one.has_file:
            yield Gap("report.no_document", f"spendings/{one.key}", {"number": one.number})
    for line in compared.lines:
        if line.is_over and not line.why:
            yield Gap("report.unexplained", f"lines/{row_of(line.line.id)}/why")


def _whole(told: Told, beside: Beside) -> Iterator[Gap]:
    if not told.texts.get("done", "").strip():
        yield Gap("report.no_words", "done")
    for path in beside.unanswered:
        yield Gap("report.unanswered", f"remarks/{path}")
    if beside.earlier:
        numbers = ", ".join(str(one) for one in beside.earlier)
        yield Gap("report.earlier", "", {"numbers": numbers})


def _advice(told: Told, compared: Compared, span: Span, beside: Beside) -> Iterator[Gap]:
    if beside.today <= span.last:
        yield Gap("report.early", "", {"day": span.last.isoformat()})
    if not beside.payments and not span.is_final:
        yield Gap("report.no_payments", "payments")
    if beside.spent_minor > beside.paid_minor:
        yield Gap("report.above_paid", "payments")
    yield from _twice(beside)
    for name, code in (("outcome", "report.no_outcome"), ("media", "report.no_media")):
        if not told.texts.get(name, "").strip():
            yield Gap(code, name)
    for one in compared.results:
        if not span.is_final and one.fact.number is None:
            yield Gap("report.result_open", f"results/{one.id}/reached")


def _twice(beside: Beside) -> Iterator[Gap]:
    """One document at two lines may be right, and may be a slip."""
    lines = Counter((one.number, one.line) for one in beside.payments)
    numbers = Counter(number for number, _line in lines)
    for number in sorted(one for one, count in numbers.items() if count > 1):
        yield Gap("report.two_lines", "payments", {"number": number})
