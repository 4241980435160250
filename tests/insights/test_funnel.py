"""The way of a region's own contests: every number is its rows, and nothing hidden is in one."""

from datetime import timedelta

import pytest
from django.test import Client

from sinergia.applications.models import Application, Decision, Submission
from sinergia.base.errands.actions import run_due_errands
from sinergia.calls.models import Contest, Outcome
from sinergia.grants.models import Grant, JoinedAgain, Joiner, ProjectPage, Result, Role
from sinergia.insights.funnel.queries.counting import funnel_of, kept_funnel
from sinergia.insights.funnel.queries.rows import FunnelFilter, rows_of
from sinergia.insights.funnel.queries.steps import STEPS
from sinergia.insights.funnel.words.steps import by_contest, by_year, way_said
from sinergia.organisations.models import Centre, CentreStaff, Organisation
from sinergia.people.models import Person
from sinergia.places.models import Region
from sinergia.review.actions.publishing import write_some_outcomes
from sinergia.review.models import Publication
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_fund,
    a_leader,
    a_person,
    a_region,
    an_application,
    sign_in_twice,
)
from tests.arrange_grants import a_grant, a_report, award_of, in_two, signed
from tests.review.deciding import a_rated, published

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def region() -> Region:
    return a_region()


@pytest.fixture
def operator(region: Region) -> Person:
    return a_consultant(centre=a_centre(region=region))


@pytest.fixture
def contest(region: Region, operator: Person) -> Contest:
    """Three were registered, two admitted, one won, signed, reported and closed with results."""
    centre = operator_centre(operator)
    made = a_contest(centre=centre)
    row = a_rated("Победитель", "91", contest=made)
    a_rated("Прочий", "20", contest=made)
    an_application("26-1-99", call=made.call, region=region, outcome=Outcome.NOT_ADMITTED)
    published(made, operator)
    Contest.objects.filter(pk=made.pk).update(results_at=NOON)
    write_some_outcomes(Publication.objects.get(contest=made), past=0, now=NOON)
    grant = signed(in_two(a_grant(award_of(row.pk), operator=operator), operator), operator)
    a_report(grant.periods.order_by("number")[0])
    Grant.objects.filter(pk=grant.pk).update(stage="closed", closed_on=NOON.date())
    for place, reached in enumerate(("46", "19", "")):
        Result.objects.create(
            grant=grant,
            row=f"r{place}",
            what=f"Итог {place}",
            promised="40",
            reached=reached,
            at=NOON,
        )
    with_people(grant)
    return made


def with_people(grant: Grant) -> None:
    """Its page is open; one helps in two roles, somebody has only asked to."""
    ProjectPage.objects.create(grant=grant, promise="Обещаем", is_open=True, changed_at=NOON)
    first = Joiner()
    for place, name in enumerate(("Возить", "Кружок")):
        role = Role.objects.create(grant=grant, name=name)
        row = Joiner.objects.create(
            role=role, name="Саврасов Андрей", email="a@example.org", language="ru", asked_at=NOON,
            proven_at=NOON, queued_at=NOON, stage="confirmed",
        )  # fmt: skip
        if place:
            JoinedAgain.objects.create(joiner=row, of=first.key)
        first = row
    Joiner.objects.create(role=role, name="Борис", language="ru", asked_at=NOON)


def operator_centre(operator: Person) -> Centre:
    return CentreStaff.objects.get(person=operator).centre


def numbers(region: Region, **asked: str) -> dict[str, int]:
    return dict(funnel_of(region).narrowed(**asked).counts)


ALL = {
    "submitted": 3,
    "admitted": 2,
    "won": 1,
    "signed": 1,
    "reported": 1,
    "closed": 1,
    "results": 2,
    "people": 1,
}


