"""What is asked about a contest, and what everybody may read of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.journal.models import Entry
from sinergia.base.letters.models import Letter
from sinergia.calls.actions.questions import (
    LONGEST_QUESTION,
    MOST_A_DAY,
    Published,
    answer_question,
    ask_question,
    hide_question,
)
from sinergia.calls.models import Contest, ContestQuestion
from sinergia.calls.queries.questions import answered, asked_in, own_questions, waiting_at
from sinergia.engine.refusal import Refused
from sinergia.notices.actions import choose
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_contest, a_person, a_region

pytestmark = [pytest.mark.both, pytest.mark.django_db]

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def contest(centre: Centre) -> Contest:
    made = a_contest(centre=centre)
    made.closes_at = NOON + timedelta(days=20_000)  # pages go by the clock on the wall
    made.save()
    return made


@pytest.fixture
def anna() -> Person:
    return a_person("anna")


@pytest.fixture
def larisa(centre: Centre) -> Person:
    return a_consultant("larisa", centre=centre)


def asked(contest: Contest, person: Person, text: str = "Можно ли купить чай?") -> ContestQuestion:
    return ask_question(contest, text, actor=person, now=NOON)


def published(
    question: ContestQuestion,
    person: Person,
    answer: str = "Можно.",
    wording: str = "Можно ли купить чай?",
    seen: int = 0,
) -> ContestQuestion:
    given = Published(wording, answer, seen)
    return answer_question(question, given, actor=person, now=NOON)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(gap.code, gap.path) for gap in refusal.value.gaps]


def verbs() -> list[str]:
    rows = Entry.objects.filter(about_kind="calls.contestquestion").order_by("pk")
    return list(rows.values_list("verb", flat=True))


def told(person: Person) -> list[tuple[str, object]]:
    rows = Notice.objects.filter(person=person).order_by("pk")
    return [(one.code, one.values.get("answer") or one.values.get("reason")) for one in rows]


def test_a_question_pressed_twice_is_asked_once(contest: Contest, anna: Person) -> None:
    first = asked(contest, anna, " Можно ли\r\nкупить\x00 чай? ")
    second = asked(contest, anna, "Можно ли\nкупить чай?")

    assert first == second
    assert [one.asked for one in contest.questions.all()] == ["Можно ли\nкупить чай?"]
    assert verbs() == ["contest.question_asked"]


def test_a_question_has_its_limits(contest: Contest, anna: Person) -> None:
    with pytest.raises(Refused) as nothing:
        asked(contest, anna, " \n\x00 ")
    with pytest.raises(Refused) as long:
        asked(contest, anna, "я" * (LONGEST_QUESTION + 1))
    asked(contest, anna, "\r\n".join("я" * (LONGEST_QUESTION // 2)))  # a line break counts as one

    assert codes(nothing) == [("question.empty", "question")]
    assert codes(long) == [("question.too_long", "question")]
    assert contest.questions.count() == 1


def test_nobody_asks_more_than_so_often_a_day(contest: Contest, anna: Person) -> None:
    for number in range(MOST_A_DAY):
        asked(contest, anna, f"Вопрос {number}")
    with pytest.raises(Refused) as often:
        asked(contest, anna, "Ещё один")
    asked(contest, a_person("boris"), "Ещё один")
    ask_question(contest, "Ещё один", actor=anna, now=NOON + timedelta(days=1))

    assert codes(often) == [("question.too_many", "question")]
    assert contest.questions.count() == MOST_A_DAY + 2


@pytest.mark.parametrize(
    ("stage", "is_training", "late"),
    [("set_up", False, 0), ("closed", False, 0), ("open", True, 0), ("open", False, 1)],
)
def test_questions_are_taken_from_the_announcement_to_the_last_moment_of_the_intake(
    contest: Contest, anna: Person, stage: str, is_training: bool, late: int
) -> None:
    moment = contest.closes_at
    assert moment is not None
    Contest.objects.update(stage=stage, is_training=is_training)
    with pytest.raises(Refused) as refused:
        ask_question(contest, "А?", actor=anna, now=moment + timedelta(microseconds=late))
    Contest.objects.update(stage="announced", is_training=False)
    ask_question(contest, "А?", actor=anna, now=moment)

    assert codes(refused) == [("question.closed", "")]
    assert contest.questions.count() == 1


def test_an_answer_is_published_and_whoever_asked_is_told(
    contest: Contest, centre: Centre, anna: Person, larisa: Person
) -> None:
    question = asked(contest, anna, "Я, Анна Петрова, хочу купить чай. Можно?")
    assert list(waiting_at(centre)) == [question]

    for _press in range(2):
        published(question, larisa)

    shown = answered(contest, "КУПИТЬ ЧАЙ").get()
    assert (shown.wording, shown.answer, shown.answered_at) == (
        "Можно ли купить чай?",
        "Можно.",
        NOON,
    )
    assert shown.corrected_at is None
    assert told(anna) == [("calls.question_answered", "Можно.")]
    assert verbs() == ["contest.question_asked", "contest.question_answered"]
    assert not waiting_at(centre).exists()


def test_a_corrected_answer_keeps_what_stood_before(
    contest: Contest, anna: Person, larisa: Person
) -> None:
    question = published(asked(contest, anna), larisa, "Можно.")
    later = NOON + timedelta(days=2)
    given = Published("Можно ли купить чай?", "Нельзя.", seen=1)

    answer_question(question, given, actor=larisa, now=later)

    shown = answered(contest).get()
    assert (shown.answer, shown.answered_at, shown.corrected_at) == ("Нельзя.", NOON, later)
    assert [(one.answer, one.replaced_by) for one in shown.former.all()] == [("Можно.", larisa.key)]
    assert not answered(contest, "можно.").exists()
    assert told(anna) == [
        ("calls.question_answered", "Можно."),
        ("calls.answer_corrected", "Нельзя."),
    ]
    assert verbs()[-1] == "contest.answer_corrected"


def test_of_two_who_answer_at_once_the_second_sees_what_the_first_published(
    contest: Contest, anna: Person, larisa: Person, centre: Centre
) -> None:
    question = asked(contest, anna)
    published(question, larisa)

    with pytest.raises(Refused) as second:
        published(question, a_consultant("vera", centre=centre), "Нет.")
    with pytest.raises(Refused) as hidden:
        hide_question(question, "Повтор", seen=0, actor=larisa, now=NOON)

    assert codes(second) == codes(hidden) == [("question.meanwhile", "")]
    assert answered(contest).get().answer == "Можно."


def test_a_hidden_question_is_told_why_and_nobody_else_sees_it(
    contest: Contest, anna: Person, larisa: Person
) -> None:
    question = published(asked(contest, anna), larisa)
    for _press in range(2):
        hide_question(question, "Уже есть в правилах.", seen=1, actor=larisa, now=NOON)
    with pytest.raises(Refused) as silent:
        hide_question(question, " ", seen=2, actor=larisa, now=NOON)

    assert not answered(contest).exists()
    assert list(asked_in(contest, "hidden")) == [question] == list(own_questions(anna, contest))
    assert told(anna)[1:] == [("calls.question_hidden", "Уже есть в правилах.")]
    assert codes(silent) == [("question.empty", "reason")]
    assert verbs()[-1] == "contest.question_hidden"

    published(question, larisa, seen=2)

    assert answered(contest).get().corrected_at is None


def test_who_does_not_work_at_the_centre_answers_nothing(
    contest: Contest, anna: Person, larisa: Person
) -> None:
    question = asked(contest, anna)
    stranger = a_consultant("egor", centre=a_centre("Другой", region=a_region("XB-YAR", "Край")))

    for person in (anna, stranger):
        with pytest.raises(PermissionDenied):
            published(question, person)
        with pytest.raises(PermissionDenied):
            hide_question(question, "Нет", seen=0, actor=person, now=NOON)


@pytest.mark.parametrize("changed", [{"answered_at": NOON}, {"hidden_at": NOON}, {"answer": "Да"}])
def test_the_database_itself_keeps_a_question_whole(
    contest: Contest, anna: Person, changed: dict[str, object]
) -> None:
    question = asked(contest, anna)

    with pytest.raises(IntegrityError), transaction.atomic():
        ContestQuestion.objects.filter(pk=question.pk).update(**changed)


def test_the_public_page_shows_answers_alone_and_never_who_asked(
    contest: Contest, anna: Person, larisa: Person, client: Client
) -> None:
    anna.name = "Анна Петрова"
    anna.save()
    published(asked(contest, anna, "Первый <b>вопрос</b>"), larisa, "Ответ <script>", "Вопрос <i>")
    asked(contest, anna, "Второй, без ответа")
    hidden = asked(contest, anna, "Третий, скрытый")
    published(hidden, larisa, "Ответ третий", "Третий, скрытый")
    hide_question(hidden, "Причина скрытия", seen=1, actor=larisa, now=NOON)
    page = f"/calls/{contest.call.key}/"

    everybody = client.get(page, headers=ENGLISH).content.decode()
    found = client.get(page, {"q": "скрытый"}, headers=ENGLISH).content.decode()
    client.force_login(anna)
    own = client.get(page, headers=ENGLISH).content.decode()

    assert "Ответ &lt;script&gt;" in everybody
    assert "Вопрос &lt;i&gt;" in everybody
    assert 'Questions and answers <span class="small">1</span>' in everybody
    for private in ("Петрова", "anna@", "Первый", "Второй", "Третий", "Причина", "третий"):
        assert private not in everybody
    assert "Nothing like this was answered." in found
    assert all(one in own for one in ("Второй, без ответа", "Третий, скрытый", "Причина скрытия"))


def test_thirty_answers_are_found_and_paged_with_few_queries(
    contest: Contest, anna: Person, larisa: Person, client: Client
) -> None:
    for number in range(30):
        who = a_person(f"asker{number}")
        published(asked(contest, who, f"Вопрос {number}"), larisa, f"Ответ {number}", "Вопрос")
    page = f"/calls/{contest.call.key}/"
    client.force_login(anna)

    with CaptureQueriesContext(connection) as queries:
        first = client.get(page, headers=ENGLISH).content.decode()
    one = client.get(page, {"q": "ответ 17"}, headers=ENGLISH).content.decode()

    assert len(queries) <= 12
    assert first.count('class="answered"') == 10
    assert "#questions-title" in first.split('rel="next"')[1][:200]
    assert one.count('class="answered"') == 1


def test_a_question_goes_from_the_page_to_its_answer(
    contest: Contest, anna: Person, larisa: Person, client: Client
) -> None:
    page = f"/calls/{contest.call.key}/"
    visitor = client.get(f"{page}ask/")
    client.force_login(anna)
    form = client.get(page, headers=ENGLISH).content.decode()
    empty = client.post(f"{page}ask/", {"question": " "}, headers=ENGLISH)
    sent = client.post(f"{page}ask/", {"question": "Когда итоги?"}, headers=ENGLISH, follow=True)
    client.force_login(larisa)
    inside = client.get(f"{page}inside/", headers=ENGLISH).content.decode()
    waiting = client.get(f"{page}asked/", headers=ENGLISH).content.decode()
    question = contest.questions.get()
    published_by_page = client.post(
        f"{page}asked/{question.key}/",
        {"wording": "Когда итоги?", "answer": "В январе.", "seen": "0"},
    )

    assert (visitor.status_code, visitor["Location"][:9]) == (302, "/sign-in/")
    assert f'action="{page}ask/"' in form
    assert empty.status_code == 422
    assert "it waits for an answer" in sent.content.decode()
    assert "Questions without an answer: 1" in inside
    assert "Когда итоги?" in waiting
    assert (published_by_page.status_code, answered(contest).count()) == (302, 1)


def test_pressed_once_more_an_answer_takes_the_place_of_the_one_that_came_first(
    contest: Contest, anna: Person, larisa: Person, client: Client
) -> None:
    question = published(asked(contest, anna), larisa, "Первый ответ")
    client.force_login(larisa)
    address = f"/calls/{contest.call.key}/asked/{question.key}/"
    typed = {"wording": "Чай?", "answer": "Второй ответ", "seen": "0"}

    refused = client.post(address, typed, headers=ENGLISH)
    text = refused.content.decode()

    assert refused.status_code == 422
    assert "Первый ответ" in text
    assert "Второй ответ" in text
    assert '<input type="hidden" name="seen" value="1"' in text


def test_a_contest_that_is_not_public_takes_no_questions(
    contest: Contest, anna: Person, client: Client
) -> None:
    client.force_login(anna)
    Contest.objects.update(stage="set_up")

    hidden = client.post(f"/calls/{contest.call.key}/ask/", {"question": "А?"})
    missing = client.post(f"/calls/{uuid4()}/ask/", {"question": "А?"})

    assert (hidden.status_code, missing.status_code) == (404, 404)


def waiting_words(person: Person) -> list[tuple[str, bool]]:
    rows = Notice.objects.filter(person=person, code="calls.question_waits").order_by("pk")
    return [(one.url, one.is_unseen) for one in rows]


def test_of_several_questions_the_people_of_the_centre_are_told_once(
    contest: Contest, anna: Person, larisa: Person
) -> None:
    choose(larisa, {"email": "at_once"}, now=NOON)
    ask_question(contest, "От центра", actor=larisa, now=NOON - timedelta(minutes=1))
    for number in range(3):
        asked(contest, anna, f"Вопрос {number}")
    ask_question(contest, "Назавтра", actor=anna, now=NOON + timedelta(days=1))

    run_due_errands(now=NOON + timedelta(minutes=1))

    page = f"/calls/{contest.call.key}/asked/"
    assert waiting_words(larisa) == [(page, True), (page, True)]
    assert Letter.objects.filter(to=larisa.email).count() == 1


def test_where_nothing_waits_any_more_no_word_of_it_is_left(
    contest: Contest, anna: Person, larisa: Person
) -> None:
    first, second = asked(contest, anna, "Раз"), asked(contest, anna, "Два")
    published(first, larisa)
    between = waiting_words(larisa)
    hide_question(second, "Не о том", seen=0, actor=larisa, now=NOON)
    after = waiting_words(larisa)
    asked(contest, anna, "Три")

    unseen = [[is_unseen for _url, is_unseen in rows] for rows in (between, after)]
    assert unseen == [[True], [False]]
    assert [is_unseen for _url, is_unseen in waiting_words(larisa)] == [False, True]
