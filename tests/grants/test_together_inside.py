"""Pictures, one's own page, the organisers' pages: consents taken back, erasure, hours, letters."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from sinergia.base.journal.actions import seal_all
from sinergia.base.journal.queries import verify_journal
from sinergia.calls.models import Contest, Duty
from sinergia.engine.refusal import Refused
from sinergia.grants.access import door_code
from sinergia.grants.actions import joining as actions
from sinergia.grants.actions.certifying import give_certificates
from sinergia.grants.actions.diary import (
    add_picture,
    agree_picture,
    publish_entry,
    shelve_picture,
    write_entry,
)
from sinergia.grants.actions.forgetting import forget_joiner
from sinergia.grants.models import Grant, Joiner, Spending
from sinergia.grants.queries.grants import today_of
from sinergia.grants.queries.joiners import certificate_by
from sinergia.insights.person.actions import Demand, erase_person
from sinergia.notices.models import Mailing, Recipient
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_person, a_region
from tests.grants.arrange_joining import (
    NOW,
    a_day,
    a_picture_upload,
    a_role,
    a_shown_picture,
    asked,
    at,
    confirmed,
    joined,
    joined_in_region,
    mailbox,
    own_url,
    page,
    proven,
    region_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NAME = "Саврасов Андрей"


def test_a_picture_is_closed_till_a_second_person_agrees(
    client: Client, project: Grant, host: Person, operator: Person
) -> None:
    entry = write_entry(project, today_of(project, NOW), "Начали", actor=host, now=NOW)
    publish_entry(entry, is_open=True, actor=host, now=NOW)
    picture = add_picture(entry, a_picture_upload(host), "Двор", "", actor=host, now=NOW)
    url = at("picture", project, row=picture.key)
    inside = Client()
    inside.force_login(host)
    assert (client.get(url).status_code, inside.get(url).status_code) == (404, 200)

    for who, consent, code in ((host, "да", "picture.same_person"), (operator, " ", "no_consent")):
        with pytest.raises(Refused) as refusal:
            agree_picture(picture, consent, [], actor=who, now=NOW)
        assert any(code in gap.code for gap in refusal.value.gaps)
    with pytest.raises(PermissionDenied):
        agree_picture(picture, "да", [], actor=a_person("stranger"), now=NOW)
    agree_picture(picture, "Все согласны", [], actor=operator, now=NOW)

    assert client.get(url).status_code == 200
    publish_entry(entry, is_open=False, actor=host, now=NOW)
    assert client.get(url).status_code == 404


def test_what_is_not_published_is_seen_by_its_people_and_waiting_pictures_by_who_is_asked(
    project: Grant, host: Person, operator: Person, centre: Centre, contest: Contest
) -> None:
    today = today_of(project, NOW)
    shown = a_shown_picture(project, host, operator)
    secret = write_entry(project, today, "Тайная запись", actor=host, now=NOW)
    waiting, away = (
        add_picture(secret, a_picture_upload(host), name, "", actor=host, now=NOW)
        for name in ("Ждёт", "Убрана")
    )
    shelve_picture(away, is_away=True, actor=host, now=NOW)
    Duty.objects.create(contest=contest, person=operator, kind=Duty.Kind.OPERATOR, since=NOW)
    other = a_consultant("other", centre=centre)

    told = {}
    for who in (host, operator, other):
        inside = Client()
        inside.force_login(who)
        urls = [at("picture", project, row=one.key) for one in (shown, waiting, away)]
        urls += [at("look", project, row=one.key) for one in (shown, waiting, away)]
        seen = page(inside, at("inside", project))
        words = [one in seen for one in ("Начали", "Тайная запись", "Ждёт", "Убрана")]
        told[who] = ([inside.get(url).status_code for url in urls], words)

    yes, no = 200, 404
    assert told[host] == ([yes] * 6, [True] * 4)
    assert told[operator] == ([yes, yes, no] * 2, [True, False, True, False])
    assert told[other] == ([yes, no, no] * 2, [True, False, False, False])


def test_whoever_takes_the_consent_back_is_off_the_pictures_at_once(
    client: Client, project: Grant, host: Person, operator: Person
) -> None:
    row = confirmed(a_role(project, host), host)
    with pytest.raises(Refused):
        a_shown_picture(project, host, operator, row)
    actions.say_shown(row, is_shown=True, now=NOW)
    row.refresh_from_db()
    picture = a_shown_picture(project, host, operator, row)
    url = at("picture", project, row=picture.key)
    assert client.get(url).status_code == 200

    client.post(own_url(row, "act", act="hide"))

    assert client.get(url).status_code == 404


@pytest.mark.both
def test_a_person_erased_takes_certificate_and_pictures_along_and_the_journal_verifies(
    client: Client, project: Grant, host: Person, operator: Person
) -> None:
    anna = a_person("anna")
    role = a_role(project, host)
    told = asked("Анна Саврасова", address=anna.email)
    row = actions.prove(joined(role, told, person=anna), now=NOW)
    Joiner.objects.filter(pk=row.pk).update(stage="confirmed", shown_at=NOW)
    child = joined(role, asked("Лунёв Пётр", age=16))
    child.parent.email = anna.email
    child.parent.save()
    row.refresh_from_db()
    a_day(row, host)
    give_certificates(project, actor=host, now=NOW)
    row.refresh_from_db()
    number = row.certificate
    picture = a_shown_picture(project, host, operator, row)
    seal_all(now=NOON)

    erase_person(anna, Demand(), actor=anna, now=NOON)

    seal_all(now=NOON)
    report = verify_journal()
    row.refresh_from_db()
    child.refresh_from_db()
    assert (report.faults, report.unsealed) == ([], 0)
    assert (row.name, row.email, row.certificate, certificate_by(number)) == ("", "", "", None)
    assert client.get(at("picture", project, row=picture.key)).status_code == 404
    assert (child.name, hasattr(Joiner.objects.get(pk=child.pk), "parent")) == ("Лунёв Пётр", False)
    assert joined_in_region(region_code(project)) == 1
    assert client.get(own_url(row)).status_code == 200


def test_by_the_link_one_proves_reads_leaves_and_is_erased(
    client: Client, project: Grant, host: Person
) -> None:
    row = joined(a_role(project, host, confirms=False))

    assert "Yes, this is me" in page(client, own_url(row))
    client.post(own_url(row))
    assert "You are in the project." in page(client, own_url(row))
    page(client, own_url(row, "act", act="leave"))
    client.post(own_url(row, "act", act="leave"))
    assert "I come after all" in page(client, own_url(row))
    client.post(own_url(row, "act", act="forget"))

    told = page(client, own_url(row))
    assert "is erased" in told
    assert "Саврасов" not in told


def test_the_door_leads_who_is_known_on_the_device_to_their_page(
    client: Client, project: Grant, host: Person
) -> None:
    row = confirmed(a_role(project, host), host)
    page(client, own_url(row))

    response = client.get(
        reverse("together:here", args=[door_code(project, today_of(project, NOW))])
    )
    told = page(client, response["Location"])
    client.post(own_url(row, "act", act="here"))

    assert response["Location"] == own_url(row)
    assert "I am here" in told
    assert row.days.count() == 1


def test_organisers_confirm_note_hours_and_write(project: Grant, host: Person) -> None:
    row = proven(a_role(project, host))
    inside = Client()
    inside.force_login(host)
    inside.cookies["django_language"] = "en"
    desk = inside.get("/desk/").content.decode()
    chosen = {"chosen": [str(row.key)], "verb": "confirm"}

    inside.post(at("settle", project), chosen)
    inside.post(at("days", project), {str(row.key): "1.5", f"initial-{row.key}": ""})
    inside.post(at("certify", project), {"row": str(row.key)})
    response = inside.post(at("message", project), {"subject": "Встреча", "text": "В среду в 10"})

    row.refresh_from_db()
    mailing = Mailing.objects.get()
    assert "would join a project and waits for your word" in desk
    assert (row.stage, row.days.get().minutes, bool(row.certificate)) == ("confirmed", 90, True)
    assert response["Location"] == at("mailing", project, row=mailing.key)
    assert "В среду в 10" in inside.get(response["Location"]).content.decode()
    assert inside.get(own_url(row, "own_certificate")).content[:5] == b"%PDF-"
    assert inside.get(at("attendance", project)).content[:5] == b"%PDF-"
    inside.post(at("send", project, row=mailing.key, way="send"))
    inside.post(at("send", project, row=mailing.key, way="send"))
    assert Mailing.objects.get().stage in ("sending", "sent")


def test_the_certificate_of_another_project_is_not_given(project: Grant, host: Person) -> None:
    inside = Client()
    inside.force_login(host)
    row = confirmed(a_role(project, host), host)

    assert inside.get(at("paper", project, row=row.key)).status_code == 404
    assert inside.get(own_url(row, "own_certificate")).status_code == 404
    assert inside.post(at("certify", project), {"row": str(row.key)}).status_code == 302
    row.refresh_from_db()
    assert row.certificate == ""


def test_spent_is_what_was_accepted(client: Client, project: Grant) -> None:
    for number, (minor, verdict) in enumerate(((1_000_00, "taken"), (2_000_00, ""))):
        Spending.objects.create(
            grant=project, line="whole", on=today_of(project, NOW), document="чек",
            number=str(number), number_folded=str(number), payee="Х", payee_folded="х",
            sum_minor=minor, verdict=verdict, by=uuid4(), at=NOW, changed_at=NOW,
        )  # fmt: skip

    told = page(client, at("project", project)).replace("\u00a0", "").replace(",", "")

    assert "1000" in told
    assert "3000" not in told


def test_strangers_of_another_centre_find_nothing(project: Grant) -> None:
    other = a_centre("Чужой", region=a_region("XB-YAR", "Ярогорский край"))
    stranger = Client()
    stranger.force_login(a_consultant("stranger", centre=other))

    for name in ("inside", "people", "days", "door", "write"):
        assert stranger.get(at(name, project)).status_code == 404


@pytest.mark.parametrize("by", ["themselves", "organisers"])
def test_who_was_erased_stays_erased_and_no_parent_is_passed_by(
    client: Client, project: Grant, host: Person, by: str
) -> None:
    row = joined(a_role(project, host, confirms=False), asked("Лунёв Пётр", age=15))
    actions.prove(row, now=NOW)
    if by == "themselves":
        client.post(own_url(row, "act", act="forget"))
    else:
        forget_joiner(row, actor=host, now=NOW)

    page(client, own_url(row, "change"), status=404)
    typed = client.post(own_url(row, "change"), {"name": "Кто-то", "municipality": ""})
    back = client.post(own_url(row, "act", act="return"))
    client.post(own_url(row, "act", act="show"))
    actions.change_own(row, {"name": "Кто-то"}, now=NOW)
    actions.say_shown(row, is_shown=True, now=NOW)
    Joiner.objects.filter(pk=row.pk, name="").update(name="Кто-то")  # written before this was so
    actions.come_back(row, now=NOW)

    row.refresh_from_db()
    assert (typed.status_code, back.status_code) == (404, 302)
    assert (row.stage, row.queued_at, row.age, row.shown_at) == ("left", None, None, None)
    assert row.name_folded == ""


def test_organisers_learn_of_nobody_before_the_address_is_proven_and_a_parent_agrees(
    project: Grant, host: Person
) -> None:
    role = a_role(project, host)
    known = confirmed(role, host)
    typed, child = joined(role, asked("Вешняков Тимур")), joined(role, asked("Лунёв Пётр", age=15))
    actions.prove(child, now=NOW)
    left = actions.leave(joined(role, asked("Ушёл Сразу")), now=NOW)
    inside = Client()
    inside.force_login(host)
    inside.cookies["django_language"] = "en"
    parts = ("", "?part=asked", "?part=left", "?part=unproven")

    pages = [page(inside, at("people", project) + part) for part in parts]
    pages += [page(inside, at("export_people", project, form="csv") + part) for part in parts]
    for row in (typed, child, left):
        page(inside, at("person", project, row=row.key), status=404)
        inside.post(at("message", project) + "?part=", {"subject": "Встреча", "text": "В 10"})
        inside.post(at("message", project) + "?part=left", {"subject": "Встреча", "text": "В 10"})

    secrets = [one for row in (typed, child, left) for one in (row.name, row.email)]
    assert [one for one in (*secrets, child.parent.email) if any(one in p for p in pages)] == []
    assert "2 people have not confirmed the address yet" in pages[0]
    assert {one.name for one in Recipient.objects.all()} == {known.name}
    assert len(pages[0].split(known.email)) > 1


def test_the_number_who_joined_opens_its_rows_and_a_message_says_to_whom_it_goes(
    project: Grant, host: Person
) -> None:
    role = a_role(project, host, places=5)
    there, gone = confirmed(role, host, "анна"), confirmed(role, host, "борис")
    a_day(gone, host)
    actions.leave(gone, now=NOW)
    proven(role, "вера")
    inside = Client()
    inside.force_login(host)
    inside.cookies["django_language"] = "en"

    tiles = page(inside, at("inside", project))
    rows = page(inside, at("people", project) + "?part=joined")
    message = page(inside, at("message", project) + "?part=joined")
    unasked = page(inside, at("message", project))

    assert at("people", project) + "?part=joined" in tiles
    assert [one in rows for one in (there.email, gone.email)] == [True, True]
    assert f"{mailbox('вера')}@example.org" not in rows
    assert at("message", project) + "?part=joined" in rows
    assert "joined: are in the project, or were there on a day" in message
    assert "2 people get it" in message
    assert "are in the project" in unasked
    assert "1 person gets it" in unasked
