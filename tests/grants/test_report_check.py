"""A report is checked: remarks, verdicts, return, acceptance; two at once; what is late."""

import tracemalloc
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from sinergia.base.files.adapters.store import the_store
from sinergia.calls.models import Contest
from sinergia.calls.queries.eligibility import applicant_of
from sinergia.engine.refusal import Refused
from sinergia.grants.actions.checking import (
    accept_report,
    add_remark,
    answer_remark,
    give_verdict,
    return_report,
)
from sinergia.grants.actions.report_terms import end_late, remind_of_report
from sinergia.grants.actions.submitting import submit_report
from sinergia.grants.models import Grant, Report, ReportReminder
from sinergia.grants.papers.report_archive import archive_of
from sinergia.grants.queries.money import tranches_of
from sinergia.grants.queries.reports import readiness_of, whole_reports, written
from sinergia.grants.tasks import follow_reports
from sinergia.grants.words.report_versions import differences
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre, Standing
from sinergia.people.models import Person
from tests.arrange import a_consultant, sign_in_twice
from tests.arrange_reports import begun, handed_in, now, typed, under_way

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_in_full,
    pytest.mark.usefixtures("in_english"),
]
SOON = timezone.localdate() + timedelta(days=20)


def as_now(report: Report) -> Report:
    return whole_reports().get(pk=report.pk)


def test_given_back_answered_handed_in_anew_and_accepted_lets_the_next_tranche_go(
    grant: Grant, operator: Person, leader: Person
) -> None:
    running = under_way(grant, operator)
    running.periods.filter(number=2).update(tranche_minor=1_00)
    report, first = handed_in(running, leader)
    payment = report.spendings.get()
    remark = add_remark(report, "events/aaaaaa", "Где список?", actor=operator, now=now())
    give_verdict(report, payment, "doubted", "Не видно печати", actor=operator, now=now())

    with pytest.raises(Refused, match=r"report\.doubted"):
        accept_report(report, "", version=1, actor=operator, now=now())
    return_report(report, "Исправьте", SOON, version=1, actor=operator, now=now())
    back = as_now(report)
    hindering = [gap.code for gap in readiness_of(written(back)).blocking]
    for one in back.remarks.all():
        answer_remark(one, "Приложили", actor=leader, now=now())
    typed(back, leader, events__aaaaaa__told="Обошли все двенадцать дворов")
    second = submit_report(back, actor=leader, now=now())
    give_verdict(as_now(report), payment, "taken", "", actor=operator, now=now())
    accept_report(as_now(report), "", version=2, actor=operator, now=now())

    assert (back.stage, back.due_on) == ("returned", SOON)
    assert hindering == ["report.unanswered", "report.unanswered"]
    changes = differences(first, second, written(as_now(report)))
    assert [(one.before, one.after) for one in changes] == [
        ("Обошли двенадцать дворов", "Обошли все двенадцать дворов")
    ]
    assert [one.state for one in tranches_of(running)] == ["paid", "payable"]
    assert not as_now(report).remarks.filter(resolved_at=None).exists()
    assert remark.report_id == report.pk


def test_of_two_who_settle_it_at_once_the_second_learns_what_became_of_it(
    client: Client, grant: Grant, operator: Person, leader: Person, centre: Centre
) -> None:
    report, _version = handed_in(under_way(grant, operator), leader)
    other = a_consultant("other", centre=centre)
    page = f"/grants/{report.grant.key}/reports/{report.key}/check/"
    accept_report(report, "", version=1, actor=operator, now=now())

    sign_in_twice(client, other)
    answer = client.post(f"{page}return/", {"version": 1, "due_on": str(SOON), "words": "Нет"})

    assert answer.status_code == 422
    told = answer.content.decode()
    assert f"Meanwhile {operator.name} accepted the report" in told
    assert "Нет</textarea>" in told.replace("\n", "")
    assert as_now(report).stage == "accepted"


def test_pressed_twice_by_the_same_person_it_is_settled_once(
    grant: Grant, operator: Person, leader: Person
) -> None:
    report, _version = handed_in(under_way(grant, operator), leader)

    for _turn in range(2):
        accept_report(as_now(report), "", version=1, actor=operator, now=now())

    assert Notice.objects.filter(person=leader, code="grants.report_accepted").count() == 1


def test_who_has_read_an_earlier_version_settles_nothing(
    grant: Grant, operator: Person, leader: Person
) -> None:
    report, _version = handed_in(under_way(grant, operator), leader)
    return_report(report, "Исправьте", SOON, version=1, actor=operator, now=now())
    submit_report(as_now(report), actor=leader, now=now())

    with pytest.raises(Refused, match=r"report\.newer"):
        accept_report(as_now(report), "", version=1, actor=operator, now=now())


def test_what_is_late_is_begun_told_once_and_seen_by_readiness_until_it_is_handed_in(
    grant: Grant, operator: Person, leader: Person
) -> None:
    running = under_way(grant, operator)
    contest = running.award.examination.contest if running.award else None
    assert contest is not None

    follow_reports()
    follow_reports()

    late = ReportReminder.objects.filter(kind="late", report__period__number=1)
    assert late.count() == 1
    first = Report.objects.get(grant=running, period__number=1)
    assert Standing.objects.get(key=first.key).since == date(2026, 6, 16)
    known = applicant_of(running.organisation, contest)
    assert (known.report_late_since, known.grants) == (date(2026, 6, 16), 1)
    report, _version = handed_in(running, leader)
    assert report.pk == first.pk
    assert Standing.objects.get(key=first.key).until is not None


