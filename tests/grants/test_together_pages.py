"""Public pages of projects: what everybody sees, what nobody learns, frames, pictures, erasure."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sinergia.engine.granting.plan import write_plan
from sinergia.grants.access import door_code, own_token
from sinergia.grants.actions import joining as actions
from sinergia.grants.actions.certifying import give_certificates
from sinergia.grants.actions.showing import origin_of, turn_page, write_page
from sinergia.grants.forms.joining import RoleForm
from sinergia.grants.models import Grant, Joiner, Plan, Report, ReportText, Result
from sinergia.grants.queries.grants import today_of
from sinergia.people.models import Person
from tests.arrange import a_person, sign_in_twice
from tests.arrange_grants import a_report, leader_of
from tests.arrange_reports import LINES, RESULT, TEXTS
from tests.grants.arrange_joining import (
    NOW,
    PROMISE,
    a_day,
    a_role,
    a_shown_picture,
    asked,
    at,
    joined,
    joined_in_region,
    page,
    region_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NAME = "Саврасов Андрей"
SECRETS = ("аврасов", "NDREI@EXAMPLE".casefold(), "ama-andrei")


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
    day = today_of(project, NOW)
    Grant.objects.filter(pk=project.pk).update(
        stage=stage,
        ends_on=day + timedelta(days=ends),
        signed_on=None if stage == "preparing" else day,
        closed_on=day if stage == "closed" else None,
    )

    told = " ".join(page(client, at("project", project)).split())

    assert f'aria-current="step"> <span>{words}' in told
    assert ("Join" in told and 'id="join"' in told) == (ends > 0)


def test_who_mistypes_is_told_at_once_all_that_is_against_joining(
    client: Client, project: Grant, host: Person
) -> None:
    address = at("join", project, row=a_role(project, host).key)
    typed = {"name": "", "email": "sasha@example.org", "age": "0", "version": "1"}

    nobody = client.post(address, typed).context["form"].errors
    child = client.post(address, typed | {"age": "15", "agrees": "on"}).context["form"].errors

    assert list(nobody) == ["name", "age", "agrees"]
    assert nobody["age"] == ["This age looks mistyped."]
    assert list(child) == ["name", "parent_name", "parent_email"]


def test_bounds_of_a_number_are_said_in_plain_words() -> None:
    form = RoleForm({"name": "Возить", "places": "0", "least_age": "200", "hours": "30"})

    assert [list(form.errors[name]) for name in ("places", "least_age", "hours")] == [
        ["Type a number not below 1."],
        ["Type a number not above 99."],
        ["Type a number not above 24."],
    ]


def test_reached_results_stand_beside_promised_ones(client: Client, project: Grant) -> None:
    Result.objects.create(
        grant=project, row="r9", what="Семьи", promised="40", reached="46",
        proof="Список: Иванова", at=NOW,
    )  # fmt: skip
    Grant.objects.filter(pk=project.pk).update(stage="closed", closed_on=NOW.date())

    told = " ".join(page(client, at("project", project)).split())

    assert "46 of 40" in told
    assert "Иванова" not in told


def test_results_of_accepted_reports_stand_beside_promised_ones_while_it_goes_on(
    client: Client, project: Grant
) -> None:
    kept = write_plan(TEXTS, LINES)
    Plan.objects.create(
        grant=project, version=2, content=kept.content, digest=kept.digest, made_at=NOW
    )
    path = f"results/{RESULT}/"

    pages = []
    for stage, number in (("submitted", "3"), ("accepted", "7")):
        Report.objects.filter(grant=project).delete()
        report = a_report(project.periods.order_by("number")[0], stage)
        for cell, text in (("reached", number), ("proof", "Список: Иванова")):
            ReportText.objects.create(
                report=report, path=path + cell, value=text, version=1, by=uuid4(), at=NOW
            )
        pages.append(" ".join(page(client, at("project", project)).split()))

    assert "3 of 12" not in pages[0]
    assert "told as soon as a report on it is accepted" in pages[0]
    assert "7 of 12" in pages[1]
    assert "so far, by reports that were accepted" in pages[1]
    assert not any("Иванова" in one for one in pages)


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
    assert joined_in_region(region_code(project)) == 0


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
        reverse("together:here", args=[door_code(project, today_of(project, NOW))[:-1]]),
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
    assert joined_in_region(region) == 1
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
