"""The operator's board: numbers and their rows, a forecast, reminders, other experts, returns."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape

from sinergia.base.journal.models import Entry
from sinergia.calls.models import Contest
from sinergia.engine.rating import closest, days_left
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.people.models import Person
from sinergia.review.actions import course as actions
from sinergia.review.models import Course, Examination, Expert, Sheet
from sinergia.review.queries.course import board_of
from sinergia.review.words.course import days_said, flags_said
from tests.arrange import NOON, a_centre, a_consultant, a_leader, a_person, a_region
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.arrange_signed import RULES, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
TODAY = NOON.date()


@pytest.fixture
def examination(contest: Contest) -> Examination:
    return an_examination("Двор", contest=contest)


def board(client: Client, contest: Contest, query: str = "") -> str:
    answer = client.get(f"/calls/{contest.call.key}/review/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def codes(refusal: Refused) -> list[str]:
    return [gap.code for gap in refusal.gaps]


def test_each_number_is_that_of_its_rows(contest: Contest, examination: Examination) -> None:
    first, second = an_expert(contest=contest), an_expert(contest=contest)
    signed(first, examination, 9)
    signed(second, examination, 5)
    other = an_examination("Сад", contest=contest)
    a_sheet(first, other, stage="draft")
    a_sheet(second, other)
    gone = an_examination("Лес", contest=contest)
    a_sheet(first, gone, stage="replaced")

    told = board_of(contest, RULES, now=NOON)

    assert (told.given, told.begun, told.signed) == (4, 3, 2)
    assert (told.by_signed, told.full, told.divergent) == ({0: 2, 2: 1}, 1, 1)
    assert told.days == [(TODAY.isoformat(), 2)]
    assert told.flags == {"flat": 2}


def test_the_pace_says_when_all_are_signed_and_who_will_not_be_in_time(contest: Contest) -> None:
    quick, slow = an_expert(contest=contest), an_expert(contest=contest)
    some = [an_examination(f"П{number}", contest=contest) for number in range(4)]
    for one in some[:3]:
        signed(quick, one, 7)
    a_sheet(quick, some[3])
    for one in some:
        a_sheet(slow, one)
    Sheet.objects.update(given_at=NOON - timedelta(days=2))
    Course.objects.create(contest=contest, sheets_by=TODAY + timedelta(days=1))

    told = board_of(contest, RULES, now=NOON)

    assert [(one.expert, one.is_slow, one.is_idle) for one in told.experts] == [
        (quick, False, False),
        (slow, True, True),
    ]
    assert told.ends_in == 5  # three in three days, five are left
    assert not any(one.is_late for one in told.experts)


def test_after_the_last_day_whoever_has_not_signed_is_late(
    contest: Contest, examination: Examination
) -> None:
    expert = an_expert(contest=contest)
    a_sheet(expert, examination)
    Course.objects.create(contest=contest, sheets_by=TODAY)

    assert not board_of(contest, RULES, now=NOON).experts[0].is_late
    assert board_of(contest, RULES, now=NOON + timedelta(days=1)).experts[0].is_late


@pytest.mark.parametrize(
    ("left", "done", "days", "told"),
    [(0, 0, 1, 0), (5, 0, 7, None), (5, 3, 3, 5), (1, 7, 7, 1), (8, 7, 7, 8)],
)
def test_a_pace_is_counted_up_to_whole_days(
    left: int, done: int, days: int, told: int | None
) -> None:
    assert days_left(left, done, days) == told


def test_the_closest_of_one_are_all(contest: Contest) -> None:
    assert closest([NOON.day], 2) == [0]  # type: ignore[list-item]  # any number does


def test_the_page_opens_the_rows_of_its_numbers(
    client: Client, contest: Contest, operator: Person, examination: Examination
) -> None:
    signed(an_expert("Ветров О. П.", contest=contest), examination, 9)
    client.force_login(operator)

    page = board(client, contest)

    there = f"/calls/{contest.call.key}"
    for link in (
        f"{there}/review/sheets/?stage=signed",
        f"{there}/review/sheets/?flag=flat",
        f"{there}/ranking/?sheets=1",
    ):
        assert f'href="{link}"' in page
        assert "Двор" in client.get(link).content.decode()
    assert "Ветров О. П." in page


def test_what_looks_hasty_is_said_of_one_sheet_and_of_several(
    contest: Contest, examination: Examination
) -> None:
    signed(an_expert("Ветров О. П.", contest=contest), examination, 9)
    with translation.override("en"):
        one = flags_said(board_of(contest, RULES, now=NOON), contest)[-1]
        signed(an_expert("Лугов И. И.", contest=contest), examination, 7)
        two = flags_said(board_of(contest, RULES, now=NOON), contest)[-1]

    assert [(number, label) for number, label, _url in (one, two)] == [
        (1, "sheet with all criteria scored alike"),
        (2, "sheets with all criteria scored alike"),
    ]


def test_each_bar_of_days_opens_its_sheets(
    client: Client, contest: Contest, examination: Examination, operator: Person
) -> None:
    now, rows = timezone.now(), (examination, an_examination("Сад", contest=contest))
    sheets = [signed(an_expert(contest=contest), one, 9) for one in (*rows, *rows[:1])]
    for sheet, days in zip(sheets, (0, 13, 14), strict=True):
        Sheet.objects.filter(pk=sheet.pk).update(signed_at=now - timedelta(days=days))
    client.force_login(operator)

    bars = days_said(board_of(contest, RULES, now=now), contest)
    opened = [client.get(one.url) for one in bars]

    assert [one.number for one in bars] == [1, 1, 1]
    assert [len(one.context["page"].rows) for one in opened] == [1, 1, 1]
    assert "Подписано раньше" in opened[-1].content.decode()


def test_the_board_asks_the_database_as_often_for_many_as_for_one(
    client: Client, contest: Contest, operator: Person, django_assert_max_num_queries: object
) -> None:
    client.force_login(operator)
    for number in range(3):
        one = an_examination(f"П{number}", contest=contest)
        signed(an_expert(contest=contest), one, 9)

    pages = {"review/": 12, "review/sheets/": 12, "ranking/?q=п": 12, "review/further/": 16}
    for address, most in pages.items():  # the last one compares texts, too
        with django_assert_max_num_queries(most):  # type: ignore[operator]  # pytest's fixture
            assert client.get(f"/calls/{contest.call.key}/{address}").status_code == 200


def test_another_centre_and_a_person_learn_nothing(client: Client, contest: Contest) -> None:
    other = a_consultant("other", centre=a_centre("Чужой", region=a_region("XC-01", "Край")))
    for person, status in ((other, 404), (a_person("nobody"), 403)):
        client.force_login(person)
        assert client.get(f"/calls/{contest.call.key}/review/").status_code == status


def test_the_last_day_is_set_and_not_in_the_past(contest: Contest, operator: Person) -> None:
    day = date(2026, 12, 12)
    actions.set_term(contest, day, actor=operator, now=NOON)
    actions.set_term(contest, day, actor=operator, now=NOON)

    assert Course.objects.get().sheets_by == day
    assert Entry.objects.filter(verb="review.term_set").count() == 1
    with pytest.raises(Refused) as refusal:
        actions.set_term(contest, TODAY - timedelta(days=1), actor=operator, now=NOON)
    assert codes(refusal.value) == ["course.past"]
    with pytest.raises(PermissionDenied):
        actions.set_term(contest, day, actor=a_person("stranger"), now=NOON)


def test_an_expert_is_reminded_once_a_day(
    contest: Contest, operator: Person, examination: Examination
) -> None:
    late, done = an_expert(contest=contest), an_expert(contest=contest)
    a_sheet(late, examination)
    keys = [str(late.key), str(done.key)]

    for now in (NOON, NOON + timedelta(hours=3), NOON + timedelta(days=1)):
        actions.remind_experts(contest, keys, actor=operator, now=now)

    notices = Notice.objects.filter(code="review.remind")
    assert [one.person for one in notices] == [late.person, late.person]
    assert Entry.objects.filter(verb="review.reminded").count() == 2


def test_a_reminder_is_looked_at_before_it_leaves(
    client: Client, contest: Contest, operator: Person, examination: Examination
) -> None:
    late = an_expert("Зорин К. Л.", contest=contest)
    a_sheet(late, examination)
    client.force_login(operator)
    address = f"/calls/{contest.call.key}/review/remind/"

    seen = client.get(address, {"expert": [str(late.key), "junk"]})
    assert "Зорин К. Л." in seen.content.decode()
    assert not Notice.objects.filter(code="review.remind").exists()
    assert client.post(address, {"expert": str(late.key)}).status_code == 302
    assert Notice.objects.filter(code="review.remind").count() == 1
    again = client.get(address, {"expert": str(late.key)}).content.decode()
    assert 'type="hidden" name="expert"' not in again


def test_a_sheet_goes_back_for_clarification_and_counts_no_more(
    client: Client, contest: Contest, operator: Person, examination: Examination
) -> None:
    expert = an_expert(contest=contest)
    sheet = signed(expert, examination, 7)
    client.force_login(operator)
    address = f"/calls/{contest.call.key}/review/sheets/{sheet.key}/return/"

    assert client.post(address, {"words": " "}).status_code == 422
    assert client.post(address, {"words": "Поясните бюджет."}).status_code == 302

    sheet.refresh_from_db()
    examination.refresh_from_db()
    assert (sheet.stage, sheet.why) == ("returned", "Поясните бюджет.")
    assert (examination.signed, examination.preliminary) == (0, None)
    notice = Notice.objects.get(code="review.returned")
    assert (notice.person, notice.values["words"]) == (expert.person, "Поясните бюджет.")
    with pytest.raises(Refused) as refusal:
        actions.return_sheet(sheet, RULES, words="Ещё", actor=operator, now=NOON)
    assert codes(refusal.value) == ["course.not_signed"]


def test_the_sheet_of_who_has_left_is_not_returned_to_nobody(
    client: Client, contest: Contest, operator: Person, examination: Examination
) -> None:
    expert = an_expert(contest=contest)
    sheet = signed(expert, examination, 7)
    client.force_login(operator)
    address = f"/calls/{contest.call.key}/review/sheets/{sheet.key}/"
    assert f"{address}return/" in client.get(address).content.decode()
    Expert.objects.filter(pk=expert.pk).update(stage="left")
    sheet.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        actions.return_sheet(sheet, RULES, words="Поясните", actor=operator, now=NOON)

    assert codes(refusal.value) == ["course.has_left"]
    assert f"{address}return/" not in client.get(address).content.decode()


def test_whoever_acts_for_an_applicant_changes_nothing_of_it(
    contest: Contest, operator: Person, examination: Examination
) -> None:
    sheet = signed(an_expert(contest=contest), examination, 7)
    owner = examination.submission.organisation
    leader = a_leader("own", organisation=owner)
    contest.centre.staff.create(person=leader, role="consultant", since=timezone.now())

    with pytest.raises(Refused) as refusal:
        actions.return_sheet(sheet, RULES, words="…", actor=leader, now=NOON)

    assert codes(refusal.value) == ["course.own"]


def test_sheets_are_filtered_searched_and_exported(
    client: Client, contest: Contest, operator: Person
) -> None:
    first, second = an_expert("Первый", contest=contest), an_expert("Второй", contest=contest)
    court = an_examination("Двор <b>", contest=contest)
    garden = an_examination("=Сад", contest=contest)
    signed(first, court, 7)
    a_sheet(second, garden)
    client.force_login(operator)
    there = f"/calls/{contest.call.key}/review/sheets/"

    for query, found in {
        "": {"Двор <b>", "=Сад"},
        f"?expert={first.key}": {"Двор <b>"},
        "?expert=junk": {"Двор <b>", "=Сад"},
        "?stage=open": {"=Сад"},
        "?stage=begun": {"Двор <b>"},
        "?flag=flat": {"Двор <b>"},
        "?flag=unfounded": set(),
        "?q=сад": {"=Сад"},
        f"?application={garden.key}": {"=Сад"},
        f"?day={TODAY.isoformat()}": {"Двор <b>"},
    }.items():
        page = client.get(there + query).content.decode().replace("<mark>", "")
        page = page.replace("</mark>", "")
        assert {title for title in ("Двор <b>", "=Сад") if f">{escape(title)}<" in page} == found

    assert client.get(f"{there}?stage=begun").context["total"].number == 1

    text = b"".join(client.get(f"{there}export.csv?stage=open")).decode()
    assert "'=Сад" in text
    assert "Двор" not in text
    assert client.get(f"{there}export.xlsx").status_code == 200
    assert client.get(f"{there}export.exe").status_code == 404


def test_a_draft_is_read_by_its_expert_alone(
    client: Client, contest: Contest, operator: Person, examination: Examination
) -> None:
    sheet = a_sheet(an_expert(contest=contest), examination, stage="draft")
    sheet.texts.create(path="strong", value="Тайное слово", version=1, by=sheet.key, at=NOON)
    client.force_login(operator)

    page = client.get(f"/calls/{contest.call.key}/review/sheets/{sheet.key}/")

    assert page.status_code == 200
    assert "Тайное слово" not in page.content.decode()
