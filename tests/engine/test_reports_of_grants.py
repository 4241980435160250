"""Reports of a grant: what each is asked for."""

from datetime import date

import pytest

from sinergia.engine.granting.comparing import Bounds, Span, compare
from sinergia.engine.granting.plan import read_plan, write_plan
from sinergia.engine.granting.report_ready import Beside, report_readiness
from sinergia.engine.granting.reporting import read_report

EARLY, FORMER, WITHIN, LATER, DAYLESS = "aaaaaa", "bbbbbb", "cccccc", "dddddd", "eeeeee"
ENDS = {EARLY: "2026-01-31", FORMER: "2026-02-01", WITHIN: "2026-06-01", LATER: "2026-11-01"}
PLAN = read_plan(
    write_plan(
        {f"events/{one}/what": one for one in (*ENDS, DAYLESS)}
        | {f"events/{one}/starts_on": end for one, end in ENDS.items()},
        {},
    ).content,
    currency="RUB",
)
FIRST, LAST = date(2026, 6, 1), date(2026, 10, 31)  # of the second period


def asked(span: Span) -> list[str]:
    """Ids of events that a report on such a span has to tell of."""
    told = compare(PLAN, read_report({}), span, Bounds(), spent={}, here={})
    return [one.plan.id for one in told.events if one.is_asked]


@pytest.mark.parametrize(
    ("span", "ids"),
    [
        (Span(FIRST, LAST, told={EARLY, FORMER}), [WITHIN]),
        (Span(FIRST, LAST, told={EARLY, LATER}), [FORMER, WITHIN]),
        (Span(FIRST, LAST), [EARLY, FORMER, WITHIN]),
        (Span(FIRST, LAST, told=None), [WITHIN]),  # the report before it is still being written
        (Span(date(2026, 2, 1), date(2026, 5, 31)), [EARLY, FORMER]),  # the first of all
        (Span(FIRST, LAST, is_final=True, told=None), [EARLY, FORMER, WITHIN, LATER, DAYLESS]),
    ],
)
def test_an_event_that_no_earlier_report_tells_of_is_asked_again(
    span: Span, ids: list[str]
) -> None:
    assert asked(span) == ids


def test_what_was_not_told_in_time_hinders_the_next_report_until_it_is_told() -> None:
    span, beside = Span(FIRST, LAST, told={EARLY}), Beside(today=LAST)
    texts = {f"events/{WITHIN}/why": "Отменили", "done": "Работали"}

    def hinders(values: dict[str, str]) -> list[tuple[str, str]]:
        told = read_report(values)
        compared = compare(PLAN, told, span, Bounds(), spent={}, here={})
        found = report_readiness(told, compared, span, Bounds(), beside).blocking
        return [(one.code, one.path) for one in found]

    assert hinders(texts) == [("report.event_untold", f"events/{FORMER}/on")]
    assert hinders(texts | {f"events/{FORMER}/why": "Не было снега"}) == []
