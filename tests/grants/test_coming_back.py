"""Who leaves and comes back, is known at the door, is written down again, or is forgotten."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.errands.models import Errand
from sinergia.base.letters.models import BrokenAddress, Letter
from sinergia.engine.refusal import Refused
from sinergia.grants.access import door_code, own_token
from sinergia.grants.actions.forgetting import forget_joiner, forget_those_of, forget_unproven
from sinergia.grants.actions.joining import agree_as_parent, come_back, leave, prove
from sinergia.grants.actions.queueing import confirm, refuse
from sinergia.grants.actions.writing_down import note_leaving, write_down
from sinergia.grants.models import Grant, JoinedAgain, Joiner
from sinergia.grants.papers.joining import addressee_of
from sinergia.grants.queries.grants import today_of
from sinergia.grants.queries.joiners import people_in
from sinergia.grants.queries.together import public_projects, shown_project, with_joined
from sinergia.grants.views.together import people
from sinergia.notices.actions import draft_mailing, send_mailing
from sinergia.notices.models import Notice, Recipient
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
    own_url,
    page,
    proven,
    region_code,
    stages,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("in_english")]


def test_the_code_at_the_door_leads_to_the_role_in_which_one_is(
    client: Client, project: Grant, host: Person
) -> None:
    anna = a_person("anna")
    first, second = a_role(project, host, "Первая"), a_role(project, host, "Вторая")
    away = prove(joined(first, asked(address=anna.email), person=anna), now=NOW)
    refuse([away], actor=host, now=NOW)
    there = prove(joined(second, asked(address=anna.email), person=anna), now=NOW)
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
    again = replace(told, key=uuid4())
    with pytest.raises(Refused, match=r"joiner\.was_here"):
        write_down(role, again, language="ru", actor=host, now=NOW)
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


def test_whom_the_organisers_did_not_take_they_can_take_after_all(
    client: Client, project: Grant, host: Person
) -> None:
    role = a_role(project, host, places=1)
    anna, boris = proven(role, "анна"), proven(role, "борис")
    client.force_login(host)
    chosen = {"chosen": [str(anna.key)], "verb": "refuse"}

    asked_once_more = client.post(at("settle", project), chosen)
    before = stages(role)
    client.post(at("settle", project), chosen | {"verb": "refuse-indeed"})
    after = stages(role)
    assert "letter at once" in asked_once_more.content.decode()
    assert (before, after) == (["asked", "waiting"], ["refused", "asked"])
    assert "Take after all" in page(client, at("person", project, row=anna.key))

    confirm([anna], actor=host, now=NOW)
    assert stages(role) == ["waiting", "asked"]  # at the end of the line
    refuse([anna, boris], actor=host, now=NOW)
    confirm([anna], actor=host, now=NOW)
    assert stages(role) == ["confirmed", "refused"]
    gone = forget_joiner(boris, actor=host, now=NOW)
    Joiner.objects.filter(pk=boris.pk).update(stage="refused")
    past = NOW.date() - timedelta(days=2)
    Grant.objects.filter(pk=project.pk).update(begins_on=past, ends_on=past)
    refuse([anna], actor=host, now=NOW)
    assert confirm([anna, gone], actor=host, now=NOW) == 0


def test_who_cannot_be_confirmed_is_told_of_in_plain_words(
    client: Client, project: Grant, host: Person
) -> None:
    role = a_role(project, host, places=1)
    proven(role, "анна")
    waiting = proven(role, "борис")
    client.force_login(host)

    sent = {"chosen": [str(waiting.key), "x"], "verb": "confirm"}
    answer = client.post(at("settle", project), sent, follow=True).content.decode()

    assert "Nobody’s state was changed." in answer
    assert "Settled" not in answer


@pytest.mark.parametrize("what", ["over", "closed"])
def test_a_letter_of_before_lets_nobody_into_what_is_over(
    client: Client, project: Grant, host: Person, what: str
) -> None:
    role = a_role(project, host, confirms=False)
    typed, child = joined(role), prove(joined(role, asked("Лунёв Пётр", age=16)), now=NOW)
    past = NOW.date() - timedelta(days=2)
    if what == "over":
        Grant.objects.filter(pk=project.pk).update(begins_on=past, ends_on=past)
    else:
        role.is_open = False
        role.save()
    parent = reverse("together:parent", args=[child.key, own_token(child.key, "parent")])

    told = client.post(own_url(typed), follow=True).content.decode()
    also = client.post(parent, {"says": "agree"}, follow=True).content.decode()

    assert "Nobody is taken here now" in told
    assert "Yes, this is me" not in told
    assert "One cannot join here now." in told
    assert "One cannot join here now." in also
    assert stages(role) == ["asked", "asked"]
    assert not Joiner.objects.filter(queued_at__isnull=False).exists()


def test_a_parent_is_asked_once_more_and_the_organisers_learn_of_the_gap_without_a_name(
    client: Client, project: Grant, host: Person
) -> None:
    role = a_role(project, host, confirms=False)
    child = prove(joined(role, asked("Лунёв Пётр", age=16)), now=NOW)
    agree_as_parent(child, now=NOW)
    parent = reverse("together:parent", args=[child.key, own_token(child.key, "parent")])

    assert "erased for good" in page(client, f"{parent}?says=refuse")
    assert stages(role) == ["confirmed"]
    client.post(f"{parent}?says=refuse", {"says": "refuse"})

    child.refresh_from_db()
    assert (child.stage, child.name) == ("refused", "")
    notice = Notice.objects.get(person=host, code="grants.joiner_gone")
    assert "Лунёв" not in str(notice.values)
    assert "What was written of your child" in page(client, parent)


def test_a_person_of_several_roles_is_counted_once_also_when_names_are_gone(
    client: Client, project: Grant, host: Person
) -> None:
    first, second = a_role(project, host, "Возить"), a_role(project, host, "Вести кружок")
    for role in (first, second):
        confirm([proven(role)], actor=host, now=NOW)
        told = replace(asked("Рябова Анна", age=67), email="")
        write_down(role, told, language="ru", actor=host, now=NOW)
    code = region_code(project)

    listed, figure = page(client, f"/together/joined/?region={code}"), joined_in_region(code)
    assert (figure, shown_project(project).joined) == (2, 2)  # type: ignore[union-attr]  # it has a page
    assert with_joined(public_projects()).get().people == 2  # type: ignore[attr-defined]  # counted with it
    assert "These rows are of 2 people" in listed
    assert listed.count("2026-") + listed.count(f"{NOW:%Y-%m}") >= 4

    last = project.ends_on + timedelta(days=366)
    forget_those_of(project, today=last, actor=host, now=NOW)
    assert joined_in_region(code) == 2


def test_rows_of_one_person_that_were_there_before_are_known_by_the_migration(
    project: Grant, host: Person
) -> None:
    first, second = a_role(project, host, "Возить"), a_role(project, host, "Вести кружок")
    for role in (first, second):
        proven(role)
        proven(role, "борис")
    JoinedAgain.objects.all().delete()

    for _twice in range(2):
        import_module("sinergia.grants.migrations.0008_rows_of_one_person").mark(apps, None)

    assert JoinedAgain.objects.count() == 2
    assert people_in(Joiner.objects.all()) == 2


def test_of_one_name_one_with_an_address_and_one_without_are_two(
    project: Grant, host: Person
) -> None:
    proven(a_role(project, host, "Возить"), "Рябова Анна")
    told = replace(asked("Рябова Анна", age=67), email="")
    write_down(a_role(project, host, "Вести кружок"), told, language="ru", actor=host, now=NOW)
    counted = [people_in(Joiner.objects.all())]

    JoinedAgain.objects.all().delete()
    import_module("sinergia.grants.migrations.0008_rows_of_one_person").mark(apps, None)
    counted.append(people_in(Joiner.objects.all()))

    assert counted == [2, 2]


def test_hours_are_typed_page_by_page_and_a_page_loses_nobody(
    client: Client, project: Grant, host: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "PAGE", 2)
    role = a_role(project, host, places=None, confirms=False)
    rows = [proven(role, name) for name in ("борис", "вера", "глеб")]
    client.force_login(host)

    opened = client.get(at("days", project)).context
    shown = [row.name for row, _field in opened["rows"]]
    proven(role, "анна")  # stands before them by now
    sent = {str(one.key): "2" for one in rows[:2]} | {f"initial-{one.key}": "" for one in rows[:2]}
    client.post(at("days", project), sent)

    assert shown == ["борис", "вера"]
    assert opened["page"].next_key
    assert [one.days.count() for one in rows] == [1, 1, 0]
