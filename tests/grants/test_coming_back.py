"""Who leaves and comes back, is known at the door, is written down again, or is forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.base.letters.models import BrokenAddress, Letter
from sinergia.engine.refusal import Refused
from sinergia.grants.access import door_code
from sinergia.grants.actions.forgetting import forget_joiner, forget_unproven
from sinergia.grants.actions.joining import come_back, leave, prove
from sinergia.grants.actions.queueing import confirm, refuse
from sinergia.grants.actions.writing_down import note_leaving, write_down
from sinergia.grants.models import Grant, Joiner
from sinergia.grants.papers.joining import addressee_of
from sinergia.grants.queries.grants import today_of
from sinergia.notices.actions import draft_mailing, send_mailing
from sinergia.notices.models import Recipient
from sinergia.notices.queries.mailings import counts_of
from sinergia.people.models import Person
from tests.arrange import a_person
from tests.grants.arrange_joining import (
    NOW,
    a_day,
    a_role,
    asked,
    at,
    joined,
    joined_in_region,
    page,
    proven,
    region_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("in_english")]


def test_the_code_at_the_door_leads_to_the_role_in_which_one_is(
    client: Client, project: Grant, host: Person
) -> None:
    anna = a_person("anna")
    told = asked(address=anna.email)
    first, second = a_role(project, host, "Первая"), a_role(project, host, "Вторая")
    away = prove(joined(first, told, person=anna), now=NOW)
    refuse([away], actor=host, now=NOW)
    there = prove(joined(second, told, person=anna), now=NOW)
    confirm([there], actor=host, now=NOW)
    client.force_login(anna)

    answer = client.get(reverse("together:here", args=[door_code(project, today_of(project))]))

    assert str(there.key) in answer.headers["Location"]


def test_a_child_who_comes_back_later_is_kept_and_the_parent_is_asked_again(
    project: Grant, host: Person
) -> None:
    row = prove(joined(a_role(project, host), asked(age=15)), now=NOW)
    leave(row, now=NOW)
    later = NOW + timedelta(days=27)
    come_back(row, now=later)

    forget_unproven(now=later + timedelta(days=6))

    assert Joiner.objects.get().stage == "asked"
    letters = Errand.objects.filter(name="grants.write_to_parent")
    assert [one.arguments["mark"] for one in letters.order_by("pk")] == [
        f"{NOW:%Y-%m-%d}",
        f"{later:%Y-%m-%d}",
    ]


def test_who_left_without_confirming_the_address_is_erased_in_a_week(
    project: Grant, host: Person
) -> None:
    role = a_role(project, host)
    leave(joined(role), now=NOW)
    kept = proven(role, "Борисова Анна")
    leave(kept, now=NOW)

    forget_unproven(now=NOW + timedelta(days=60))

    assert list(Joiner.objects.all()) == [kept]


def test_whoever_is_forgotten_before_a_message_goes_is_written_to_by_nobody(
    project: Grant, host: Person
) -> None:
    role = a_role(project, host, confirms=False)
    rows = [proven(role), proven(role, "Борисова Анна"), proven(role, "Волков Лев")]
    told = [addressee_of(Joiner.objects.get(pk=one.pk)) for one in rows]
    mailing = draft_mailing(
        "Тема", "Текст", scope_kind="grant", scope_key=project.key, addressees=told, actor=host,
        now=NOW,
    )  # fmt: skip
    forget_joiner(rows[0], actor=rows[0], now=NOW)
    assert counts_of(mailing).waiting == 2
    # One that grew old was emptied with its state as it was.
    Recipient.objects.filter(of_key=rows[1].key).update(address="", address_folded="")

    send_mailing(mailing.key, actor=host, now=NOW)
    for minutes in (5, 8):
        run_due_errands(now=NOW + timedelta(minutes=minutes))

    counts = counts_of(mailing)
    assert (counts.waiting, counts.no_address, counts.came_back) == (0, 2, 0)
    assert counts.to_phone == 2  # of three: nobody knows whom to phone instead of the first
    assert not Letter.objects.filter(to="", about__startswith="mailing").exclude(fault="").exists()
    assert not BrokenAddress.objects.exists()


def test_who_was_written_down_comes_after_all_and_is_counted_once(
    client: Client, project: Grant, host: Person
) -> None:
    role = a_role(project, host)
    told = replace(asked("Рябова Анна", age=67), email="")
    row = write_down(role, told, language="ru", actor=host, now=NOW)
    a_day(row, host)
    note_leaving(row, actor=host, now=NOW)
    with pytest.raises(Refused, match=r"joiner\.was_here"):
        write_down(role, told, language="ru", actor=host, now=NOW)
    client.force_login(host)
    assert "Comes after all" in page(client, at("person", project, row=row.key))

    client.post(at("leave", project, row=row.key), {"back": "yes"})

    row.refresh_from_db()
    assert row.stage == "confirmed"
    assert joined_in_region(region_code(project)) == 1
    note_leaving(row, actor=host, now=NOW)
    past = NOW.date() - timedelta(days=2)
    Grant.objects.filter(pk=project.pk).update(begins_on=past, ends_on=past)
    client.post(at("leave", project, row=row.key), {"back": "yes"})
    row.refresh_from_db()
    assert row.stage == "left"
