"""Many questions answered in one go: as many as were shown, past those that a rule refuses."""

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from sinergia.base.errands.actions import run_due_errands
from sinergia.notices.models import Notice
from sinergia.notices.words import said_by
from sinergia.organisations.actions import questions
from sinergia.organisations.models import Organisation, Question
from sinergia.organisations.queries.questions import QuestionFilter, alike, open_questions
from sinergia.people.models import Person
from tests.arrange import an_administrator
from tests.organisations.register_files import a_row, known_regions, load_rows, organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
Result = Question.Result


@pytest.fixture
def olga() -> Person:
    known_regions()
    return an_administrator()


def run_worker() -> None:
    run_due_errands(now=timezone.now() + timedelta(seconds=1))


def test_what_a_rule_refuses_is_counted_and_does_not_keep_the_rest_from_being_answered(
    tmp_path: Path, olga: Person, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(questions, "AT_ONCE", 2)
    places = range(1, 6)
    load_rows(tmp_path, *(a_row(place) for place in places), actor=olga)
    news = [a_row(place, registered_on="2020-02-01") for place in places]
    load_rows(tmp_path, *news, actor=olga, source="sites")
    (group,) = alike(olga, QuestionFilter())
    for place in (1, 2):
        Organisation.objects.filter(pk=organisation(place).pk).update(
            status="closed", closed_on=date(2019, 1, 1)
        )
    client.force_login(olga)
    client.cookies["django_language"] = "en"
    asked = {"code": group.code, "source": group.source, "field": group.field, "load": ""}

    pages = []
    for _ in range(2):
        sent = asked | {"result": Result.TAKEN}
        pages.append(client.post("/register/questions/alike/", sent, follow=True).text)
        run_worker()
        run_worker()

    told = ["2 cannot be answered so and wait", "The rest is being settled"]
    assert [[words in page for words in told] for page in pages] == [[True, True], [True, False]]
    waiting = open_questions(olga, QuestionFilter()).order_by("pk")
    assert [one.organisation for one in waiting] == [organisation(1), organisation(2)]


def test_what_the_worker_could_not_answer_is_told_with_the_reason(
    tmp_path: Path, olga: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "AT_ONCE", 2)
    places = range(1, 7)
    load_rows(tmp_path, *(a_row(place) for place in places), actor=olga)
    news = [a_row(place, registered_on="2020-02-01") for place in places]
    load_rows(tmp_path, *news, actor=olga, source="sites")
    (group,) = alike(olga, QuestionFilter())
    for place in (1, 3, 4):  # the first is told on the page
        Organisation.objects.filter(pk=organisation(place).pk).update(
            status="closed", closed_on=date(2019, 1, 1)
        )

    questions.settle_alike(group, Result.TAKEN, actor=olga, now=timezone.now())
    run_worker()
    run_worker()

    told = Notice.objects.get(person=olga, code="register.answers_refused")
    assert told.values == {"number": "2", "why": "closed_before_it_began"}
    assert told.url == "/register/questions/?kind=conflict"
    with override("en"):
        assert said_by(told).text.endswith(
            "wait still: 2. It cannot close before it was registered: check the date."
        )


def test_a_group_of_one_load_is_answered_for_that_load_alone(
    tmp_path: Path, olga: Person, client: Client
) -> None:
    load_rows(tmp_path, *(a_row(place) for place in range(1, 6)), actor=olga)
    for places in (range(1, 4), range(4, 6)):
        rows = [a_row(place, site=f"new{place}.example") for place in places]
        last = load_rows(tmp_path, *rows, actor=olga, source="sites")
    client.force_login(olga)
    load = str(last.key)
    page = client.get("/register/questions/", {"load": load}).text
    (link,) = re.findall(r'href="(/register/questions/alike/[^"]+)"', page)

    answer = client.get(unescape(link))
    asked = {"code": "conflict", "source": "sites", "field": "site", "load": load}
    client.post("/register/questions/alike/", asked | {"result": Result.TAKEN})

    (group,) = alike(olga, QuestionFilter())
    assert (answer.context["group"].number, group.number, group.load) == (2, 3, "")
    assert {one.organisation for one in open_questions(olga, QuestionFilter())} == {
        organisation(place) for place in range(1, 4)
    }
