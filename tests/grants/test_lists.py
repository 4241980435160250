"""Lists of grants, reports and changes: what a filter finds, what a number opens, who is hidden."""

import csv
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.calls.actions.duties import give_duty
from sinergia.calls.models import Contest
from sinergia.grants.models import Grant, Report
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_fund,
    a_leader,
    a_region,
    an_organisation,
    sign_in_twice,
)
from tests.arrange_changes import a_change, sent
from tests.arrange_grants import (
    a_grant,
    a_report,
    an_award,
    award_of,
    elsewhere,
    in_two,
    leader_of,
    signed,
)
from tests.arrange_reports import a_payment, begun, entered, handed_in, under_way
from tests.grants.test_changes import SMALL
from tests.review.deciding import a_rated, published

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_in_full,
    pytest.mark.usefixtures("in_english"),
]
TAB = re.compile(r'<a href="(\?[^"]*)"[^>]*>\s*([^<]*?) · (\d+)\s*</a>')
ROW = re.compile(r'<tr>\s*<th scope="row"')


@pytest.fixture
def inside(client: Client, operator: Person) -> Client:
    sign_in_twice(client, operator)
    return client


@pytest.fixture
def three(contest: Contest, operator: Person) -> list[Grant]:
    """Three grants of a contest in the order of their titles, the third without a curator."""
    rows = [a_rated(title, "90", contest=contest) for title in ("Аист", "Берёза", "Ветер")]
    published(contest, operator)
    grants = [in_two(a_grant(award_of(one.pk), operator=operator), operator) for one in rows]
    for one in grants[:2]:
        Grant.objects.filter(pk=one.pk).update(curator=operator)
    return grants


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def titles(told: str, *names: str) -> list[str]:
    return [one for one in names if one in told]


def tabs(client: Client, url: str) -> dict[str, tuple[int, int]]:
    """Of each tab above a list the number it says, and how many rows it opens."""
    base = url.partition("?")[0]
    found = TAB.findall(page(client, url))
    assert found, url
    return {
        name.strip(): (int(number), len(ROW.findall(page(client, base + unescape(query)))))
        for query, name, number in found
    }


def next_door(title: str = "Чужой двор") -> tuple[Grant, Person]:
    """A grant of a contest of another centre, signed, and who runs it."""
    region = a_region("XB-YAR", "Ярогорский край")
    centre = a_centre("Центр Б", region=region)
    vera = a_consultant("vera", centre=centre)
    contest = a_contest(centre=centre, fund=a_fund("region-2"))
    organisation = an_organisation("Чужая НКО", region=region)
    award = an_award(title, contest=contest, operator=vera, organisation=organisation)
    return signed(in_two(a_grant(award, operator=vera), vera), vera), vera


def test_grants_are_found_by_stage_fund_year_term_curator_and_words(
    inside: Client, three: list[Grant], operator: Person
) -> None:
    signed(three[0], operator, "7-26")
    Grant.objects.filter(pk=three[1].pk).update(sign_by="2020-01-01")
    own = an_organisation("Старая верста")
    won = elsewhere(own, a_leader("elsewhere", organisation=own))
    names = ("Аист", "Берёза", "Ветер", won.application.title)
    fund, year = three[0].application.fund.code, three[0].application.contest_year

    def found(query: str) -> list[str]:
        return titles(page(inside, f"/grants/?{query}"), *names)

    assert found("stage=under_way") == ["Аист"]
    assert found(f"fund={fund}&year={year}&stage=preparing") == ["Берёза", "Ветер"]
    assert found("term=sign_late") == found("term=overdue") == ["Берёза"]
    assert found("term=report_late") == []
    assert found(f"curator={operator.key}") == ["Аист", "Берёза"]
    assert found("curator=nobody&stage=preparing") == ["Ветер", won.application.title]
    assert found("q=7-26") == found("q=АИСТ") == ["Аист"]
    assert found("q=верста") == [won.application.title]


