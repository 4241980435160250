"""Pages of changes and of the closing: written as one types, sent, answered, on paper."""

import json
from collections import Counter
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from sinergia.base.files.adapters.store import the_store
from sinergia.grants.actions.changes import answer_change, send_change
from sinergia.grants.models import Change, Grant, GrantPaper
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.practices.models import Practice
from tests.arrange import NOON, a_consultant, sign_in_twice
from tests.arrange_changes import a_change, again, consented, even, sent, written
from tests.arrange_grants import PDF, fresh, signed
from tests.grants.test_changes import SMALL, TWO_LINES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def under_way(grant: Grant, operator: Person) -> Grant:
    return signed(grant, operator)


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def at(name: str, change: Change, *more: str) -> str:
    return reverse(f"grants:{name}", args=[change.grant.key, change.key, *more])


def seen_at(told: str) -> str:
    """Which sending a page of an answer shows."""
    return unescape(told.partition('name="seen" value="')[2].partition('"')[0])


def words_of(paper: GrantPaper) -> str:
    assert paper.made is not None
    content = b"".join(the_store().pieces(paper.made.place, start=0, length=paper.made.size))
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_page_counts_its_figures_and_reads_its_rules_once(
    client: Client, under_way: Grant, leader: Person, operator: Person
) -> None:
    row = sent(a_change(under_way, leader, {"results/aaaaaa/number": "110"}), leader)
    sign_in_twice(client, operator)

    asked = {}
    for name, url in (
        ("change", at("change", row)),
        ("closing", reverse("grants:closing", args=[under_way.key])),
    ):
        with CaptureQueriesContext(connection) as caught:
            page(client, url)
        counts = Counter(one["sql"] for one in caught)
        asked[name] = {
            sql.partition('FROM "')[2].partition('"')[0]: number
            for sql, number in counts.items()
            if number > 1 and "organisations_membership" not in sql  # access asks by itself
        }

    assert asked == {"change": {"calls_contestrules": 2}, "closing": {"grants_plan": 2}}


def test_a_change_goes_from_the_first_word_to_the_signed_paper(
    client: Client, under_way: Grant, leader: Person, operator: Person
) -> None:
    sign_in_twice(client, leader)
    begun = client.post(reverse("grants:begin_change", args=[under_way.key]), follow=True)
    assert "Nothing differs" in begun.content.decode()
    row = again(Change.objects.get())
    for section in ("plan", "budget", "aims", "people", "about"):
        page(client, at("change_section", row, section))
    page(client, at("change_section", row, "questions"), 404)
    saved = client.post(
        at("change_save", row), {"path": "lines/aaaaaa/granted", "text": "80000", "base": "0"}
    ).json()
    assert saved["sums"]["whole"][2] == "RUB\u00a010,000"
    typed = {path: text for path, text in TWO_LINES.items() if "bbbbbb" in path}
    versions = json.dumps({"lines/aaaaaa/granted": 1})
    client.post(at("change_section", row, "budget"), typed | {"versions": versions, "go": "on"})
    told = page(client, at("change", row))
    assert "consent is needed" in told
    assert "11 % of the article" in told
    client.post(at("send_change", row), {"why": "Бумага подорожала"})

    sign_in_twice(client, operator)
    assert "waits for your answer" in page(client, reverse("grants:grant", args=[under_way.key]))
    assert "Тёплый двор" in page(client, reverse("grants:all_changes") + "?stage=sent&q=тёплый")
    for verdict in ("accept", "return", "refuse"):
        page(client, at("answer_change", row, verdict))
    page(client, at("answer_change", row, "lose"), 404)
    seen = seen_at(page(client, at("answer_change", row, "accept")))
    typed = {"words": "Да", "seen": seen}
    answered = client.post(at("answer_change", row, "accept"), typed, follow=True)
    assert "in force" in answered.content.decode().lower()
    late = client.post(at("answer_change", row, "return"), {"words": "Нет", "seen": seen})
    assert late.status_code == 422
    assert "This is what became of the request." in late.content.decode()
    compared = page(client, reverse("grants:compare", args=[under_way.key]))
    assert "the grant pays" in compared
    page(client, reverse("grants:compare", args=[under_way.key]) + "?from=7", 404)
    assert "Version 2" in page(client, reverse("grants:changes", args=[under_way.key]))