def test_each_number_is_that_of_its_rows(client: Client, region: Region, contest: Contest) -> None:
    assert numbers(region) == ALL

    for one in way_said(region, funnel_of(region), FunnelFilter()):
        page = client.get(one.url)
        assert page.status_code == 200
        assert (page.context["total"], len(page.context["rows"])) == (int(one.text),) * 2
        step = page.context["step"]
        file = client.get(f"/regions/{region.code}/contests/{step.code}/export.csv").content
        assert len(file.decode("utf-8-sig").strip().splitlines()) == int(one.text) + 1


def test_years_and_contests_add_up_and_open_their_own_rows(
    client: Client, region: Region, contest: Contest, operator: Person
) -> None:
    other = a_contest(centre=operator_centre(operator), fund=a_fund("second"))
    type(other.call).objects.filter(pk=other.call.pk).update(contest_year=2025)
    an_application("25-1", call=other.call, region=region, outcome=Outcome.PENDING)
    Application.objects.filter(number="25-1").update(contest_year=2025)
    funnel = funnel_of(region)

    lines = [*by_year(region, funnel), *by_contest(region, funnel)]

    assert [one.cells[0].text for one in lines] == ["3", "1", "3", "1"]
    assert numbers(region)["submitted"] == 4
    assert numbers(region, year="2025")["submitted"] == 1
    for line in lines:
        for cell in line.cells:
            if cell.url:
                assert client.get(cell.url).context["total"] == int(cell.text)


def test_an_undecided_contest_tells_nothing_of_its_result(
    client: Client, region: Region, operator: Person
) -> None:
    held = a_contest(centre=operator_centre(operator))
    a_rated("Победитель", "91", contest=held)

    said = way_said(region, funnel_of(region), FunnelFilter())

    assert [one.text for one in said] == ["1", "1", *"——————"]
    page = client.get(f"/regions/{region.code}/contests/won/")
    assert (page.context["total"], page.context["rows"]) == (0, [])


def test_contests_for_practice_and_unannounced_ones_are_in_no_number(
    region: Region, contest: Contest
) -> None:
    Contest.objects.update(is_training=True)
    assert numbers(region) == dict.fromkeys(ALL, 0)
    Contest.objects.update(is_training=False, stage="set_up")
    assert numbers(region) == dict.fromkeys(ALL, 0)


def test_applications_elsewhere_and_of_other_regions_are_in_no_number(
    region: Region, contest: Contest
) -> None:
    an_application("F-1", region=region)
    an_application("26-1-77", region=a_region("XB-YAR", "Ярогорский край"), call=contest.call)

    assert numbers(region) == ALL


def test_results_of_a_grant_that_goes_on_are_told_to_nobody(
    client: Client, region: Region, contest: Contest
) -> None:
    Grant.objects.update(stage="under_way", closed_on=None)

    assert (numbers(region)["closed"], numbers(region)["results"]) == (0, 0)
    assert "Итог" not in client.get(f"/regions/{region.code}/contests/results/").content.decode()


def test_people_are_nobody_by_name_and_of_open_pages_alone(
    client: Client, region: Region, contest: Contest
) -> None:
    page = client.get(f"/regions/{region.code}/contests/people/").content.decode()
    assert "Возить" in page
    assert "аврасов" not in page

    ProjectPage.objects.update(is_open=False)

    assert numbers(region)["people"] == 0


def test_whoever_helps_in_two_contests_is_counted_in_each(
    region: Region, contest: Contest, operator: Person
) -> None:
    other = a_contest(centre=operator_centre(operator), fund=a_fund("second"))
    row = a_rated("Ещё один", "91", contest=other)
    published(other, operator)
    grant = signed(in_two(a_grant(award_of(row.pk), operator=operator), operator), operator)
    with_people(grant)
    known = Joiner.objects.order_by("pk")[0].key
    for one in Joiner.objects.filter(role__grant=grant, stage="confirmed"):
        JoinedAgain.objects.update_or_create(joiner=one, defaults={"of": known})

    told = funnel_of(region)

    assert [one.counts["people"] for one in told.contests] == [1, 1]
    assert told.counts["people"] == 2