def test_a_note_of_what_is_late_lasts_by_the_day_of_the_contest(
    grant: Grant, contest: Contest, operator: Person, leader: Person
) -> None:
    Contest.objects.filter(pk=contest.pk).update(time_zone="Asia/Vladivostok")
    report = begun(under_way(grant, operator), leader)
    evening = datetime(2026, 6, 15, 18, tzinfo=UTC)  # the 16th has come there, not at the server
    held = as_now(report)
    remind_of_report(held, today=date(2026, 6, 16), actor=leader, now=evening)

    assert end_late(now=evening) == 0
    Report.objects.filter(pk=report.pk).update(due_on=date(2026, 6, 16))
    assert end_late(now=evening) == 1


def test_an_answer_that_cannot_be_kept_stays_typed_with_why(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    report, _version = handed_in(under_way(grant, operator), leader)
    one, other = (
        add_remark(report, path, "Где список?", actor=operator, now=now())
        for path in ("events/aaaaaa", "done")
    )
    return_report(report, "Исправьте", SOON, version=1, actor=operator, now=now())
    client.force_login(leader)
    here = f"/grants/{report.grant.key}/reports/{report.key}/"
    long = "Список приложен. " * 240

    def sent(text: str) -> tuple[int, str]:
        answered = client.post(f"{here}remarks/{one.key}/answer/", {"answer": text}, follow=True)
        return answered.status_code, answered.content.decode()

    assert client.get(here).content.decode().count('maxlength="4000"') == 2
    status, told = sent(long)
    assert (status, long.strip() in told) == (422, True)
    assert "at most 4000 characters" in told
    assert f'href="#answer-{one.key}"' in told
    assert f'id="answer-{other.key}"' in told
    assert sent(" ")[0] == 422
    assert sent("Приложили")[0] == 200
    answer_remark(other, "Есть", actor=leader, now=now())
    submit_report(as_now(report), actor=leader, now=now())
    status, told = sent("Ещё слово")
    assert (status, "Ещё слово</textarea>" in told, "handed in" in told) == (422, True, True)


def test_a_file_that_is_gone_is_named_everywhere_and_nothing_breaks(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    report, _version = handed_in(under_way(grant, operator), leader)
    attached = report.files.order_by("pk")[0]
    the_store().remove(attached.file.place)
    here = f"/grants/{report.grant.key}/reports/{report.key}"

    client.force_login(leader)
    file = client.get(f"{here}/files/{attached.key}/")
    archive = b"".join(client.get(f"{here}/files.zip").streaming_content)  # type: ignore[attr-defined]  # it streams
    sign_in_twice(client, operator)
    check = client.get(f"{here}/check/")

    assert file.status_code == 503
    assert "bytes are not in the store" in file.content.decode()
    assert check.status_code == 200
    assert attached.file.name in check.content.decode()
    with ZipFile(BytesIO(archive)) as told:
        assert told.testzip() is None
        assert attached.file.digest in told.read("MISSING.txt").decode()
        assert len(told.namelist()) == 2 + 2 + 1 + 1  # papers, pictures, an order, the list


def test_a_report_with_a_lost_file_is_not_handed_in(
    grant: Grant, operator: Person, leader: Person
) -> None:
    report, _version = handed_in(under_way(grant, operator), leader)
    return_report(report, "Исправьте", SOON, version=1, actor=operator, now=now())
    the_store().remove(report.files.order_by("pk")[0].file.place)

    with pytest.raises(Refused, match=r"report\.file_lost"):
        submit_report(as_now(report), actor=leader, now=now())


def test_an_archive_holds_little_however_much_it_is(
    grant: Grant, operator: Person, leader: Person
) -> None:
    report, _version = handed_in(under_way(grant, operator), leader)
    told = written(report)
    file = told.files[0].file
    path = the_store().path(file.place)  # type: ignore[attr-defined]  # tests keep files on the disk
    large = 64 * 1024 * 1024
    with open(path, "wb") as kept:  # noqa: PTH123  # a hole of zeros
        kept.truncate(large)
    file.size = large
    pieces = archive_of(told, at=now())
    next(pieces)
    next(pieces)  # the papers are made
    tracemalloc.start()
    read = sum(len(piece) for piece in pieces)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert read > large
    assert peak < 8 * 1024 * 1024


def test_the_centre_sees_nothing_of_a_draft(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)
    sign_in_twice(client, operator)
    here = f"/grants/{report.grant.key}/reports/"

    assert client.get(here).status_code == 200
    assert client.get(f"{here}{report.key}/").status_code == 404
    assert client.get(f"{here}{report.key}/read/").status_code == 404


def test_each_event_has_a_link_of_its_own_name_for_its_pictures(
    client: Client, grant: Grant, operator: Person, leader: Person
) -> None:
    report = begun(under_way(grant, operator), leader)
    client.force_login(leader)
    url = f"/grants/{grant.key}/reports/{report.key}/sections/events/"

    told = client.get(url).content.decode()

    assert 'Add a picture or a file<span class="visually-hidden">: Обход дворов</span>' in told
