"""Three grants that grew from the visit: one is closed, and a practice again."""

from datetime import date

import pytest

from sinergia.applications.actions.origins import tell_origin
from sinergia.base.drafts.actions import Save
from sinergia.engine.drafts import Path
from sinergia.engine.money import read_money
from sinergia.grants.models import Grant, Joiner, Report, Transfer
from sinergia.grants.queries.closing import account_of_grant
from sinergia.practices.models import Practice
from sinergia.projects.actions.saving import save_fields
from sinergia.web.commands.granting import tell_visited
from sinergia.web.demo import stock
from tests.arrange import (
    NOON,
    a_call,
    a_centre,
    a_consultant,
    a_leader,
    a_project,
    a_region,
    a_theme,
    an_application,
    an_organisation,
)

TOLD = {
    "problem": "Ближайший реабилитолог за 80 километров.",
    "summary": "Бригада приезжает домой и учит родителей.",
    "goals/aaaaaa/text": "Родители занимаются сами",
    "tasks/000003/text": "Собрать список семей",
    "target_groups/000001/text": "Дети с ОВЗ и их родители",
}


def test_lines_come_to_what_was_awarded_and_facts_lie_within_the_project() -> None:
    awarded = {one["number"]: one.get("awarded") for one in stock.homecoming()["applications"]}

    for told in stock.granting()["visited"]:
        minor = [
            (read_money(price, currency="RUB") or 0) * int(quantity)
            for _what, price, quantity, _why in (one["cells"] for one in told["lines"])
        ]
        assert sum(minor) == awarded[told["number"]]
        for one in told["events"]:
            first, last = one["plan"][:2]
            assert told["begins"] <= first <= last <= told["ends"]
            assert first <= one["fact"][0] <= last


@pytest.mark.django_db
def test_a_grant_is_told_to_its_end_once_and_comes_out() -> None:
    region = a_region("XB-YAR", "Ярогорский край")
    a_consultant("head", centre=a_centre(region=region), role="head")
    a_theme("Детство и семья", region=region)
    organisation = an_organisation("Завтра у реки", region=region)
    leader = a_leader("tamara", organisation=organisation)
    project = a_project("Домашний маршрут", organisation=organisation)
    saves = [Save(Path(*path.split("/")), text, 0) for path, text in TOLD.items()]
    save_fields(project, saves, actor=leader, now=NOON)
    won = an_application(
        "26-1-001417", organisation=organisation, call=a_call(2026), awarded_minor=1_964_000_00
    )
    tell_origin(won, project, "Яровая Т. И.", actor=leader, now=NOON)

    for _time in range(2):
        tell_visited()

    grant = Grant.objects.get()
    assert (grant.stage, grant.closed_on) == ("closed", date(2026, 10, 30))
    assert list(Transfer.objects.values_list("sum_minor", flat=True)) == [1_178_400_00, 785_600_00]
    account = account_of_grant(grant)
    assert (account.taken_minor, account.is_even) == (1_964_000_00, True)
    assert set(Report.objects.values_list("stage", flat=True)) == {"accepted"}
    reached = dict(grant.results.values_list("row", "reached"))
    assert reached["e00001"] == "46"
    confirmed = Joiner.objects.filter(stage="confirmed")
    assert (confirmed.count(), confirmed.exclude(certificate="").count()) == (19, 19)
    made = Practice.objects.get()
    assert (made.stage, grant.results.filter(practice=made).count()) == ("published", 3)
