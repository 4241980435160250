"""While a report that came back is mended, the centre reads what was handed in last."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from sinergia.grants.actions.checking import add_remark, answer_remark, return_report
from sinergia.grants.actions.reporting import attach, take_off
from sinergia.grants.actions.spending import change_spending, remove_spending
from sinergia.grants.actions.submitting import submit_report
from sinergia.grants.models import Grant, Report
from sinergia.grants.queries.reports import whole_reports
from sinergia.people.models import Person
from tests.arrange import sign_in_twice
from tests.arrange_grants import PDF
from tests.arrange_reports import (
    WALK,
    a_paper,
    a_payment,
    a_picture,
    entered,
    handed_in,
    now,
    typed,
    under_way,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SOON = timezone.localdate() + timedelta(days=20)
HANDED_IN = ("Обошли двенадцать дворов", "№ 17", "25,000", "walk0.")
MENDED = ("СЕКРЕТНЫЙ ЧЕРНОВИК", "№ 99", "31,000", "secret.", "СЕКРЕТНЫЙ ОТВЕТ")


@pytest.fixture
def mended(grant: Grant, operator: Person, leader: Person) -> Report:
    """A report that came back with a remark; its people write anew whatever there is in it."""
    report, _version = handed_in(under_way(grant, operator), leader)
    report.spendings.update(what="аренда зала")
    remark = add_remark(report, "", "Мало", actor=operator, now=now())
    return_report(report, "Исправьте", SOON, version=1, actor=operator, now=now())
    back = whole_reports().get(pk=report.pk)
    typed(back, leader, events__aaaaaa__told=MENDED[0])
    first = back.files.order_by("pk")[0]
    take_off(first, actor=leader, now=now())
    picture = a_paper(leader, "secret.png", a_picture(10))
    attach(back, f"events/{WALK}", picture, "", actor=leader, now=now())
    entered(back, leader, a_payment(31_000_00, number="99"))
    answer_remark(remark, MENDED[4], actor=leader, now=now())
    return back


def texts(client: Client, report: Report, *pages: str) -> str:
    """Everything that some pages of a report say."""
    here = f"/grants/{report.grant.key}/reports/{report.key}/"
    answers = [client.get(f"{here}{one}") for one in pages]
    assert {one.status_code for one in answers} == {200}
    return "\n".join(one.content.decode().replace("\xa0", " ") for one in answers)


def papers(client: Client, report: Report) -> str:
    """Everything that its papers say: PDF, XLSX, names of files in the ZIP."""
    here = f"/grants/{report.grant.key}/reports/{report.key}/"
    pdf = PdfReader(BytesIO(client.get(f"{here}report.pdf").content))
    table = load_workbook(BytesIO(client.get(f"{here}payments.xlsx").content)).active
    assert table is not None
    packed = b"".join(client.get(f"{here}files.zip").streaming_content)  # type: ignore[attr-defined]  # it streams
    with ZipFile(BytesIO(packed)) as archive:
        names = archive.namelist()
    told = [one.extract_text() for one in pdf.pages]
    told += [f"№ {cell}" for row in table.iter_rows(values_only=True) for cell in row]
    return " ".join("\n".join([*told, *names]).replace("\xa0", " ").split())


def found(told: str, *words: str) -> list[str]:
    return [one for one in words if one in told]


def test_the_centre_reads_what_was_handed_in_and_nothing_of_what_is_being_written(
    client: Client, mended: Report, operator: Person
) -> None:
    sign_in_twice(client, operator)
    told = texts(client, mended, "", "read/", "check/", "versions/") + papers(client, mended)

    assert found(told, *HANDED_IN) == list(HANDED_IN)
    assert found(told, *MENDED) == []


def test_its_own_people_read_what_they_write(
    client: Client, mended: Report, leader: Person
) -> None:
    client.force_login(leader)
    told = texts(client, mended, "", "read/") + papers(client, mended)

    assert found(told, *MENDED) == list(MENDED)
    assert "walk0." not in told


def test_a_text_that_is_being_written_is_called_no_version(
    client: Client, mended: Report, leader: Person, operator: Person
) -> None:
    version = mended.versions.get()
    for reader, is_named in ((leader, False), (operator, True)):
        sign_in_twice(client, reader)
        page, paper = texts(client, mended, "read/"), papers(client, mended)
        assert (version.digest in page, version.digest[:16] in paper) == (is_named, is_named)


def test_files_open_as_they_were_handed_in(
    client: Client, mended: Report, operator: Person, leader: Person
) -> None:
    here = f"/grants/{mended.grant.key}/reports/{mended.key}"
    old, *_kept, new = mended.files.order_by("pk")
    first, second = mended.spendings.order_by("pk")
    urls = [f"{here}/files/{one.key}/" for one in (old, new)]
    urls += [f"{here}/payments/{one.key}/document/" for one in (first, second)]
    inside = Client()
    inside.force_login(leader)
    sign_in_twice(client, operator)

    assert [client.get(url).status_code for url in urls] == [200, 404, 200, 404]
    assert [inside.get(url).status_code for url in urls] == [404, 200, 200, 200]


def test_a_payment_that_was_changed_or_taken_out_is_shown_as_it_was(
    client: Client, mended: Report, operator: Person, leader: Person
) -> None:
    first, second = mended.spendings.order_by("pk")
    remove_spending(second, actor=leader, now=now())
    changed = a_payment(31_000_00, number="99")
    paper = a_paper(leader, "other.pdf", PDF + b"\n")
    change_spending(first, changed, paper, actor=leader, now=now())
    sign_in_twice(client, operator)
    told = texts(client, mended, "", "read/", "check/") + papers(client, mended)

    assert found(told, "order.pdf", *HANDED_IN) == ["order.pdf", *HANDED_IN]
    assert found(told, "other.pdf", *MENDED) == []
    remove_spending(first, actor=leader, now=now())
    assert found(texts(client, mended, "read/"), *HANDED_IN) == list(HANDED_IN)


def test_handed_in_again_the_centre_reads_the_new_one(
    client: Client, mended: Report, operator: Person, leader: Person
) -> None:
    submit_report(mended, actor=leader, now=now())
    sign_in_twice(client, operator)
    told = texts(client, mended, "", "read/", "check/")

    assert found(told, *MENDED) == list(MENDED)


def test_the_money_page_keeps_to_it_too(
    client: Client, mended: Report, operator: Person, leader: Person
) -> None:
    url = f"/grants/{mended.grant.key}/money/"
    told = {}
    for reader in (operator, leader):
        sign_in_twice(client, reader)
        client.cookies["django_language"] = "en"
        page = client.get(url).content.decode().replace("\xa0", " ")
        told[reader] = page.split('id="spent"')[1]

    assert found(told[operator], "№ 17", "№ 99", "25,000", "31,000", "Уют") == []
    assert "2 payments stand in reports that are being written or mended" in told[operator]
    assert found(told[leader], "№ 17", "№ 99", "31,000") == ["№ 17", "№ 99", "31,000"]
    assert "being written or mended" not in told[leader]
    Report.objects.filter(pk=mended.pk).update(stage="submitted")
    sign_in_twice(client, operator)
    assert "№ 99" in client.get(url).content.decode().replace("\xa0", " ")