def test_numbers_above_lists_open_as_many_rows_whatever_else_is_asked(
    inside: Client, three: list[Grant], operator: Person
) -> None:
    first, second = (signed(one, operator, f"{at}-26") for at, one in enumerate(three[:2]))
    for grant, stages in ((first, ("accepted", "returned")), (second, ("submitted", "draft"))):
        for period, stage in zip(grant.periods.order_by("number"), stages, strict=True):
            a_report(period, stage)
        sent(a_change(grant, leader_of(grant), SMALL), leader_of(grant))

    assert tabs(inside, "/grants/") == {
        "All": (3, 3),
        "Being prepared for signing": (1, 1),
        "Under way": (2, 2),
    }
    assert tabs(inside, "/grants/?q=берёза") == {"All": (1, 1), "Under way": (1, 1)}
    assert {number == rows for number, rows in tabs(inside, "/grants/reports/").values()} == {True}
    assert tabs(inside, "/grants/reports/?q=аист")["All"] == (2, 2)
    assert tabs(inside, "/grants/reports/?q=аист")["No remarks"] == (1, 1)
    assert tabs(inside, "/grants/changes/")["All"] == (2, 2)
    assert tabs(inside, "/grants/changes/?q=аист")["All"] == (1, 1)
    assert tabs(inside, "/grants/changes/?kind=consent") == {"All": (0, 0)}


def test_reports_are_found_by_state_words_and_who_looks_after_them(
    inside: Client, three: list[Grant], operator: Person
) -> None:
    for at, (one, stage) in enumerate(zip(three, ("draft", "submitted", "accepted"), strict=True)):
        a_report(signed(one, operator, f"{at}-26").periods.get(number=1), stage)
    Report.objects.filter(stage="draft").update(due_on="2020-01-01")

    def found(query: str) -> list[str]:
        told = titles(page(inside, f"/grants/reports/?{query}"), "Аист", "Берёза", "Ветер")
        file = inside.get(f"/grants/reports/export.csv?{query}").content.decode("utf-8-sig")
        lines = list(csv.reader(file.splitlines()))[1:]
        assert sorted(one for line in lines for one in told if one in line) == told
        assert len(lines) == len(told)
        return told

    assert found("") == found("state=junk") == ["Аист", "Берёза", "Ветер"]
    assert found("state=late") == ["Аист"]
    assert found("state=due") == found("state=returned") == []
    assert found("state=checked") == ["Берёза"]
    assert found("state=accepted") == ["Ветер"]
    assert found("who=mine&state=accepted") == ["Ветер"]
    assert found("q=1-26") == ["Берёза"]


def test_what_the_desk_counts_its_links_open(
    client: Client, centre: Centre, contest: Contest, three: list[Grant], operator: Person
) -> None:
    """A colleague is curator of one grant and operator of no contest: that one alone is theirs."""
    head = a_consultant("head", centre=centre, role="head")
    give_duty(contest, operator, "operator", actor=head, now=NOON)
    colleague = a_consultant("colleague", centre=centre)
    Grant.objects.filter(pk=three[0].pk).update(curator=colleague)
    for at, one in enumerate(three[:2]):
        a_report(signed(one, operator, f"{at}-26").periods.get(number=1), "submitted")
        sent(a_change(one, leader_of(one), SMALL), leader_of(one))

    for person, number in ((colleague, 1), (operator, 2)):
        sign_in_twice(client, person)
        for url in ("/grants/?curator=mine&stage=under_way", "/grants/changes/?who=mine"):
            assert len(ROW.findall(page(client, url))) == number, url
        desk = page(client, "/desk/")
        url = "/grants/reports/?state=checked&amp;who=mine"
        assert url in desk
        assert len(ROW.findall(page(client, unescape(url)))) == number
        file = client.get("/grants/changes/export.csv?who=mine").content.decode("utf-8-sig")
        assert len(list(csv.reader(file.splitlines()))) == number + 1