def test_who_opened_what_was_sent_before_consents_to_nothing_they_have_not_read(
    client: Client, under_way: Grant, leader: Person, operator: Person, centre: Centre
) -> None:
    row = sent(a_change(under_way, leader, TWO_LINES), leader)
    sign_in_twice(client, a_consultant("second", centre=centre))
    url = at("answer_change", row, "accept")
    old = seen_at(page(client, url))
    answer_change(row, "return", "Опишите бумагу", actor=operator, now=NOON)
    written(again(row), leader, {"lines/bbbbbb/comment": "Сто пачек"})
    later = NOON + timedelta(hours=1, microseconds=7)
    send_change(again(row), "Описали", actor=leader, now=later)

    answered = client.post(url, {"words": "Согласны", "seen": old})

    told = answered.content.decode()
    assert (answered.status_code, again(row).stage) == (422, "sent")
    assert "sent the request anew" in told
    assert "Согласны</textarea>" in told
    assert "Сто пачек" in told
    client.post(url, {"words": "Согласны", "seen": seen_at(told)})
    assert again(row).stage == "accepted"


def test_the_supplementary_agreement_is_made_and_put_here_signed(
    client: Client, under_way: Grant, leader: Person, operator: Person
) -> None:
    row = consented(under_way, leader, operator, TWO_LINES)
    sign_in_twice(client, operator)
    client.post(at("supplement", row), {"number": "1", "city": "Кленовск"})
    paper = GrantPaper.objects.get(kind="supplement")
    said = words_of(paper)
    assert "Зал закрыт на ремонт" in said
    assert "80,000" in said.replace("\u00a0", "")
    scan = SimpleUploadedFile("s.pdf", PDF, content_type="application/pdf")
    client.post(at("supplement_signed", row), {"file": scan})
    paper.refresh_from_db()
    assert paper.signed is not None
    page(client, at("supplement", row))


def test_what_is_against_a_change_stands_at_its_line(
    client: Client, under_way: Grant, leader: Person
) -> None:
    row = a_change(under_way, leader, TWO_LINES | {"lines/bbbbbb/price": "99999"})
    sign_in_twice(client, leader)
    told = page(client, at("change_section", row, "budget"))
    assert "The grant would pay" in told
    answer = client.post(at("send_change", row), {"why": "Так надо"})
    assert answer.status_code == 422
    assert Change.objects.get().stage == "draft"
    fixed = client.post(at("change_save", row), {"path": "title", "text": "Иное", "base": "0"})
    assert fixed.status_code == 422


def test_two_who_write_at_once_see_one_another(
    client: Client, under_way: Grant, leader: Person
) -> None:
    row = a_change(under_way, leader, {"team/aaaaaa/name": "Сидорова"})
    sign_in_twice(client, leader)
    late = {"path": "team/aaaaaa/name", "text": "Петрова", "base": "1"}
    answer = client.post(at("change_save", row), late)
    assert (answer.status_code, answer.json()["text"]) == (409, "Сидорова")
    sections = client.post(
        at("change_section", row, "people"),
        {"team/aaaaaa/name": "Петрова", "versions": json.dumps({"team/aaaaaa/name": 1})},
    )
    assert sections.status_code == 409
    moved = client.post(at("change_move", row), {"move": "team/aaaaaa/up"})
    assert moved.json()["rows"] == ["aaaaaa"]
    client.post(at("change_take_out", row), {"row": "team/aaaaaa"})
    assert Change.objects.get().texts.get(path="team/aaaaaa/name").value == ""


