"""A report on paper, and files of it that the command line looks for."""

import json
from contextlib import suppress
from io import BytesIO

import pytest
import typer
from django.test import Client
from pypdf import PdfReader

from sinergia.base.files.adapters.store import the_store
from sinergia.grants.models import Grant, Report
from sinergia.people.models import Person
from sinergia.web.commands.check import check
from tests.arrange import a_leader, an_organisation
from tests.arrange_reports import a_payment, begun, entered, handed_in, ready, typed, under_way

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def paper(client: Client, report: Report) -> str:
    """Every word of a report's PDF on one line."""
    response = client.get(f"/grants/{report.grant.key}/reports/{report.key}/report.pdf")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(BytesIO(response.content)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).replace("\xa0", " ").split())


def test_the_paper_tells_the_agreement_facts_and_every_sum(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    report, version = handed_in(under_way(grant, operator), leader)
    client.force_login(leader)

    told = paper(client, report)

    for words in (
        "Report on period 1", "№ 1-26", grant.organisation.name, "Тёплый двор",
        "Обход дворов", "Обошли двенадцать дворов", "Рудный Лог", "people: 44",
        "Платёжное поручение № 17", "ООО «Уют»", "Аренда зала",
        "Жители обошли дворы и составили карту.",
    ):  # fmt: skip
        assert words in told, words
    for minor in ("60,000", "30,000", "90,000", "25,000", "35,000", "65,000"):
        assert minor in told, minor  # of each line and together: agreed, by this report, left
    assert f"version {version.version}" in told
    assert version.digest[:16] in told
    assert "Праздник двора" not in told  # of the next period


def test_before_it_is_handed_in_the_paper_says_so_and_no_stranger_takes_it(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)
    typed(report, leader, done="Обходим дворы")
    entered(report, leader, a_payment(1_50))
    client.force_login(leader)

    told = paper(client, report)

    assert "Not handed in." in told
    assert "checksum" not in told
    assert "1.50" in told
    client.force_login(a_leader("outsider", organisation=an_organisation("Чужие")))
    url = f"/grants/{report.grant.key}/reports/{report.key}/report.pdf"
    assert client.get(url).status_code == 404


def test_the_check_of_files_names_what_a_report_has_lost_and_leaves_with_1(
    grant: Grant, operator: Person, leader: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    report = ready(begun(under_way(grant, operator), leader), leader)
    picture = report.files.order_by("pk")[0].file
    order = report.spendings.get().file
    assert order is not None

    def files() -> tuple[str, str]:
        told = json.loads(capsys.readouterr().out)["facts"]
        (fact,) = [one for one in told if one["code"] == "files_whole"]
        return fact["state"], fact["value"]

    with suppress(typer.Exit):  # another part may be out of order here
        check(files=True, format="json")
    whole = files()
    for one in (picture, order):
        the_store().remove(one.place)
    with pytest.raises(typer.Exit) as left:
        check(files=True, format="json")
    state, named = files()

    assert whole == ("order", "all there")
    assert (left.value.exit_code, state) == (1, "broken")
    assert "missing or changed: 2" in named
    assert str(picture.key) in named
    assert str(order.key) in named