def test_several_grants_that_may_be_closed_are_the_rows_that_the_desk_counts(
    inside: Client, three: list[Grant], operator: Person
) -> None:
    for at, one in enumerate(three):
        grant = signed(one, operator, f"{at}-26")
        stage = "accepted" if at else "submitted"
        Report.objects.create(
            grant=grant, plan=grant.plans.get(), stage=stage, due_on=NOON.date(), submitted_at=NOON
        )
    url = "/grants/?term=to_close&amp;curator=mine"

    assert url in page(inside, "/desk/")
    assert titles(page(inside, unescape(url)), "Аист", "Берёза", "Ветер") == ["Берёза", "Ветер"]


def test_a_grant_is_late_with_any_of_its_reports_the_final_one_among_them(
    inside: Client, three: list[Grant], operator: Person
) -> None:
    for number, grant in enumerate(three):
        running = signed(grant, operator, f"{number}-26")
        running.periods.update(report_on="2020-01-01" if number == 1 else "2040-01-01")
        if number == 0:  # the final one waits for no other
            for one in running.periods.all():
                a_report(one)
        Report.objects.create(
            grant=running, plan=running.plans.get(), stage="submitted" if number else "draft",
            due_on="2020-01-01", submitted_at=NOON if number else None,
        )  # fmt: skip

    late = page(inside, "/grants/?term=report_late")

    assert titles(late, "Аист", "Берёза", "Ветер") == ["Аист", "Берёза"]
    assert tabs(inside, "/grants/")["Overdue"] == (2, 2)


def test_what_its_people_are_entering_is_no_sum_of_the_centre(
    inside: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    running = under_way(grant, operator)
    entered(begun(running, leader), leader, a_payment(31_000_00, number="99"))

    for url in ("/grants/reports/", "/grants/reports/export.csv"):
        assert "31,000" not in page(inside, url)
        assert "31000" not in page(inside, url)


def test_of_another_centre_nothing_is_listed_counted_or_taken(
    inside: Client, three: list[Grant], operator: Person
) -> None:
    grant, vera = next_door()
    a_report(grant.periods.get(number=1), "submitted")
    sent(a_change(grant, leader_of(grant), SMALL), leader_of(grant))
    lists = ("/grants/", "/grants/reports/", "/grants/changes/")
    files = (
        "/grants/export.csv",
        "/grants/reports/export.csv",
        "/grants/changes/export.csv",
    )

    ours = "\n".join(page(inside, url) for url in (*lists, *files, "/desk/"))
    mine = signed(three[0], operator)
    a_report(mine.periods.get(number=1), "submitted")
    counts = [tabs(inside, url)["All"] for url in lists[:2]]
    sign_in_twice(inside, vera)
    theirs = [page(inside, url) for url in (*lists, *files)]

    assert titles(ours, "Чужой двор", "Чужая НКО", str(grant.key)) == []
    assert counts == [(3, 3), (1, 1)]
    assert ["Чужой двор" in one for one in theirs] == [True] * 6
    assert titles("\n".join(theirs), "Аист", "Берёза", "Ветер") == []


def test_a_report_to_be_checked_waits_for_who_runs_its_grant_alone(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    handed_in(under_way(grant, operator), leader)
    _other, vera = next_door()

    sign_in_twice(client, operator)
    assert "/grants/reports/?state=checked" in page(client, "/desk/")
    sign_in_twice(client, vera)
    assert "/grants/reports/?state=checked" not in page(client, "/desk/")


def test_the_list_of_reports_asks_as_often_for_three_as_for_one(
    inside: Client, three: list[Grant], operator: Person
) -> None:
    asked = []
    for at, one in enumerate(three):
        a_report(signed(one, operator, f"{at}-26").periods.get(number=1), "submitted")
        with CaptureQueriesContext(connection) as caught:
            page(inside, "/grants/reports/")
        asked.append(len(caught))

    assert asked[0] == asked[2] <= 12
