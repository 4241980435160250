"""Pages of grants: who sees which, what is pressed, how much the database is asked."""

import csv
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sinergia.calls.models import Contest
from sinergia.grants.models import Grant, Transfer
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.review.models import Award
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_region,
    an_application,
    an_organisation,
    sign_in_twice,
)
from tests.arrange_grants import (
    PDF,
    a_grant,
    an_award,
    elsewhere,
    fresh,
    signed,
)
from tests.review.deciding import a_rated, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
FORMS = ("csv", "xlsx")


@pytest.fixture
def inside(client: Client, operator: Person) -> Client:
    sign_in_twice(client, operator)
    return client


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def addresses(grant: Grant) -> list[str]:
    names = ("grant", "plan", "money", "periods", "agreement", "sign", "decline", "curator")
    return [reverse(f"grants:{name}", args=[grant.key]) for name in names]


def test_every_page_of_a_grant_opens_for_its_operator(inside: Client, grant: Grant) -> None:
    for url in addresses(grant):
        page(inside, url)
    for kind in ("paid", "returned"):
        page(inside, reverse("grants:transfer", args=[grant.key, kind]))
    page(inside, reverse("grants:transfer", args=[grant.key, "lost"]), 404)


def test_pages_of_a_grant_tell_strangers_nothing(
    client: Client, grant: Grant, leader: Person
) -> None:
    other = a_centre("Чужой", region=a_region("XB-YAR", "Ярогорский край"))
    strangers = [
        a_consultant("stranger", centre=other),
        a_leader("outsider", organisation=an_organisation("Чужие")),
    ]
    for person in strangers:
        sign_in_twice(client, person)
        for url in addresses(grant):
            told = page(client, url, 404)
            assert "Тёплый двор" not in told
            page(client, url.replace(str(grant.key), str(uuid4())), 404)
    sign_in_twice(client, leader)
    statuses = [client.get(url).status_code for url in addresses(grant)]
    assert statuses == [200, 200, 200, 403, 403, 403, 200, 403]


def test_awards_are_begun_one_by_one_and_all_at_once(
    inside: Client, contest: Contest, operator: Person
) -> None:
    an_award("Первый", contest=contest, operator=operator)
    url = reverse("grants:awaiting")
    assert "Первый" in page(inside, url)
    award = Award.objects.get()

    for _press in range(2):
        inside.post(url, {"award": str(award.key)})
    assert Grant.objects.count() == 1
    assert "Every award has its grant." in page(inside, url)


def test_a_grant_goes_from_its_conditions_to_the_last_tranche_through_pages_alone(
    inside: Client, grant: Grant, operator: Person
) -> None:
    for one in grant.conditions.all():
        url = reverse("grants:condition", args=[grant.key, one.key])
        assert inside.post(url, {"note": ""}).status_code == 422
        assert inside.post(url, {"note": "Видели"}).status_code == 302
    made = {"number": "1-26", "on": "2026-11-23", "head_signer": "директора Яровой"}
    assert inside.post(reverse("grants:agreement", args=[grant.key]), made).status_code == 302
    sign = reverse("grants:sign", args=[grant.key])
    assert 'value="1-26"' in page(inside, sign)
    assert inside.post(sign, {"number": "1-26", "on": "2026-11-23"}).status_code == 422
    scan = SimpleUploadedFile("agreement.pdf", PDF, "application/pdf")
    assert (
        inside.post(sign, {"number": "1-26", "on": "2026-11-23", "file": scan}).status_code == 302
    )
    assert fresh(grant).stage == "under_way"

    assert "90,000" in page(inside, reverse("grants:payments"))
    pay = reverse("grants:transfer", args=[grant.key, "paid"])
    order = {"period": "1", "number": "7", "on": "2026-11-24", "sum": "90000"}
    assert inside.post(pay, order | {"sum": "90000.01"}).status_code == 422
    assert inside.post(pay, order | {"sum": "90 000 USD"}).status_code == 422
    for _press in range(2):
        assert inside.post(pay, order).status_code == 302
    assert Transfer.objects.count() == 1
    told = page(inside, reverse("grants:money", args=[grant.key]))
    assert "№ 7" in told
    remove = reverse("grants:remove", args=[grant.key, Transfer.objects.get().key])
    assert inside.post(remove, {"why": ""}).status_code == 422
    assert inside.post(remove, {"why": "Не тот договор"}).status_code == 302
    assert "Не тот договор" in page(inside, reverse("grants:money", args=[grant.key]))


def test_periods_are_written_and_what_does_not_fit_is_told(inside: Client, grant: Grant) -> None:
    url = reverse("grants:periods", args=[grant.key])
    rows = [("2027-01-10", "2027-03-31", "2027-04-20", "60000")]
    rows += [("2027-04-01", "2027-06-30", "2027-07-20", "29000")]
    wrong = inside.post(url, sent(rows))
    assert wrong.status_code == 422
    assert "The tranches have to come to" in wrong.content.decode()
    rows[1] = (*rows[1][:3], "30000")

    assert inside.post(url, sent(rows)).status_code == 302
    assert list(grant.periods.values_list("tranche_minor", flat=True).order_by("number")) == [
        60_000_00,
        30_000_00,
    ]


