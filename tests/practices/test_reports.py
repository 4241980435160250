"""An adoption of a foreign practice is told to its home, and received there from others."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.base.journal.models import Entry
from sinergia.engine.practice.report import written_report
from sinergia.engine.signing import is_signed, public_key, sign
from sinergia.notices.models import Notice
from sinergia.people.models import Person
from sinergia.practices.actions.adopting import Intent, intend, run
from sinergia.practices.actions.reported import decide_reported, forget_unchecked
from sinergia.practices.actions.reporting import agree_to_report, end_report
from sinergia.practices.actions.withdrawing import put_back_practice, withdraw_practice
from sinergia.practices.models import Adoption, Practice, ReportedAdoption
from sinergia.practices.reading.feeds import bring
from tests.afterwards import run_errands
from tests.arrange import NOON, a_leader, a_person, a_practice, an_organisation
from tests.practices.arrange_feeds import Home, a_feed, a_home

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SEED, OTHER = b"s" * 32, b"o" * 32


@pytest.fixture
def home(settings: Settings) -> Iterator[Home]:
    settings.FEEDS_NEAR = True
    with a_home() as made:
        made.key = public_key(SEED)
        yield made


def an_adoption(home: Home) -> Adoption:
    home.publish()
    bring(a_feed(home), now=NOON)
    adopter = an_organisation("Рядом")
    leader = a_leader("tamara", organisation=adopter)
    return intend(Practice.objects.get(), adopter, Intent(), actor=leader, now=NOON)


def person(adoption: Adoption) -> Person:
    return Person.objects.get(key=adoption.made_by)


def a_report(home: Home, practice: Practice, /, **more: object) -> dict[str, object]:
    given: dict[str, object] = {
        "schema": "sinergia.adoption/1",
        "site": f"{home.site}/",
        "key": home.key,
        "home": "http://127.0.0.1:8000/",
        "practice": practice.key,
        "adoption": "6f0f4a0e-0000-4000-8000-000000000001",
        "number": 1,
        "state": "running",
        "since": "2026-11-23",
        "organisation": "АНО «Рядом»",
        "region": "Ярогорский край",
        "address": f"{home.site}/organisations/1/",
    }
    return given | more


def send(report: dict[str, object], *, seed: bytes = SEED) -> tuple[int, dict[str, Any]]:
    content = written_report(report)
    answer = Client().post(
        reverse("practices:receive_report"),
        content,
        content_type="application/json",
        headers={"Sinergia-Signature": sign(content, seed)},
    )
    return answer.status_code, (json.loads(answer.content) if answer.status_code != 404 else {})


def test_nothing_is_told_before_the_adopter_agrees(home: Home) -> None:
    adoption = an_adoption(home)
    run(adoption, actor=person(adoption), now=NOON)

    run_errands()

    assert home.sent == []


def test_what_is_agreed_to_is_told_once_signed_and_as_little_as_there_is(
    home: Home, settings: Settings
) -> None:
    adoption = an_adoption(home)
    for _turn in range(2):
        agree_to_report(adoption, actor=person(adoption), now=NOON)

    run_errands()

    ((path, content, signature),) = home.sent
    told = json.loads(content)
    assert path == "/practices/feed/adoptions/"
    assert is_signed(content, signature, told["key"])
    assert told == {
        "schema": "sinergia.adoption/1",
        "site": f"{settings.SITE_URL}/",
        "key": told["key"],
        "home": f"{home.site}/",
        "practice": next(iter(home.changes)),
        "adoption": str(adoption.key),
        "number": 1,
        "state": "intended",
        "since": "2026-11-23",
        "organisation": "Рядом",
        "region": "Светлоборская область",
        "address": f"{settings.SITE_URL}/organisations/{adoption.organisation.key}/",
    }
    adoption.report.refresh_from_db()
    assert (adoption.report.sent_number, adoption.report.fault) == (1, "")


def test_a_new_state_is_told_and_an_agreement_taken_back_leaves_no_name(home: Home) -> None:
    adoption = an_adoption(home)
    agree_to_report(adoption, actor=person(adoption), now=NOON)
    run_errands()
    run(adoption, actor=person(adoption), now=NOON)
    run_errands()
    end_report(adoption, actor=person(adoption), now=NOON)
    run_errands()

    told = [json.loads(content) for _path, content, _signature in home.sent]

    assert [(one["number"], one["state"]) for one in told] == [
        (1, "intended"),
        (2, "running"),
        (3, "gone"),
    ]
    assert [told[2][name] for name in ("organisation", "region", "address")] == ["", "", ""]


def test_a_home_that_does_not_take_it_is_asked_again(home: Home) -> None:
    adoption = an_adoption(home)
    agree_to_report(adoption, actor=person(adoption), now=NOON)
    home.answers = 503
    run_errands()
    adoption.report.refresh_from_db()
    failed = (adoption.report.sent_number, adoption.report.fault)
    home.answers = 202

    run_due_errands(now=timezone.now() + timedelta(minutes=5))

    adoption.report.refresh_from_db()
    assert failed == (0, "outside.status")
    assert (adoption.report.sent_number, adoption.report.fault) == (1, "")


def test_nobody_else_agrees_for_the_adopter(home: Home) -> None:
    adoption = an_adoption(home)

    with pytest.raises(PermissionDenied):
        agree_to_report(adoption, actor=a_person("stranger"), now=NOON)


def test_a_report_is_shown_once_its_site_says_that_the_key_is_its_own(home: Home) -> None:
    practice = a_practice()
    assert practice.organisation is not None
    leader = a_leader(organisation=practice.organisation)

    answered = [send(a_report(home, practice)) for _turn in range(2)]
    before = Notice.objects.count()
    run_errands()

    kept = ReportedAdoption.objects.get()
    assert answered == [(202, {"taken": 1})] * 2
    assert (before, kept.stage, kept.checked_at is not None) == (0, "waiting", True)
    assert [(one.person, one.code) for one in Notice.objects.all()] == [
        (leader, "practices.reported")
    ]


def test_what_its_site_does_not_know_is_shown_to_nobody_and_forgotten(home: Home) -> None:
    practice = a_practice()
    a_leader(organisation=practice.organisation)  # type: ignore[arg-type]
    home.key = public_key(OTHER)
    send(a_report(home, practice, key=public_key(SEED)))

    run_errands()

    kept = ReportedAdoption.objects.get()
    assert (kept.checked_at, Notice.objects.count()) == (None, 0)
    assert Errand.objects.get(name="practices.check_reported").done_at is None
    assert forget_unchecked(now=timezone.now() + timedelta(days=31)) == 1


@pytest.mark.parametrize(
    ("more", "seed", "fault"),
    [
        ({}, OTHER, "report.not_signed"),
        ({"home": "https://other.example.org/"}, SEED, "report.other_home"),
        ({"address": "https://evil.example.org/"}, SEED, "report.other_site"),
        ({"site": "https://good.example.org/go?to=", "address": ""}, SEED, "report.other_site"),
    ],
)
def test_what_is_not_right_is_refused(
    more: dict[str, object], seed: bytes, fault: str, home: Home
) -> None:
    practice = a_practice()

    status, told = send(a_report(home, practice, **more), seed=seed)

    assert (status, told["fault"], ReportedAdoption.objects.count()) == (400, fault, 0)


def test_a_site_that_leads_on_does_not_answer_for_the_key_with_anothers_word(home: Home) -> None:
    with a_home() as other:
        other.key = public_key(SEED)
        onward = {"Location": f"{other.site}/practices/feed/key.json"}
        home.say = lambda handler: handler.tell(b"", status=302, headers=onward)
        send(a_report(home, a_practice()))

        run_errands()

    assert other.asked != []
    assert ReportedAdoption.objects.get().checked_at is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"[" * 10_000, b"x" * 20_000])
def test_junk_is_refused(content: bytes) -> None:
    answer = Client().post(
        reverse("practices:receive_report"), content, content_type="application/json"
    )

    assert (answer.status_code, ReportedAdoption.objects.count()) == (400, 0)


def test_a_report_about_nothing_of_ours_finds_nothing(home: Home) -> None:
    practice = a_practice()

    assert send(a_report(home, practice, practice=uuid4()))[0] == 404


def test_a_later_report_counts_and_an_earlier_one_or_one_of_another_key_does_not(
    home: Home,
) -> None:
    practice = a_practice()
    send(a_report(home, practice, number=2, state="running"))
    run_errands()

    older = send(a_report(home, practice, number=1, state="intended"))
    forged = send(
        a_report(home, practice, number=9, state="dropped", key=public_key(OTHER)), seed=OTHER
    )
    kept = ReportedAdoption.objects.get().state
    newer = send(a_report(home, practice, number=3, state="proven"))

    assert [one[0] for one in (older, forged, newer)] == [202, 409, 202]
    assert (kept, ReportedAdoption.objects.get().state) == ("running", "proven")


def test_what_is_accepted_stands_on_the_page_with_its_ground_until_it_is_declined(
    home: Home,
) -> None:
    practice = a_practice()
    leader = a_leader(organisation=practice.organisation)  # type: ignore[arg-type]
    send(a_report(home, practice))
    run_errands()
    reported = ReportedAdoption.objects.get()
    page = reverse("practices:practice", args=[practice.key])

    waiting = Client().get(page).content.decode()
    decide_reported(reported, is_accepted=True, actor=leader, now=NOON)
    accepted = Client().get(page).content.decode()
    decide_reported(reported, is_accepted=False, actor=leader, now=NOON)
    declined = Client().get(page).content.decode()

    assert ["АНО «Рядом»" in text for text in (waiting, accepted, declined)] == [False, True, False]
    assert home.site in accepted


def test_one_that_was_accepted_and_is_told_of_somebody_else_is_to_be_accepted_anew(
    home: Home,
) -> None:
    practice = a_practice()
    leader = a_leader(organisation=practice.organisation)  # type: ignore[arg-type]
    send(a_report(home, practice))
    run_errands()
    decide_reported(ReportedAdoption.objects.get(), is_accepted=True, actor=leader, now=NOON)

    send(a_report(home, practice, number=2, state="proven"))
    same = ReportedAdoption.objects.get().stage
    send(a_report(home, practice, number=3, organisation="Покупайте у нас"))

    page = Client().get(reverse("practices:practice", args=[practice.key])).content.decode()
    kept = ReportedAdoption.objects.get()
    assert (same, kept.stage, kept.decided_by) == ("accepted", "waiting", None)
    assert ("Покупайте у нас" in page, Notice.objects.count()) == (False, 2)
    assert Entry.objects.filter(verb="practice.reported").count() == 3


def test_one_that_is_told_no_more_leaves_the_page_and_its_name(home: Home) -> None:
    practice = a_practice()
    leader = a_leader(organisation=practice.organisation)  # type: ignore[arg-type]
    send(a_report(home, practice))
    run_errands()
    decide_reported(ReportedAdoption.objects.get(), is_accepted=True, actor=leader, now=NOON)

    send(a_report(home, practice, number=2, state="gone", organisation="", region="", address=""))

    page = Client().get(reverse("practices:practice", args=[practice.key])).content.decode()
    assert ("АНО «Рядом»" in page, ReportedAdoption.objects.get().organisation) == (False, "")


def test_one_that_is_told_no_more_is_taken_also_while_the_practice_is_out_of_the_catalogue(
    home: Home,
) -> None:
    practice = a_practice()
    leader = a_leader(organisation=practice.organisation)  # type: ignore[arg-type]
    send(a_report(home, practice))
    run_errands()
    decide_reported(ReportedAdoption.objects.get(), is_accepted=True, actor=leader, now=NOON)
    withdraw_practice(practice, "Перепроверяем", actor=leader, now=NOON)
    gone = {"state": "gone", "organisation": "", "region": "", "address": ""}
    stranger = {"adoption": "6f0f4a0e-0000-4000-8000-000000000002"}

    news = [
        send(a_report(home, practice, number=2, **more))[0] for more in ({}, gone | stranger, gone)
    ]

    put_back_practice(practice, actor=leader, now=NOON)
    page = Client().get(reverse("practices:practice", args=[practice.key])).content.decode()
    assert (news, "АНО «Рядом»" in page) == ([404, 404, 202], False)
    assert ReportedAdoption.objects.get().organisation == ""


def test_nobody_decides_on_practices_of_others_or_before_the_key_is_known(home: Home) -> None:
    practice = a_practice()
    leader = a_leader(organisation=practice.organisation)  # type: ignore[arg-type]
    send(a_report(home, practice))
    reported = ReportedAdoption.objects.get()

    with pytest.raises(PermissionDenied):
        decide_reported(reported, is_accepted=True, actor=leader, now=NOON)
    run_errands()
    with pytest.raises(PermissionDenied):
        decide_reported(reported, is_accepted=True, actor=a_person("stranger"), now=NOON)