def test_a_hidden_organisation_is_counted_and_never_named(
    client: Client, region: Region, contest: Contest
) -> None:
    won = Application.objects.get(outcome=Outcome.WON)
    assert won.organisation is not None
    Organisation.objects.filter(pk=won.organisation.pk).update(
        is_public=False, name="Тайное общество", short_name=""
    )

    def naming(person: Person | None) -> set[tuple[str, str]]:
        """On which pages and files the hidden one is named."""
        client.logout()
        if person is not None:
            sign_in_twice(client, person)
        pages = {(one.code, end) for one in STEPS for end in ("", "export.csv")}
        address = f"/regions/{region.code}/contests/"
        read = {(code, end): client.get(f"{address}{code}/{end}") for code, end in pages}
        return {one for one, page in read.items() if "Тайное общество" in page.content.decode()}

    elsewhere = a_centre("Чужой центр", region=a_region("XC-ZZZ", "Чужбина"))
    for stranger in (None, a_person("stranger"), a_consultant("viktor", centre=elsewhere)):
        assert naming(stranger) == set()
    assert {("won", ""), ("won", "export.csv")} <= naming(
        a_leader("own", organisation=won.organisation)
    )
    assert numbers(region)["won"] == 1


def test_what_is_kept_is_counted_anew_after_a_change(
    region: Region, contest: Contest, operator: Person
) -> None:
    run_due_errands(now=NOON + timedelta(minutes=1))
    before = kept_funnel(region)
    assert kept_funnel(region) is before

    row = a_rated("Ещё один", "70", contest=contest)
    Submission.objects.filter(pk=row.submission.pk).update(stage="admitted")
    a_contest(centre=operator_centre(operator), fund=a_fund("journalled"))

    assert kept_funnel(region).counts["submitted"] == before.counts["submitted"] + 1


def test_an_admission_that_may_be_taken_back_is_in_no_number(
    region: Region, contest: Contest, operator: Person
) -> None:
    before = numbers(region)["admitted"]
    row = a_rated("Ещё один", "70", contest=contest).submission
    Submission.objects.filter(pk=row.pk).update(stage="admitted")
    made = Decision.objects.create(
        submission=row, kind="admit", before="registered", by=operator.key, at=NOON,
        takes_effect_at=NOON,
    )  # fmt: skip

    untold = numbers(region)["admitted"]
    Decision.objects.filter(pk=made.pk).update(done_at=NOON)

    assert (untold, numbers(region)["admitted"]) == (before, before + 1)


def test_pages_ask_the_database_as_often_for_many_as_for_one(
    client: Client,
    region: Region,
    contest: Contest,
    operator: Person,
    django_assert_max_num_queries: object,
) -> None:
    for place in range(4):
        an_application(f"26-1-{place}", call=contest.call, region=region)
    for address in ("", "submitted/", "signed/", "results/?year=2026"):
        a_contest(centre=operator_centre(operator), fund=a_fund(f"f{address[:3]}"))  # count anew
        with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest's fixture
            client.get(f"/regions/{region.code}/contests/{address}")


def test_junk_in_an_address_means_nothing(client: Client, region: Region, contest: Contest) -> None:
    assert client.get("/regions/XX-NO/contests/").status_code == 404
    assert client.get(f"/regions/{region.code}/contests/money/").status_code == 404
    page = client.get(f"/regions/{region.code}/contests/won/?year=вчера&call=%00&after=x")
    assert page.context["total"] == rows_of(region, STEPS[2], FunnelFilter(), None).count() == 1


@pytest.mark.parametrize("query", ["year=2019", "call=7b1f9d4a-0b1e-4f27-9d3e-2a5a4f7c1d11"])
def test_what_is_asked_stays_chosen_where_nothing_is_found(
    client: Client, region: Region, contest: Contest, query: str
) -> None:
    name, _, value = query.partition("=")

    form = client.get(f"/regions/{region.code}/contests/?{query}").context["form"]

    assert f'value="{value}" selected' in str(form[name])
    assert not form.errors