def sent(rows: list[tuple[str, str, str, str]]) -> dict[str, str]:
    told = {"period-TOTAL_FORMS": str(len(rows)), "period-INITIAL_FORMS": "1"}
    for at, row in enumerate(rows):
        names = ("begins_on", "ends_on", "report_on", "tranche")
        told |= {f"period-{at}-{name}": value for name, value in zip(names, row, strict=True)}
    return told


def test_the_list_finds_sorts_counts_and_is_a_file(
    inside: Client, grant: Grant, operator: Person, centre: Centre
) -> None:
    signed(grant, operator)
    other = an_organisation("Старая верста")
    elsewhere(other, a_leader("elsewhere", organisation=other))
    url = reverse("grants:list")

    everything = page(inside, url)
    assert "All · 2" in everything
    assert "Under way · 1" in everything
    assert "Домашний маршрут" not in page(inside, f"{url}?stage=under_way")
    assert "Тёплый двор" not in page(inside, f"{url}?q=верста")
    for sort in ("organisation", "-sum", "sign_by", "ends"):
        page(inside, f"{url}?sort={sort}")
    for form in FORMS:
        assert inside.get(reverse("grants:export", args=[form])).status_code == 200
    page(inside, reverse("grants:export", args=["pdf"]), 404)
    page(inside, f"{url}?stage=junk&year=junk&curator=junk&after=junk&term=junk")


def test_lists_ask_as_often_for_three_grants_as_for_one(
    inside: Client, contest: Contest, operator: Person
) -> None:
    for title in ("Один", "Два", "Три"):
        a_rated(title, "90", contest=contest)
    published(contest, operator)
    awards = list(Award.objects.select_related("examination__contest"))
    asked: dict[str, set[int]] = {}
    for number, award in enumerate(awards):
        signed(a_grant(award, operator=operator), operator, f"{number}-26")
        for name in ("list", "payments", "awaiting"):
            with CaptureQueriesContext(
                connection,
            ) as caught:
                page(inside, reverse(f"grants:{name}"))
            if name != "awaiting" or number < 2:
                asked.setdefault(name, set()).add(len(caught))

    assert {name: len(counts) for name, counts in asked.items()} == {
        "list": 1,
        "payments": 1,
        "awaiting": 1,
    }
    assert max(max(counts) for counts in asked.values()) <= 13


def test_an_organisation_begins_signs_and_is_paid_a_grant_won_elsewhere(client: Client) -> None:
    organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    won = an_application(organisation=organisation, awarded_minor=512_400_00)
    client.force_login(leader)
    own = reverse("grants:own", args=[organisation.key])
    begin = reverse("grants:begin", args=[won.key])
    assert begin in page(client, own)
    assert 'value="512 400"' in page(client, begin)
    given = {"sum": "512 400", "begins_on": "2026-01-10", "ends_on": "2026-10-30"}
    assert client.post(begin, given | {"sum": "-1"}).status_code == 422
    unclear = client.post(begin, given | {"sum": "512,400"})
    assert (unclear.status_code, "12 345" in unclear.content.decode()) == (422, True)
    assert client.post(begin, given).status_code == 302
    grant = Grant.objects.get()
    correct = reverse("grants:correct", args=[grant.key])
    assert client.post(correct, given | {"ends_on": "2026-09-30"}).status_code == 302
    sign = reverse("grants:sign", args=[grant.key])
    assert client.post(sign, {"number": "25-1", "on": "2026-01-09"}).status_code == 302
    pay = reverse("grants:transfer", args=[grant.key, "paid"])
    order = {"period": "1", "number": "1", "on": "2026-01-20", "sum": "512400"}
    assert client.post(pay, order).status_code == 302

    assert "512,400" in page(client, own)
    files = {form: reverse("grants:own_export", args=[organisation.key, form]) for form in FORMS}
    assert all(address in page(client, own) for address in files.values())
    rows = list(csv.reader(page(client, files["csv"]).lstrip("\ufeff").splitlines()))
    assert [row[0] for row in rows[1:]] == [won.title]
    assert client.get(files["xlsx"]).status_code == 200
    page(client, reverse("grants:own_export", args=[organisation.key, "pdf"]), 404)
    assert fresh(grant).stage == "under_way"


def test_the_signed_file_may_be_left_out_of_what_was_won_elsewhere_alone(
    inside: Client, grant: Grant, operator: Person
) -> None:
    of_another = elsewhere(grant.organisation, operator)

    asked = [page(inside, reverse("grants:sign", args=[one.key])) for one in (grant, of_another)]

    assert ["(optional)" in one for one in asked] == [False, True]


def test_a_stranger_begins_nothing_elsewhere_and_a_form_stays_away_from_other_centres(
    client: Client, contest: Contest, operator: Person
) -> None:
    won = an_application(organisation=an_organisation())
    client.force_login(a_leader("outsider", organisation=an_organisation("Чужие")))
    page(client, reverse("grants:begin", args=[won.key]), 404)
    other = a_centre("Чужой", region=a_region("XB-YAR", "Ярогорский край"))
    sign_in_twice(client, a_consultant("stranger", centre=other))
    page(client, reverse("grants:template", args=[contest.call.key]), 404)
    page(client, reverse("grants:template_file", args=[contest.call.key]), 404)
    assert NOON is not None
