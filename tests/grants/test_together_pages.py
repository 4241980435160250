"""Public pages of projects: what everybody sees, what nobody learns, frames, pictures, erasure."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sinergia.base.journal.actions import seal_all
from sinergia.base.journal.queries import verify_journal
from sinergia.engine.refusal import Refused
from sinergia.grants.access import door_code, own_token
from sinergia.grants.actions import joining as actions
from sinergia.grants.actions.certifying import give_certificates
from sinergia.grants.actions.diary import (
    add_picture,
    agree_picture,
    publish_entry,
    write_entry,
)
from sinergia.grants.actions.showing import origin_of, turn_page, write_page
from sinergia.grants.models import DiaryPicture, Grant, Joiner, Result, Spending
from sinergia.grants.queries.grants import today_of
from sinergia.grants.queries.joiners import certificate_by
from sinergia.grants.queries.together import joined_in
from sinergia.insights.person.actions import Demand, erase_person
from sinergia.notices.models import Mailing
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_person, a_region, sign_in_twice
from tests.arrange_grants import fresh, leader_of, signed
from tests.grants.arrange_joining import (
    NOW,
    PROMISE,
    a_day,
    a_page,
    a_picture_upload,
    a_role,
    asked,
    at,
    confirmed,
    joined,
    own_url,
    proven,
    seen_now,
)

pytestmark = pytest.mark.django_db
NAME = "Саврасов Андрей"
SECRETS = ("аврасов", "NDREI@EXAMPLE".casefold(), "ama-andrei")


@pytest.fixture(autouse=True)
def in_english(client: Client) -> Iterator[None]:
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def project(grant: Grant, operator: Person) -> Grant:
    under_way = seen_now(signed(grant, operator))
    a_page(under_way, leader_of(under_way), embed="https://site.example/page")
    return fresh(under_way)


@pytest.fixture
def host(project: Grant) -> Person:
    return leader_of(project)


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    given = b"".join(response) if response.streaming else response.content
    return given.decode("utf-8", "replace")


def region_code(grant: Grant) -> str:
    region = grant.organisation.region
    assert region is not None
    return region.code


def a_shown_picture(grant: Grant, host: Person, second: Person, *people: Joiner) -> DiaryPicture:
    entry = write_entry(grant, today_of(grant), "Начали", actor=host, now=NOW)
    publish_entry(entry, is_open=True, actor=host, now=NOW)
    picture = add_picture(entry, a_picture_upload(host), "Двор", "", actor=host, now=NOW)
    return agree_picture(picture, "Все согласны", people, actor=second, now=NOW)


def test_the_page_tells_promise_money_roles_and_diary(
    client: Client, project: Grant, host: Person, operator: Person
) -> None:
    a_role(project, host)
    a_shown_picture(project, host, operator)

    told = page(client, at("project", project))

    for words in (PROMISE, "Возить к врачу", "2 places are left", "Начали", "90,000", "Under way"):
        assert words.replace(",", "") in told.replace(",", "").replace("\u00a0", ""), words
    assert 'property="og:image" content="http' in told


@pytest.mark.parametrize(
    ("stage", "ends", "words"),
    [
        ("preparing", 30, "Announced"),
        ("under_way", 30, "Under way"),
        ("under_way", -1, "Reporting"),
        ("closed", -1, "Closed with results"),
    ],
)
def test_the_page_lives_through_the_whole_life(
    client: Client, project: Grant, host: Person, stage: str, ends: int, words: str
) -> None:
    a_role(project, host)
    day = today_of(project)
    Grant.objects.filter(pk=project.pk).update(
        stage=stage,
        ends_on=day + timedelta(days=ends),
        signed_on=None if stage == "preparing" else day,
        closed_on=day if stage == "closed" else None,
    )

    told = " ".join(page(client, at("project", project)).split())

    assert f'aria-current="step"> <span>{words}' in told
    assert ("Join" in told and 'id="join"' in told) == (ends > 0)


def test_reached_results_stand_beside_promised_ones(client: Client, project: Grant) -> None:
    Result.objects.create(
        grant=project, row="r9", what="Семьи", promised="40", reached="46",
        proof="Список: Иванова", at=NOW,
    )  # fmt: skip

    told = " ".join(page(client, at("project", project)).split())

    assert "46 of 40" in told
    assert "Иванова" not in told


def test_a_closed_page_and_a_forged_key_are_answered_alike(
    client: Client, project: Grant, host: Person, operator: Person
) -> None:
    role = a_role(project, host)
    picture = a_shown_picture(project, host, operator)
    turn_page(project, is_open=False, actor=host, now=NOW)

    for name, more in (
        ("project", {}),
        ("card", {}),
        ("embed", {}),
        ("thanks", {}),
        ("join", {"row": role.key}),
        ("picture", {"row": picture.key}),
    ):
        hidden = client.get(at(name, project, **more))
        invented = client.get(reverse(f"together:{name}", kwargs={"key": uuid4()} | more))
        assert (hidden.status_code, invented.status_code) == (404, 404), name
        assert len(hidden.content) == len(invented.content)
    assert project.application.title not in page(client, "/together/?part=all")
    assert joined_in(region_code(project)) == 0


def test_forged_links_are_answered_as_missing_ones(
    client: Client, project: Grant, host: Person
) -> None:
    row = joined(a_role(project, host), asked("Лунёв Пётр", age=16))
    other = own_token(row.key, "parent")  # a parent's link opens no page of the child's

    for url in (
        reverse("together:own", args=[row.key, other]),
        reverse("together:own", args=[row.key, "x"]),
        reverse("together:own", args=[uuid4(), own_token(row.key)]),
        reverse("together:parent", args=[row.key, own_token(row.key)]),
        reverse("together:here", args=[door_code(project, today_of(project))[:-1]]),
        reverse("together:here", args=["x"]),
        reverse("together:certificate", args=["261101-001-00000000"]),
    ):
        assert client.get(url).status_code == 404, url
    assert client.post(reverse("together:own", args=[row.key, other])).status_code == 404
    row.refresh_from_db()
    assert row.proven_at is None


def test_nobody_learns_who_joined(
    client: Client, project: Grant, host: Person, operator: Person
) -> None:
    role = a_role(project, host)
    told = asked(NAME, age=67, address="andrei@example.org")
    row = actions.prove(joined(role, told), now=NOW)
    actions.say_shown(row, is_shown=True, now=NOW)
    Joiner.objects.filter(pk=row.pk).update(stage="confirmed")
    row.refresh_from_db()
    a_day(row, host)
    give_certificates(project, actor=host, now=NOW)
    row.refresh_from_db()
    a_shown_picture(project, host, operator, row)
    region = region_code(project)
    urls = [
        "/together/", "/together/?part=all", f"/together/joined/?region={region}",
        "/together/joined/export.csv", at("project", project), at("embed", project),
        reverse("together:certificate", args=[row.certificate]), "/search/?q=Саврасов",
        "/search/?q=andrei", at("join", project, row=role.key),
    ]  # fmt: skip
    outside = Client()
    outside.force_login(a_person("outside"))
    centre = Client()
    sign_in_twice(centre, operator)

    for reader in (client, outside, centre):
        for url in (*urls, *([at("inside", project)] if reader is centre else [])):
            found = page(reader, url).casefold().replace("?q=саврасов", "")
            found = found.replace('value="саврасов"', "").replace("%d1", "")
            leaks = [one for one in SECRETS if one in found and "search" not in url]
            assert leaks == [], url
    for name in ("people", "days", "door"):
        assert centre.get(at(name, project)).status_code == 403
        assert outside.get(at(name, project)).status_code == 404
    assert "1" in page(client, f"/together/joined/?region={region}")
    assert joined_in(region) == 1
    assert ">67<" not in page(client, f"/together/joined/?region={region}")


def test_an_address_that_is_there_already_is_answered_as_a_new_one(
    client: Client, project: Grant, host: Person
) -> None:
    role = a_role(project, host)
    typed = {"name": NAME, "email": "a@example.org", "age": "30", "agrees": "on", "version": "1"}
    url = at("join", project, row=role.key)

    first, second = client.post(url, typed), client.post(url, typed)

    assert (first.status_code, first["Location"]) == (302, at("thanks", project))
    assert (second.status_code, second["Location"]) == (302, at("thanks", project))
    assert Joiner.objects.count() == 1


def test_without_consent_nobody_is_written_down(
    client: Client, project: Grant, host: Person
) -> None:
    role = a_role(project, host)
    typed = {"name": NAME, "email": "a@example.org", "age": "30", "version": "1"}

    response = client.post(at("join", project, row=role.key), typed)

    assert (response.status_code, Joiner.objects.count()) == (422, 0)
    assert "Without your consent" in response.content.decode()


def test_a_frame_is_for_the_organisations_own_site_alone(client: Client, project: Grant) -> None:
    host = leader_of(project)

    framed = client.get(at("embed", project))
    whole = client.get(at("project", project))
    write_page(project, PROMISE, "", actor=host, now=NOW)

    rules = [one.strip() for one in framed["Content-Security-Policy"].split(";")]
    assert "frame-ancestors https://site.example" in rules
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors 'none'" in whole["Content-Security-Policy"]
    assert whole["X-Frame-Options"] == "DENY"
    assert client.get(at("embed", project)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://Example.org/about?x=1", "https://example.org"),
        ("http://example.org:8080", "http://example.org:8080"),
        ("https://a.org; script-src *", ""),
        ("https://*", ""),
        ("javascript:alert(1)", ""),
        ("https://u:p@example.org", ""),
        ("example.org", ""),
        ("https://example.org:x", ""),
        ("", ""),
    ],
)
def test_an_origin_is_read_from_an_address_or_is_none(typed: str, origin: str) -> None:
    assert origin_of(typed) == origin


def test_the_card_is_a_picture_of_1200_by_630(client: Client, project: Grant) -> None:
    response = client.get(at("card", project))

    assert response.content[:8] == b"\x89PNG\r\n\x1a\n"
    size = int.from_bytes(response.content[16:20]), int.from_bytes(response.content[20:24])
    assert size == (1200, 630)
    assert response["Cache-Control"] == "public, max-age=300"


def test_a_picture_is_closed_till_a_second_person_agrees(
    client: Client, project: Grant, host: Person, operator: Person
) -> None:
    entry = write_entry(project, today_of(project), "Начали", actor=host, now=NOW)
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
    assert joined_in(region_code(project)) == 1
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

    response = client.get(reverse("together:here", args=[door_code(project, today_of(project))]))
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
            grant=project, line="whole", on=today_of(project), document="чек", number=str(number),
            number_folded=str(number), payee="Х", payee_folded="х", sum_minor=minor,
            verdict=verdict, by=uuid4(), at=NOW, changed_at=NOW,
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
