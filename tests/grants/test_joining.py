"""Joining a project without an account: proving, a parent's word, places in order, leaving."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.journal.models import Entry
from sinergia.base.letters.models import Letter
from sinergia.engine.refusal import Refused
from sinergia.grants.access import door_code
from sinergia.grants.actions import joining as actions
from sinergia.grants.actions.attendance import note_own, write_day
from sinergia.grants.actions.certifying import give_certificates
from sinergia.grants.actions.forgetting import (
    forget_joiner,
    forget_those_of,
    forget_unproven,
)
from sinergia.grants.actions.queueing import confirm, refuse
from sinergia.grants.actions.roles import Offered, write_role
from sinergia.grants.models import Attendance, Grant, Joiner, JoinerParent
from sinergia.grants.queries.grants import today_of
from sinergia.grants.queries.joiners import certificate_by, joined, place_in_line
from sinergia.people.models import Person
from tests.arrange import a_person
from tests.arrange_grants import fresh, leader_of, signed
from tests.grants.arrange_joining import (
    NOW,
    a_day,
    a_page,
    a_role,
    asked,
    confirmed,
    mailbox,
    proven,
    seen_now,
    stages,
)
from tests.grants.arrange_joining import joined as who_joined

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def project(grant: Grant, operator: Person) -> Grant:
    """A project under way today, with its page open."""
    under_way = seen_now(signed(grant, operator))
    a_page(under_way, leader_of(under_way))
    return fresh(under_way)


def refused(refusal: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(gap.code, gap.path) for gap in refusal.value.gaps]


def letters() -> list[tuple[str, str]]:
    """To whom letters about joining went, and what about."""
    run_due_errands(now=NOW + timedelta(minutes=1))
    rows = Letter.objects.filter(about__startswith="grants.joiner:").order_by("pk")
    return list(rows.values_list("to", "subject"))


def test_nothing_is_asked_for_till_the_address_is_proven(project: Grant, host: Person) -> None:
    role = a_role(project, host)

    row = who_joined(role)

    assert (row.stage, row.proven_at, row.queued_at) == ("asked", None, None)
    assert confirm([row], actor=host, now=NOW) == 0
    actions.prove(row, now=NOW)
    row.refresh_from_db()
    assert (row.proven_at, row.queued_at, row.stage) == (NOW, NOW, "asked")
    assert confirm([row], actor=host, now=NOW) == 1
    row.refresh_from_db()
    assert row.stage == "confirmed"


def test_the_same_address_changes_nothing_and_gets_the_letter_once_an_hour(
    project: Grant, host: Person
) -> None:
    role = a_role(project, host)
    row = who_joined(role)

    for name in ("Кто-то другой", "И ещё кто-то"):
        who_joined(role, asked(name, address=f"{mailbox(row.name)}@example.org"))

    row.refresh_from_db()
    assert (Joiner.objects.count(), row.name) == (1, "Саврасов Андрей")
    assert len(letters()) == 2  # the first, and once more in this hour


def test_under_18_nobody_is_confirmed_without_a_parent(project: Grant, host: Person) -> None:
    role = a_role(project, host, confirms=False)
    child = who_joined(role, asked("Лунёв Пётр", age=16))

    actions.prove(child, now=NOW)
    told = [to for to, _subject in letters()]
    child.refresh_from_db()
    before = child.stage, child.queued_at
    actions.agree_as_parent(child, now=NOW)
    child.refresh_from_db()

    assert before == ("asked", None)
    word = mailbox("Лунёв")
    assert told == [f"{word}@example.org", f"parent-{word}@example.org"]
    assert (child.stage, child.parent_agreed_at) == ("confirmed", NOW)


def test_a_parent_who_agrees_first_waits_for_the_child_to_prove_the_address(
    project: Grant, host: Person
) -> None:
    child = who_joined(a_role(project, host), asked("Лунёв Пётр", age=16))

    actions.agree_as_parent(child, now=NOW)
    child.refresh_from_db()
    assert child.queued_at is None
    actions.prove(child, now=NOW)

    child.refresh_from_db()
    assert child.queued_at == NOW


def test_a_parent_who_refuses_has_both_erased_and_the_place_goes_on(
    project: Grant, host: Person
) -> None:
    role = a_role(project, host, places=1, confirms=False)
    child = who_joined(role, asked("Лунёв Пётр", age=16))
    actions.prove(child, now=NOW)
    actions.agree_as_parent(child, now=NOW)
    waiting = proven(role, "Вешняков Тимур")

    actions.refuse_as_parent(child, now=NOW)

    child.refresh_from_db()
    assert (child.name, child.email, child.age, child.stage) == ("", "", None, "refused")
    assert not JoinerParent.objects.exists()
    waiting.refresh_from_db()
    assert waiting.stage == "confirmed"


def test_everything_against_joining_is_told_at_once(project: Grant, host: Person) -> None:
    role = a_role(project, host, least_age=16)

    with pytest.raises(Refused) as refusal:
        who_joined(role, asked("Лунёв Пётр", age=15))

    assert refused(refusal) == [("joiner.too_young", "age")]


def test_where_the_page_is_closed_nobody_joins(project: Grant, host: Person) -> None:
    role = a_role(project, host)
    project.page.is_open = False
    project.page.save()

    with pytest.raises(Refused) as refusal:
        who_joined(role)

    assert refused(refusal) == [("role.not_taking", "")]


def test_places_go_in_order_when_somebody_leaves(project: Grant, host: Person) -> None:
    role = a_role(project, host, places=2, confirms=False)
    rows = [
        proven(role, name, now=NOW + timedelta(seconds=at))
        for at, name in enumerate(("анна", "борис", "вера", "глеб"))
    ]
    before, third = stages(role), place_in_line(rows[3])

    actions.leave(rows[0], now=NOW)
    actions.leave(rows[0], now=NOW)

    assert (before, third) == (["confirmed", "confirmed", "waiting", "waiting"], 2)
    assert stages(role) == ["left", "confirmed", "confirmed", "waiting"]


def test_who_comes_back_stands_at_the_end_of_the_line(project: Grant, host: Person) -> None:
    role = a_role(project, host, places=1, confirms=False)
    anna, _boris = proven(role, "анна"), proven(role, "борис")
    actions.leave(anna, now=NOW)

    actions.come_back(anna, now=NOW + timedelta(minutes=1))

    assert stages(role) == ["waiting", "confirmed"]


def test_more_places_go_to_those_who_wait_and_taken_ones_stay(project: Grant, host: Person) -> None:
    role = a_role(project, host, places=1, confirms=False)
    for name in ("анна", "борис", "вера"):
        proven(role, name)

    write_role(project, Offered("Возить", places=2), role=role, actor=host, now=NOW)
    with pytest.raises(Refused) as refusal:
        write_role(project, Offered("Возить", places=1), role=role, actor=host, now=NOW)

    assert stages(role) == ["confirmed", "asked", "waiting"]
    assert refused(refusal) == [("role.places_taken", "places")]


def test_organisers_confirm_or_refuse_and_nobody_else_does(project: Grant, host: Person) -> None:
    role = a_role(project, host, places=1)
    anna, boris = proven(role, "анна"), proven(role, "борис")

    with pytest.raises(PermissionDenied):
        confirm([anna], actor=a_person("stranger"), now=NOW)
    assert confirm([anna, boris], actor=host, now=NOW) == 1  # who waits has no place yet
    refuse([anna], actor=host, now=NOW)

    assert stages(role) == ["refused", "asked"]


def test_a_certificate_is_for_who_was_there_alone(project: Grant, host: Person) -> None:
    role = a_role(project, host)
    there, absent = confirmed(role, host, "анна"), confirmed(role, host, "борис")
    with pytest.raises(Refused) as nobody:
        give_certificates(project, actor=host, now=NOW)
    a_day(there, host)

    with pytest.raises(Refused) as refusal:
        give_certificates(project, [absent], actor=host, now=NOW)
    given = give_certificates(project, actor=host, now=NOW)

    there.refresh_from_db()
    absent.refresh_from_db()
    assert (refused(nobody), refused(refusal)) == (
        [("joiner.nobody_was_there", "")],
        [("joiner.was_not_there", "")],
    )
    assert (given, absent.certificate) == (1, "")
    assert certificate_by(there.certificate.lower()) == there
    assert certificate_by(there.certificate[:-1] + "!") is None
    assert give_certificates(project, actor=host, now=NOW) == 0


def test_a_running_number_is_given_once_whoever_loses_theirs(project: Grant, host: Person) -> None:
    role = a_role(project, host)
    first, second = confirmed(role, host, "анна"), confirmed(role, host, "борис")
    a_day(first, host)
    give_certificates(project, actor=host, now=NOW)
    Joiner.objects.filter(pk=first.pk).update(certificate="")
    a_day(second, host)

    give_certificates(project, [second], actor=host, now=NOW)

    second.refresh_from_db()
    assert second.certificate.split("-")[1] == "002"


def test_who_loses_the_last_day_loses_the_certificate(project: Grant, host: Person) -> None:
    row = confirmed(a_role(project, host), host)
    a_day(row, host)
    give_certificates(project, actor=host, now=NOW)
    row.refresh_from_db()

    write_day(project, today_of(project, NOW), minutes={row: 0}, actor=host, now=NOW)

    row.refresh_from_db()
    assert (row.certificate, Attendance.objects.count()) == ("", 0)


def test_a_day_is_of_the_project_and_has_come(project: Grant, host: Person) -> None:
    row = confirmed(a_role(project, host), host)
    tomorrow = today_of(project, NOW) + timedelta(days=1)

    for on, code in ((tomorrow, "day.tomorrow"), (project.begins_on - timedelta(1), "day.before")):
        with pytest.raises(Refused) as refusal:
            write_day(project, on, minutes={row: 60}, actor=host, now=NOW)
        assert refused(refusal) == [(code, "on")]


def test_the_code_at_the_door_is_good_for_its_day_and_for_who_is_in(
    project: Grant, host: Person
) -> None:
    role = a_role(project, host)
    row, asking = confirmed(role, host), proven(role, "борис")
    today = today_of(project, NOW)
    code, stale = door_code(project, today), door_code(project, today - timedelta(days=1))

    for one, read in ((row, stale), (row, ""), (asking, code)):
        with pytest.raises(Refused):
            note_own(one, read, now=NOW)
    note_own(row, code, now=NOW)
    note_own(row, code, now=NOW)

    told = Attendance.objects.get()
    assert (told.joiner, told.on, told.minutes, told.by) == (row, today, 120, None)


def test_who_was_there_counts_after_leaving_and_after_erasure(project: Grant, host: Person) -> None:
    row = confirmed(a_role(project, host), host)
    a_day(row, host)
    give_certificates(project, actor=host, now=NOW)
    row.refresh_from_db()
    number = row.certificate

    forget_joiner(row, actor=row, now=NOW)
    forget_joiner(row, actor=row, now=NOW)

    row.refresh_from_db()
    assert (row.name, row.email, row.age, row.certificate) == ("", "", None, "")
    assert certificate_by(number) is None
    assert joined(Joiner.objects.all()).count() == 1
    assert Entry.objects.filter(verb="joiner.forgotten").count() == 1


def test_a_year_after_the_end_names_go_and_numbers_stay(project: Grant, host: Person) -> None:
    row = confirmed(a_role(project, host), host)
    a_day(row, host)
    give_certificates(project, actor=host, now=NOW)
    row.refresh_from_db()
    last = project.ends_on + timedelta(days=365)

    early = forget_those_of(project, today=last, actor=host, now=NOW)
    late = forget_those_of(project, today=last + timedelta(days=1), actor=host, now=NOW)

    assert (early, late) == (0, 1)
    told = Joiner.objects.get()
    assert (told.name, told.email, told.age, told.stage) == ("", "", None, "confirmed")
    assert certificate_by(row.certificate) == row
    assert Attendance.objects.count() == 1


def test_who_never_proves_the_address_is_forgotten_in_a_week(project: Grant, host: Person) -> None:
    role = a_role(project, host)
    who_joined(role)
    proven(role, "борис")

    kept = forget_unproven(now=NOW + timedelta(days=7))
    gone = forget_unproven(now=NOW + timedelta(days=7, seconds=1))

    assert (kept, gone) == (0, 1)
    assert [one.name for one in Joiner.objects.all()] == ["борис"]


def test_the_name_on_a_certificate_is_not_changed_by_its_holder(
    project: Grant, host: Person
) -> None:
    row = confirmed(a_role(project, host), host)
    actions.change_own(row, {"name": "Саврасова Анна", "municipality": None}, now=NOW)
    a_day(row, host)
    give_certificates(project, actor=host, now=NOW)

    with pytest.raises(Refused) as refusal:
        actions.change_own(row, {"name": "Кто-то другой", "municipality": None}, now=NOW)

    row.refresh_from_db()
    assert (refused(refusal), row.name) == ([("joiner.certified", "name")], "Саврасова Анна")


def test_the_journal_says_keys_and_no_names(project: Grant, host: Person) -> None:
    row = confirmed(a_role(project, host), host, "Саврасов Андрей")
    a_day(row, host)
    give_certificates(project, actor=host, now=NOW)

    told = b"".join(bytes(one) for one in Entry.objects.values_list("content", flat=True))

    assert "аврас" not in told.decode()
    assert b"joiner.attended" in told
