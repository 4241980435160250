"""Our own feed, as another installation reads it."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from django.test import Client
from django.urls import reverse

from sinergia.engine.practice.feed import read_feed, schema_of_feed
from sinergia.engine.refusal import Refused
from sinergia.organisations.actions.telling import show_group
from sinergia.organisations.models import Membership, Organisation
from sinergia.practices.actions.changing import note_change
from sinergia.practices.actions.sending import send_practice
from sinergia.practices.actions.withdrawing import put_back_practice, withdraw_practice
from sinergia.practices.models import Change, Practice
from sinergia.practices.words import explain
from tests.afterwards import run_errands
from tests.arrange import NOON, a_centre, a_consultant, a_leader, an_organisation
from tests.house.source import ROOT
from tests.practices.arrange import write as written_then
from tests.practices.arrange_writing import a_ready_practice, publish

pytestmark = pytest.mark.django_db
ORIGIN = "http://127.0.0.1:8000"


def page(after: int = 0) -> dict[str, Any]:
    told: dict[str, Any] = Client().get(reverse("practices:feed"), {"after": after}).json()
    return told


def three_published() -> list[Practice]:
    organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    consultant = a_consultant(centre=a_centre())
    made = []
    for name in ("Первая", "Вторая", "Третья"):
        practice = a_ready_practice(
            name,
            organisation=organisation,
            actor=leader,
            texts={
                "contacts/aaaaaa/name": "Тамара Яровая",
                "contacts/aaaaaa/shown": "everybody",
                "licence": "cc-by",
            },
        )
        publish(practice, author=leader, consultant=consultant)
        made.append(practice)
    return made


def test_what_is_published_is_told_whole_but_for_people_and_with_its_checksum() -> None:
    first, *_rest = three_published()

    told = page()

    item = told["items"][0]
    assert [one["content"]["values"]["title"] for one in told["items"]] == [
        "Первая",
        "Вторая",
        "Третья",
    ]
    assert item["address"] == f"{ORIGIN}/practices/{first.key}/"
    assert item["hash"] == sha256(rfc8785.dumps(item["content"])).hexdigest()
    assert item["authors"]["name"] == "Полтора шага"
    assert (item["licence"], item["content"]["values"]["theme"]) == ("cc-by", "Забота")
    assert "Тамара" not in json.dumps(told, ensure_ascii=False)
    assert (told["after"], told["last"], told["next"]) == (3, 3, None)


def test_a_hidden_organisation_is_not_named() -> None:
    first, *_rest = three_published()
    assert first.organisation is not None
    first.organisation.is_public = False
    first.organisation.save()

    assert page()["items"][0]["authors"] is None


def test_a_group_that_hides_is_told_to_whoever_has_read_its_name() -> None:
    first, *_rest = three_published()
    group = first.organisation
    assert group is not None
    Organisation.objects.filter(pk=group.pk).update(kind="group")
    group.refresh_from_db()
    leader = Membership.objects.get(organisation=group).person
    assert page(after=3)["items"] == []

    show_group(group, is_public=False, actor=leader, now=NOON)
    run_errands()

    told = page(after=3)["items"]
    assert [one["content"]["values"]["title"] for one in told] == ["Первая", "Вторая", "Третья"]
    assert {one["authors"] for one in told} == {None}


def test_changes_are_told_in_their_order_and_what_is_withdrawn_leaves_its_name_alone() -> None:
    first, second, _third = three_published()
    leader = first.texts.first()
    assert leader is not None
    administrator = a_leader("vera", organisation=first.organisation)  # type: ignore[arg-type]
    withdraw_practice(first, "Переделываем", actor=administrator, now=NOON)
    withdraw_practice(second, "Переделываем", actor=administrator, now=NOON)
    put_back_practice(second, actor=administrator, now=NOON + timedelta(hours=1))

    told = page(after=2)

    assert [(one["number"], one["state"]) for one in told["items"]] == [
        (3, "published"),
        (4, "withdrawn"),
        (6, "published"),
    ]
    assert [told["items"][1][name] for name in ("hash", "authors", "content")] == ["", None, None]
    assert told["last"] == 6


def test_a_page_is_read_back_by_the_very_reader_of_feeds() -> None:
    three_published()
    content = Client().get(reverse("practices:feed")).content

    read = read_feed(content, origin=ORIGIN, after=0)

    assert [one.number for one in read.items] == [1, 2, 3]


def test_pages_lead_on_to_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sinergia.practices.words.feed.PAGE", 2)
    three_published()

    first = page()
    second = Client().get(first["next"].removeprefix(ORIGIN)).json()

    assert [len(one["items"]) for one in (first, second)] == [2, 1]
    assert (first["after"], second["next"]) == (2, None)


def test_what_did_not_change_is_not_sent_twice() -> None:
    three_published()
    url = reverse("practices:feed")
    whole = Client().get(url)

    by_mark = Client().get(url, headers={"If-None-Match": whole["ETag"]})
    by_day = Client().get(url, headers={"If-Modified-Since": whole["Last-Modified"]})
    administrator = a_leader("vera", organisation=Practice.objects.all()[0].organisation)  # type: ignore[arg-type]
    withdraw_practice(Practice.objects.all()[0], "Так", actor=administrator, now=NOON)
    changed = Client().get(url, headers={"If-None-Match": whole["ETag"]})

    assert [one.status_code for one in (whole, by_mark, by_day, changed)] == [200, 304, 304, 200]


@pytest.mark.parametrize("after", ["", "junk", "-1", "9" * 40, "²"])
def test_a_number_that_is_none_reads_from_the_beginning(after: str) -> None:
    three_published()

    told = Client().get(reverse("practices:feed"), {"after": after}).json()

    assert len(told["items"]) == 3


def test_the_schema_is_served_as_it_stands_in_the_documentation() -> None:
    served = Client().get(reverse("practices:feed_schema")).json()
    kept = (ROOT / "docs" / "developers" / "practices-feed.schema.json").read_text("utf-8")

    assert served == schema_of_feed() == json.loads(kept)


def test_a_draft_and_what_only_the_consultant_has_are_not_told() -> None:
    organisation = an_organisation()
    leader = a_leader(organisation=organisation)
    a_ready_practice(organisation=organisation, actor=leader)

    assert (page()["items"], Change.objects.count()) == ([], 0)


def test_a_practice_that_no_reader_could_take_is_not_sent_and_stops_no_page() -> None:
    organisation = an_organisation("Длинные")
    leader = a_leader("vera", organisation=organisation)
    texts = {"problem": "Я" * 160_000, "actions": "Я" * 160_000}
    long = a_ready_practice(organisation=organisation, actor=leader, texts=texts)

    with pytest.raises(Refused) as refusal:
        send_practice(long, actor=leader, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == ["practice_large"]
    assert len(explain(refusal.value.gaps[0])) > 20
    three_published()
    Practice.objects.filter(pk=long.pk).update(stage="published", published_at=NOON)
    written_then(long, {"title": "Длинная"} | texts)
    note_change(long, now=NOON)
    content = Client().get(reverse("practices:feed")).content
    states = [one.state for one in read_feed(content, origin=ORIGIN, after=0).items]
    assert states == ["published", "published", "published", "withdrawn"]


def test_a_page_ends_where_it_would_be_too_large_for_its_readers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    three_published()
    size = len(Client().get(reverse("practices:feed")).content)
    monkeypatch.setattr("sinergia.practices.words.feed.MOST_OCTETS", size // 2)

    first = page()
    numbers = [first["after"]]
    while first["next"]:
        first = Client().get(first["next"].removeprefix(ORIGIN)).json()
        numbers.append(first["after"])

    assert numbers == [1, 2, 3]
