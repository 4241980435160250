"""People whom the organisers write down from their words, on paper: places, doubles, papers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.errands.actions import run_due_errands
from sinergia.engine.refusal import Refused
from sinergia.grants.actions.certifying import give_certificates
from sinergia.grants.actions.forgetting import forget_joiner, forget_unproven
from sinergia.grants.actions.joining import Asked
from sinergia.grants.actions.queueing import refuse
from sinergia.grants.actions.writing_down import mend_written, note_leaving, write_down
from sinergia.grants.models import Grant, Joiner, Role
from sinergia.people.models import Person
from tests.arrange import a_person
from tests.grants.arrange_joining import (
    NOW,
    a_day,
    a_role,
    asked,
    at,
    confirmed,
    joined_in_region,
    page,
    region_code,
    stages,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("in_english")]


def written(role: Role, host: Person, name: str = "Рябова Анна", *, age: int = 67) -> Joiner:
    return write_down(role, asked(name, age=age), language="ru", actor=host, now=NOW)


def test_who_has_no_address_is_in_the_project_at_once_and_counts(
    client: Client, project: Grant, host: Person
) -> None:
    role = a_role(project, host)
    run_due_errands(now=NOW)
    mail.outbox.clear()
    client.force_login(host)

    typed = {"role": str(role.key), "name": " Рябова  Анна ", "age": "67", "version": "1"}
    typed |= {"agrees": "on", "municipality": "", "parent_name": "", "key": str(uuid4())}
    for _pressed in range(2):
        assert client.post(at("write_down", project), typed).status_code == 302

    row = Joiner.objects.get()
    assert (row.name, row.email, row.stage) == ("Рябова Анна", "", "confirmed")
    assert row.written_by == host.key
    assert joined_in_region(region_code(project)) == 1
    assert "by the organisers from their words" in page(client, at("person", project, row=row.key))
    run_due_errands(now=NOW + timedelta(minutes=1))
    assert not [one for one in mail.outbox if "Рябова" in str(one.message())]
    assert all(one.to != [""] for one in mail.outbox)

    a_day(row, host)
    assert give_certificates(project, actor=host, now=NOW) == 1
    row.refresh_from_db()
    assert row.certificate


def test_what_is_wrong_is_said_where_it_was_typed(
    client: Client, project: Grant, host: Person
) -> None:
    role = a_role(project, host, least_age=14)
    written(role, host)
    client.force_login(host)
    typed = {"role": str(role.key), "name": "рябова анна", "age": "13", "version": "1"}
    typed["key"] = str(uuid4())

    answer = client.post(at("write_down", project), typed)

    assert answer.status_code == 422
    told = answer.content.decode()
    for words in ("Somebody of this name", "from the age of 14", "Without their consent on paper"):
        assert words in told
    assert 'value="рябова анна"' in told
    assert Joiner.objects.count() == 1


def test_a_form_gone_back_to_writes_the_next_one(
    client: Client, project: Grant, host: Person
) -> None:
    role = a_role(project, host)
    client.force_login(host)
    form = client.get(at("write_down", project)).context["form"]
    typed = {"role": str(role.key), "age": "67", "version": "1", "agrees": "on"}
    typed["key"] = str(form["key"].value())

    for name in ("Рябова Анна", "Рябов Иван"):
        client.post(at("write_down", project), typed | {"name": name})

    assert sorted(Joiner.objects.values_list("name", flat=True)) == ["Рябов Иван", "Рябова Анна"]


def test_who_is_under_18_needs_the_name_of_a_parent_who_signed(
    project: Grant, host: Person
) -> None:
    role = a_role(project, host)
    told = Asked("Лунёв Пётр", "", 17, agreed_version=1)
    with pytest.raises(Refused):
        write_down(role, told, language="ru", actor=host, now=NOW)

    row = written(role, host, "Лунёв Пётр", age=17)

    assert row.parent_agreed_at == NOW
    assert (row.parent.name, row.parent.email) == ("Мама Лунёв Пётр", "")


def test_places_are_given_in_their_order_and_nobody_written_down_is_forgotten(
    project: Grant, host: Person
) -> None:
    role = a_role(project, host, places=1)
    first = confirmed(role, host)
    waiting = written(role, host)
    assert stages(role) == ["confirmed", "waiting"]
    forget_unproven(now=NOW + timedelta(days=60))

    refuse([first], actor=host, now=NOW)

    waiting.refresh_from_db()
    assert waiting.stage == "confirmed"
    Joiner.objects.filter(pk=waiting.pk).update(stage="asked")
    forget_unproven(now=NOW + timedelta(days=60))
    assert Joiner.objects.filter(pk=waiting.pk).exists()


def test_the_organisers_mend_and_note_leaving_of_these_alone(
    client: Client, project: Grant, host: Person
) -> None:
    role = a_role(project, host, places=2)
    row, other = written(role, host), confirmed(role, host)
    client.force_login(host)

    typed = {"name": "Рябова Анна Сергеевна", "municipality": ""}
    assert client.post(at("mend", project, row=row.key), typed).status_code == 302
    row.refresh_from_db()
    assert row.name == "Рябова Анна Сергеевна"
    assert client.post(at("leave", project, row=row.key)).status_code == 302
    row.refresh_from_db()
    assert row.stage == "left"

    stranger = a_person("stranger")
    for name in ("mend", "leave"):
        assert client.post(at(name, project, row=other.key)).status_code == 404
    for act in (note_leaving, lambda one, **more: mend_written(one, typed, **more)):
        with pytest.raises(PermissionDenied):
            act(other, actor=host, now=NOW)
        with pytest.raises(PermissionDenied):
            act(row, actor=stranger, now=NOW)


def test_nobody_else_writes_down_and_after_the_end_nobody_at_all(
    project: Grant, host: Person, operator: Person
) -> None:
    role = a_role(project, host)
    for who in (operator, a_person("stranger")):
        with pytest.raises(PermissionDenied):
            written(role, who)
    Grant.objects.filter(pk=project.pk).update(
        begins_on=NOW.date() - timedelta(days=40), ends_on=NOW.date() - timedelta(days=2)
    )
    with pytest.raises(Refused, match=r"role\.not_taking"):
        written(role, host)


def test_who_was_erased_leaves_a_nameless_number(project: Grant, host: Person) -> None:
    row = written(a_role(project, host), host, "Лунёв Пётр", age=17)
    a_day(row, host)

    forget_joiner(row, actor=host, now=NOW)

    row.refresh_from_db()
    assert (row.name, row.age, hasattr(row, "parent")) == ("", None, False)
    assert joined_in_region(region_code(project)) == 1


def test_whoever_was_there_and_was_not_taken_comes_back_and_is_not_written_down_twice(
    client: Client, project: Grant, host: Person
) -> None:
    role = a_role(project, host)
    row = written(role, host)
    a_day(row, host)
    refuse([row], actor=host, now=NOW)

    with pytest.raises(Refused, match=r"joiner\.was_here"):
        written(role, host)
    client.force_login(host)
    answer = client.post(at("leave", project, row=row.key), {"back": "yes"}, follow=True)

    row.refresh_from_db()
    assert row.stage == "confirmed"
    assert "Noted: Confirmed." in answer.content.decode()