def test_a_request_is_taken_back_by_its_people(
    client: Client, under_way: Grant, leader: Person
) -> None:
    row = a_change(under_way, leader)
    sign_in_twice(client, leader)
    page(client, at("take_change_back", row))
    client.post(at("take_change_back", row))
    assert Change.objects.get().stage == "taken_back"
    assert client.get(at("change_section", row, "plan")).status_code == 302


def test_a_draft_is_no_page_for_the_centre(
    client: Client, under_way: Grant, leader: Person, operator: Person
) -> None:
    row = a_change(under_way, leader)
    sign_in_twice(client, operator)
    page(client, at("change", row), 404)
    assert "№ 1" not in page(client, reverse("grants:changes", args=[under_way.key]))


def test_the_list_of_changes_asks_as_often_for_three_as_for_one(
    client: Client, under_way: Grant, leader: Person, operator: Person
) -> None:
    url = reverse("grants:all_changes")
    sign_in_twice(client, operator)
    assert "Nobody has asked" in page(client, url)
    sent(a_change(under_way, leader, SMALL), leader)
    page(client, url)
    with CaptureQueriesContext(connection) as one:
        page(client, url)
    for number in ("110", "105"):
        consented(under_way, leader, operator, {"results/aaaaaa/number": number})
    with CaptureQueriesContext(connection) as three:
        page(client, url)
    assert len(one) == len(three)
    assert "No request fits" in page(client, f"{url}?kind=notice&q=ничего")


def test_a_grant_is_closed_and_made_a_practice_of(
    client: Client, under_way: Grant, leader: Person, operator: Person
) -> None:
    url = reverse("grants:closing", args=[under_way.key])
    sign_in_twice(client, operator)
    assert "The final report is not accepted" in page(client, url)
    assert client.post(url, {"grade": "well"}).status_code == 422
    even(fresh(under_way), operator)
    told = page(client, url)
    assert "Списки на 134 человека" in told
    client.post(url, {"grade": "well", "words": "Хорошо сделано"})
    assert fresh(under_way).stage == "closed"
    client.post(
        reverse("grants:letter", args=[under_way.key]), {"number": "12", "signer": "Дорохова"}
    )
    client.post(reverse("grants:account", args=[under_way.key]), {"number": "3", "head": "Петров"})
    account = words_of(GrantPaper.objects.get(kind="account"))
    assert "Final account of a grant № 3" in account
    assert "____________ Петров" in account
    said = words_of(GrantPaper.objects.get(kind="letter"))
    assert "Хорошо сделано" in said
    assert "134" in said
    pdf = client.get(reverse("grants:letter_file", args=[under_way.key]))
    assert pdf.content.startswith(b"%PDF")

    sign_in_twice(client, leader)
    assert "Tell it as a practice" in page(client, reverse("grants:grant", args=[under_way.key]))
    assert client.post(url, {"grade": "well"}).status_code == 403
    for _press in range(2):
        answer = client.post(reverse("grants:practice", args=[under_way.key]))
    made = Practice.objects.get()
    assert answer["Location"] == reverse("practices:section", args=[made.key, "card"])
    assert made.title in page(client, url)
    sign_in_twice(client, operator)
    client.post(reverse("grants:reopen_grant", args=[under_way.key]), {"why": "Ошибка"})
    assert fresh(under_way).stage == "under_way"
    page(client, reverse("grants:letter_file", args=[under_way.key]), 404)


def test_what_cannot_be_is_not_called_a_small_change(
    client: Client, under_way: Grant, leader: Person
) -> None:
    row = a_change(under_way, leader, SMALL)
    client.force_login(leader)
    assert "a notice is enough" in page(client, at("change", row))

    written(
        again(row), leader, {"lines/aaaaaa/price": "9000000", "lines/aaaaaa/granted": "9000000"}
    )

    told = page(client, at("change", row))
    assert "This stands against it" in told
    assert "a notice is enough" not in told
