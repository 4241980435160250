"""Who applies is told what has changed in a contest: each once, in their language."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client

from sinergia.applications.actions import telling
from sinergia.applications.actions.submitting import submit, withdraw
from sinergia.applications.queries.applying import applying_to
from sinergia.base.errands.models import Errand
from sinergia.base.letters.models import Letter
from sinergia.calls.actions.contests import extend_intake, make_training, write_rules
from sinergia.calls.models import Contest
from sinergia.notices.actions import choose
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre, Organisation
from sinergia.packs.rules import read_rules, shipped
from sinergia.people.models import Person
from sinergia.projects.actions.starting import remove_project
from tests.afterwards import run_errands
from tests.arrange import (
    NOON,
    a_consultant,
    a_contest,
    a_leader,
    a_project,
    a_ready_project,
    an_organisation,
)
from tests.calls.test_contest_pages import SHIPPED

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]

REGIONAL = (SHIPPED / "regional.toml").read_text(encoding="utf-8")
CORRECTED = read_rules(
    REGIONAL.replace("most_months = 12", "most_months = 14").replace(
        "longest = 300,", "longest = 250,", 1
    )
)


@pytest.fixture
def head(centre: Centre) -> Person:
    return a_consultant("head", centre=centre, role="head")


@pytest.fixture
def contest(centre: Centre, head: Person) -> Contest:
    made = a_contest(centre=centre)
    made.closes_at = NOON + timedelta(days=20_000)  # the worker goes by the clock on the wall
    made.save()
    return made


def told(code: str) -> list[str]:
    rows = Notice.objects.filter(code=code).order_by("pk")
    return [one.person.name for one in rows]


def a_reader(name: str, organisation: Organisation, language: str = "ru") -> Person:
    person = a_leader(name, organisation=organisation)
    person.language = language
    person.save(update_fields=["language"])
    return person


def test_who_applies_are_the_people_of_those_who_write_or_have_handed_in(
    contest: Contest, organisation: Organisation, centre: Centre
) -> None:
    writes, handed_in, away, gone, elsewhere = (an_organisation(name) for name in "абвгд")
    anna = a_leader("anna", organisation=writes)
    a_project(organisation=writes, contest=contest)
    boris = a_leader("boris", organisation=handed_in)
    project = a_ready_project(organisation=handed_in, contest=contest)
    submit(project, actor=boris, now=NOON)
    vera = a_leader("vera", organisation=away)
    egor = a_leader("egor", organisation=gone)
    taken = a_ready_project(organisation=gone, contest=contest)
    withdraw(submit(taken, actor=egor, now=NOON), actor=egor, now=NOON)
    remove_project(taken, actor=egor, now=NOON)
    put_away = a_project(organisation=away, contest=contest)
    remove_project(put_away, actor=vera, now=NOON)
    a_leader("zoya", organisation=elsewhere)
    a_project(organisation=elsewhere)
    left = a_leader("left", organisation=writes)
    left.is_active = False
    left.save()

    assert list(applying_to(contest)) == [anna, boris]


def test_corrected_rules_are_told_once_with_their_reason_and_what_changed(
    contest: Contest, organisation: Organisation, head: Person, client: Client
) -> None:
    anna = a_reader("anna", organisation, "en")
    choose(anna, {"email": "at_once", "quiet_from": 0, "quiet_to": 0}, now=NOON)
    for title in ("Один", "Два"):
        a_project(title, organisation=organisation, contest=contest)

    write_rules(contest, CORRECTED, reason="Опечатка в весе", actor=head, now=NOON)
    write_rules(contest, CORRECTED, reason="Опечатка в весе", actor=head, now=NOON)
    run_errands()

    (notice,) = Notice.objects.all()
    assert (notice.person, notice.code, notice.values["reason"]) == (
        anna,
        "applications.rules_corrected",
        "Опечатка в весе",
    )
    page = client.get(notice.url, headers={"accept-language": "en"}).content.decode()
    assert "Опечатка в весе" in page
    assert re.findall(r"<code>(.+?)</code></th><td[^>]*>(.+?)</td><td[^>]*>(.+?)</td>", page) == [
        ("fields.title.longest", "300", "250"),
        ("timetable.most_months", "12", "14"),
    ]
    (letter,) = mail.outbox
    assert letter.subject == "The rules of “Инициативы” were corrected"
    assert "Опечатка в весе" in str(letter.body)


@pytest.mark.parametrize(("days", "is_urgent"), [(1, True), (3, False), (-1, False)])
def test_a_word_cannot_wait_for_the_daily_letter_where_the_intake_ends_in_two_days(
    contest: Contest, organisation: Organisation, days: int, is_urgent: bool
) -> None:
    a_leader("anna", organisation=organisation)
    a_project(organisation=organisation, contest=contest)
    contest.closes_at = NOON + timedelta(days=days)
    named = {"contest": "Инициативы", "reason": "Опечатка"}
    values = {"ru": named, "en": named}

    telling.tell_some(contest, "applications.rules_corrected", values, url="", past=0, now=NOON)

    assert Notice.objects.get().is_urgent == is_urgent


def test_an_errand_that_comes_twice_tells_nobody_twice(
    contest: Contest, organisation: Organisation, head: Person
) -> None:
    a_leader("anna", organisation=organisation)
    a_project(organisation=organisation, contest=contest)
    write_rules(contest, CORRECTED, reason="Опечатка", actor=head, now=NOON)
    run_errands()
    run_errands()

    assert told("applications.rules_corrected") == ["anna"]


def test_many_are_told_some_at_a_time_and_each_once(
    contest: Contest,
    organisation: Organisation,
    head: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    names = [f"person{number}" for number in range(4)]
    for name in names:
        a_leader(name, organisation=organisation)
    a_project(organisation=organisation, contest=contest)
    later = NOON + timedelta(days=20_001)
    Contest.objects.update(project_from=None)
    extend_intake(contest, later, reason="Сбой", actor=head, now=NOON)
    run_errands()

    assert told("applications.intake_extended") == names
    assert Errand.objects.filter(name="applications.tell_applying").count() == 3


def test_an_extension_is_told_in_each_readers_language_by_the_contests_clock(
    contest: Contest, organisation: Organisation, head: Person
) -> None:
    a_reader("anna", organisation, "en")
    a_reader("boris", organisation, "ru")
    a_project(organisation=organisation, contest=contest)
    contest.results_on, contest.closes_at = date(2026, 12, 10), NOON + timedelta(days=7)
    contest.project_from = date(2026, 12, 1)
    contest.save()

    extend_intake(
        contest,
        NOON + timedelta(days=8),
        reason="Сбой связи",
        days={"results_on": date(2026, 12, 20), "project_from": date(2027, 1, 1)},
        actor=head,
        now=NOON,
    )
    run_errands()

    english, russian = Notice.objects.order_by("pk")
    assert english.values == {
        "contest": "Инициативы",
        "until": "1\u00a0December\u00a02026, 15:00 (Moscow, UTC+3)",
        "before": "30\u00a0November\u00a02026, 15:00",
        "results": "20\u00a0December\u00a02026",
        "begin": "1\u00a0January\u00a02027",
        "reason": "Сбой связи",
    }
    assert russian.values["until"] == "1\u00a0декабря\u00a02026, 15:00 (Москва, UTC+3)"
    assert english.url == f"/calls/{contest.call.key}/"


def test_whoever_writes_for_a_contest_of_practice_is_not_led_to_a_page_that_is_not_there(
    centre: Centre, organisation: Organisation, head: Person
) -> None:
    training = make_training(centre, actor=head, now=NOON)
    a_leader("anna", organisation=organisation)
    a_project(organisation=organisation, contest=training)
    write_rules(training, shipped()["generic"], reason="Другие", actor=head, now=NOON)
    run_errands()

    assert [one.url for one in Notice.objects.all()] == [""]


def test_the_project_says_that_the_rules_were_corrected_since_it_was_begun(
    contest: Contest, organisation: Organisation, head: Person, client: Client
) -> None:
    client.force_login(a_leader("anna", organisation=organisation))
    before = a_project("До", organisation=organisation, contest=contest)
    later = NOON + timedelta(hours=1)
    write_rules(contest, CORRECTED, reason="Опечатка в весе", actor=head, now=later)
    after = a_project("После", organisation=organisation, contest=contest)
    type(after).objects.filter(pk=after.pk).update(made_at=later)

    told_there, silent = (client.get(f"/projects/{one.key}/") for one in (before, after))

    assert f"/calls/{contest.call.key}/corrected/2/" in told_there.content.decode()
    assert "Опечатка в весе" not in silent.content.decode()


def test_the_first_version_corrects_nothing_and_has_no_such_page(
    contest: Contest, client: Client
) -> None:
    page = client.get(f"/calls/{contest.call.key}/corrected/1/")

    assert page.status_code == 404


@pytest.mark.parametrize(("email", "letters"), [("digest", 1), ("urgent", 1), ("never", 0)])
def test_a_receipt_goes_at_once_and_is_not_called_urgent(
    contest: Contest, organisation: Organisation, email: str, letters: int
) -> None:
    anna = a_reader("anna", organisation, "en")
    choose(anna, {"email": email}, now=NOON)

    submit(a_ready_project(organisation=organisation, contest=contest), actor=anna, now=NOON)
    run_errands()

    assert [one.subject for one in Letter.objects.all()] == [
        "Application 26-1-0001 is submitted"
    ] * letters
    assert not any("cannot wait" in str(letter.body) for letter in mail.outbox)
    assert [one.is_urgent for one in Notice.objects.all()] == [False]
