"""Pages of an organisation's papers: who sees them, what they say, where they warn."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from sinergia.base.files.models import StoredFile, Upload
from sinergia.organisations.actions import telling
from sinergia.organisations.models import Organisation, Paper
from sinergia.organisations.queries.waiting import papers_ending, terms_ending
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_region,
    an_administrator,
    an_official,
    an_organisation,
)
from tests.base import sent_files as made
from tests.organisations.arrange_papers import (
    MAY,
    SECRETS,
    TODAY,
    a_paper,
    a_scanned_paper,
    a_secret_paper,
    content_of,
    file_of,
    queries_of,
)

pytestmark = [pytest.mark.both_in_full, pytest.mark.django_db]


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def steps(larisa: Person) -> Organisation:
    return an_organisation("Полтора шага")


@pytest.fixture
def tamara(steps: Organisation) -> Person:
    return a_leader("tamara", organisation=steps)


def errors_of(page: str) -> list[str]:
    """What stands at the fields."""
    lists = re.findall(r'<ul class="errors"[^>]*>(.*?)</ul>', page, re.DOTALL)
    return re.findall(r"</span> (.*?)</li>", "".join(lists), re.DOTALL)


def offered(page: str) -> str:
    found = re.search(r'name="file-sent" value="([^"]*)"', page)
    assert found
    return found[1]


def test_a_stranger_is_answered_as_if_the_paper_had_never_been(
    steps: Organisation, larisa: Person, tamara: Person
) -> None:
    paper = a_secret_paper(steps, larisa)
    away = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    strangers = [
        a_person("stranger"),
        a_leader("outsider", organisation=an_organisation("Чужие")),
        a_consultant("neighbour", centre=away),
        an_official(),
        an_administrator(),
    ]
    base = f"/organisations/{steps.key}/inside/papers"

    for stranger in strangers:
        client = Client()
        client.force_login(stranger)
        for rest in ("", "file/"):
            real, invented = answered(client, f"{base}/{paper.key}/{rest}", paper.key), uuid4()
            assert real == answered(client, f"{base}/{invented}/{rest}", invented), stranger
            assert real.startswith("404 <!doctype html>")
        assert client.post(f"{base}/{paper.key}/remove/").status_code == 404
        assert client.post(f"{base}/new/", {"kind": "charter"}).status_code == 404
    visitor = Client()
    answers = [visitor.get(f"{base}/{key}/file/") for key in (paper.key, uuid4())]
    assert [(one.status_code, one.content) for one in answers] == [(302, b"")] * 2
    for reader in (larisa, tamara):
        client = Client()
        client.force_login(reader)
        assert content_of(client, f"{base}/{paper.key}/file/") == made.a_pdf()


def answered(client: Client, address: str, key: UUID) -> str:
    """Status and page, without what each page has of its own: its address and its token."""
    response = client.get(address)
    page = response.content.decode().replace(str(key), "KEY")
    return f"{response.status_code} " + re.sub(
        r'(name="csrfmiddlewaretoken" value=)"\w+"', "", page
    )


def test_a_paper_is_found_under_its_own_organisation_alone(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    paper, other = a_scanned_paper(steps, larisa), an_organisation("Другие")
    plain = a_paper(other, larisa)
    client.force_login(larisa)

    answers = [
        client.get(f"/organisations/{one.key}/inside/papers/{row.key}/file/").status_code
        for one, row in ((other, paper), (other, plain), (steps, paper))
    ]

    assert answers == [404, 404, 200]


def test_nothing_of_a_paper_is_public(steps: Organisation, larisa: Person) -> None:
    a_secret_paper(steps, larisa)
    search = f"/search/?q={SECRETS[1]}"
    page, history = f"/organisations/{steps.key}/", f"/organisations/{steps.key}/inside/history/"
    lists = ["/organisations/", f"/organisations/?q={SECRETS[0]}", "/organisations/export.csv"]
    administrator, visitor, staff = Client(), Client(), Client()
    administrator.force_login(an_administrator())
    staff.force_login(larisa)

    for client in (visitor, administrator, staff):
        for address in (page, f"{page}glance/", search, *lists):
            told = said_by(client, address)
            assert [one for one in SECRETS if one in told and one not in address] == [], address
    assert [one for one in SECRETS if one in said_by(staff, history)] == [SECRETS[3]]
    inner = said_by(staff, f"{page}inside/")
    assert [one for one in SECRETS if one in inner] == [SECRETS[0], SECRETS[1], SECRETS[3]]


def said_by(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    if isinstance(response, StreamingHttpResponse):
        return response.getvalue().decode()
    return response.content.decode()


def test_the_page_says_how_long_each_paper_holds(
    steps: Organisation, larisa: Person, tamara: Person, client: Client
) -> None:
    today = timezone.localdate()
    for title, days in (("Первая", -1), ("Вторая", 0), ("Третья", 59), ("Пятая", 60)):
        a_paper(steps, tamara, title=title, ends_on=today + timedelta(days=days))
    a_scanned_paper(steps, larisa, kind="charter", number="12", issued_on=MAY)
    client.force_login(tamara)
    client.cookies["django_language"] = "en"

    page = client.get(f"/organisations/{steps.key}/inside/").content.decode()

    badges = re.findall(r"badge-(\w+)\">(?=holds|ends|ended)", page)
    assert badges == ["bad", "warn", "warn", "ok", "ok"]
    assert "Charter, №&nbsp;12, of 2\xa0May\xa02026</a>" in page
    assert "Download, 7\xa0bytes" in page
    assert f"Written by {larisa.name} of the centre; not confirmed." in page


def test_the_folder_asks_as_often_for_three_papers_as_for_one(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    client.force_login(tamara)
    address, counts = f"/organisations/{steps.key}/inside/", []

    for title in ("Первая", "Вторая", "Третья"):
        a_scanned_paper(steps, tamara, title=title)
        counts.append(queries_of(client, address))

    assert len(set(counts)) == 1


def test_an_empty_folder_says_what_it_is_for(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    client.force_login(tamara)
    client.cookies["django_language"] = "en"

    page = client.get(f"/organisations/{steps.key}/inside/").content.decode()

    assert "No paper is kept here." in page
    assert f"/organisations/{steps.key}/inside/papers/new/" in page


def test_a_paper_is_sent_with_a_form_mended_and_removed(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    client.force_login(tamara)
    base = f"/organisations/{steps.key}/inside/papers"
    sent = {"kind": "charter", "file": made.sent("Устав.pdf", made.a_pdf())}

    assert client.post(f"{base}/new/", sent).status_code == 302
    paper = Paper.objects.get()
    assert content_of(client, f"{base}/{paper.key}/file/") == made.a_pdf()
    shown = client.get(f"{base}/{paper.key}/").content.decode()
    assert "Устав.pdf" in shown
    better = made.sent("Устав с печатью.pdf", made.a_pdf(b"% stamp\n"))
    mended = {"kind": "charter", "number": "12", "file": better}
    assert client.post(f"{base}/{paper.key}/", mended).status_code == 302

    assert (file_of(paper).name, paper.number) == ("Устав с печатью.pdf", "12")
    assert client.post(f"{base}/{paper.key}/remove/").status_code == 302
    assert (Paper.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_when_another_field_is_refused_the_file_need_not_be_chosen_again(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    client.force_login(tamara)
    client.cookies["django_language"] = "en"
    address = f"/organisations/{steps.key}/inside/papers/new/"
    typed = {"kind": "attorney", "issued_on": "2026-05-02", "ends_on": "2026-05-01"}

    refused = client.post(address, typed | {"file": made.sent("a.pdf", made.a_pdf())})
    page = refused.content.decode()
    right = typed | {"ends_on": "2027-05-01", "file-sent": offered(page)}
    first, second = client.post(address, right), client.post(address, right)

    assert (refused.status_code, first.status_code, second.status_code) == (422, 302, 302)
    assert errors_of(page) == ["The paper ends before it is issued: mend one of the two dates."]
    assert "a.pdf" in page
    assert (Paper.objects.count(), file_of(Paper.objects.get()).name) == (1, "a.pdf")


def test_a_file_that_is_not_fit_is_refused_at_its_field(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    client.force_login(tamara)
    sent = {"kind": "charter", "file": made.sent("a.pdf", made.WINDOWS_PROGRAM)}

    answer = client.post(f"/organisations/{steps.key}/inside/papers/new/", sent)

    assert (answer.status_code, len(errors_of(answer.content.decode()))) == (422, 1)
    assert Paper.objects.count() == 0


def test_a_stranger_sends_no_file_before_being_told_that_there_is_nothing(
    steps: Organisation, client: Client
) -> None:
    client.force_login(a_person("stranger"))
    sent = {"kind": "charter", "file": made.sent("a.pdf", made.a_pdf())}

    answer = client.post(f"/organisations/{steps.key}/inside/papers/new/", sent)

    assert (answer.status_code, Upload.objects.count()) == (404, 0)


def test_the_page_of_terms_lists_papers_of_the_centres_regions(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    today = timezone.localdate()
    away = an_organisation("Далеко", region=a_region("XB-YAR", "Ярогорский край"))
    far = a_consultant("far", centre=a_centre("Центр Б", region=away.region))
    a_paper(steps, larisa, title="В банке", ends_on=today + timedelta(days=20))
    a_paper(steps, larisa, title="На почте", ends_on=today - timedelta(days=20))
    a_paper(away, far, title="Чужая", ends_on=today)
    client.force_login(larisa)
    client.cookies["django_language"] = "en"

    heads = client.get("/terms/").content.decode()
    page = client.get("/terms/?of=papers").content.decode()

    assert ("Papers: 2" in heads, "В банке" in heads, "Heads: 0" in page) == (True, False, True)
    assert re.findall(r"Power of attorney: ([^<]*)<", page) == ["На почте", "В банке"]
    assert re.findall(r"badge-(bad|warn)", page) == ["bad", "warn"]
    assert f"/organisations/{steps.key}/inside/#papers" in page
    assert client.get("/desk/").content.decode().count('href="/terms/?of=papers"') == 1


def test_the_page_of_terms_asks_as_often_for_three_papers_as_for_one(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    client.force_login(larisa)
    client.get("/terms/")
    counts = []

    for title in ("Первая", "Вторая", "Третья"):
        a_paper(steps, larisa, title=title, ends_on=TODAY)
        counts.append(queries_of(client, "/terms/?of=papers"))

    assert len(set(counts)) == 1


def test_the_next_page_of_papers_is_of_papers(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    client.force_login(larisa)
    for number in range(26):
        a_paper(steps, larisa, title=f"Бумага {number}", ends_on=TODAY)

    first = client.get("/terms/?of=papers").content.decode()
    following = re.search(r'rel="next"\s+href="([^"]+)"', first)

    assert following is not None
    second = client.get(f"/terms/{unescape(following[1])}").content.decode()
    shown = [len(set(re.findall(r"Бумага \d+", page))) for page in (first, second)]
    assert shown == [25, 1]
    assert "26" in (re.search(r'class="pager-count">(.*?)</p>', first, re.DOTALL) or "")[1]


def test_one_organisation_waits_for_one_head_and_a_closed_one_for_none(
    steps: Organisation, larisa: Person
) -> None:
    today, closed = NOON.date(), an_organisation("Закрытая")
    Organisation.objects.filter(pk=closed.pk).update(status="closed")
    for organisation in (steps, closed):
        for name, days in (("Первая", -900), ("Вторая", -500), ("Третья", -9), ("Она", -9)):
            term = {"name": name, "until": today + timedelta(days=days)}
            telling.write_head(organisation, term, actor=larisa, now=NOON)
        a_paper(organisation, larisa, ends_on=today - timedelta(days=900))
        a_paper(organisation, larisa, number="2", ends_on=today - timedelta(days=9))

    everybody = Organisation.objects.all()
    heads, papers = terms_ending(everybody, today=today), papers_ending(everybody, today=today)

    assert [(head.organisation, head.name) for head in heads] == [(steps, "Она")]
    assert [(paper.organisation, paper.number) for paper in papers] == [(steps, "2")]


def test_its_people_are_told_of_what_ends_where_they_act_and_nobody_else_is(
    steps: Organisation, larisa: Person, tamara: Person, client: Client
) -> None:
    today = timezone.localdate()
    a_paper(steps, tamara, ends_on=today)
    telling.write_head(steps, {"name": "Яровая", "until": today}, actor=tamara, now=NOON)
    outsider = a_leader("outsider", organisation=an_organisation("Чужие"))
    inside = f"/organisations/{steps.key}/inside/"

    linked = []
    for reader in (tamara, a_leader("e", organisation=steps, role="editor"), outsider):
        client.force_login(reader)
        page = client.get("/desk/").content.decode()
        linked.append([f"{inside}#{part}" in page for part in ("heads", "papers")])

    assert linked == [[True, True], [True, True], [False, False]]
