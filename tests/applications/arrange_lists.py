"""Rows of a list: a region, two funds, every outcome."""

from datetime import timedelta

from sinergia.applications.models import Application, OutsideRecord
from sinergia.applications.queries.filters import ApplicationFilter, applications
from sinergia.base.search.actions import Findable, index_rows
from sinergia.base.tables.models import Load
from sinergia.calls.models import Outcome
from sinergia.engine.seal import canonical
from sinergia.engine.text import fold
from sinergia.organisations.models import Organisation
from tests.arrange import NOON, a_call, a_fund, a_region, an_application, an_organisation


def numbers(asked: ApplicationFilter) -> list[str]:
    """Which rows a filter names, by their numbers."""
    return list(applications(asked).order_by("number").values_list("number", flat=True))


def some_applications() -> dict[str, Organisation]:
    """Nine rows: fund-1 in 2024 and 2025, fund-2 in dollars; one awaits a person."""
    first, other = an_organisation("Полтора шага"), an_organisation("Старая верста")
    year, next_year = a_call(2024), a_call(2025)
    abroad = a_call(2025, fund=a_fund("fund-2", currency="USD"))
    beyond = a_region("XB-YAR", "Ярогорский край")
    for number, organisation, call, outcome, sum_minor in (
        ("1", first, year, Outcome.WON, 100_00),
        ("2", first, next_year, Outcome.WON, 200_00),
        ("3", first, next_year, Outcome.LOST, 0),
        ("4", other, next_year, Outcome.DECLINED, 400_00),
        ("5", other, next_year, Outcome.NOT_ADMITTED, 0),
        ("6", other, abroad, Outcome.WON, 600_00),
        ("7", None, next_year, Outcome.PENDING, 0),
        ("8", other, year, Outcome.UNKNOWN, 0),
    ):
        an_application(
            number, organisation=organisation, call=call, outcome=outcome, awarded_minor=sum_minor
        )
    an_application("9", organisation=other, region=beyond, call=year, outcome=Outcome.WON)
    return {"first": first, "other": other}


def titled(application: Application, title: str) -> Application:
    """The same application under a title, found by it."""
    application.title, application.title_folded = title, fold(title)
    application.save(update_fields=["title", "title_folded"])
    index_rows("application", [Findable(application.pk, title, application.number)])
    return application


def a_record(application: Application, load: Load | None = None, **cells: str) -> OutsideRecord:
    """A further version of the row as filed."""
    theirs = OutsideRecord.objects.filter(application=application)
    theirs.update(is_current=False)
    version = theirs.count() + 1
    return OutsideRecord.objects.create(
        application=application,
        version=version,
        is_current=True,
        content=canonical({"schema": "outside-row/1", "values": cells}),
        digest=f"{version:032}",
        load=load,
        row=17,
        kept_at=NOON + timedelta(days=version),
    )
