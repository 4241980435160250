"""Votes entered from the signed minutes: taken out where they were a mistake, typed once."""

import pytest
from django.conf import settings
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.review.actions.sittings import mark_present
from sinergia.review.models import Item, Member, Presence, Sitting, Vote
from tests.arrange import NOON
from tests.review.commission import (
    a_commission,
    a_sitting,
    an_item,
    members,
    opened,
    votes,
    with_scan,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Made = tuple[Sitting, Item, list[Member]]


@pytest.fixture
def made(contest: Contest, operator: Person, client: Client) -> Made:
    """An open session of three with its scan, whose secretary is signed in."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(operator)
    commission = a_commission(contest, operator)
    seats = members(commission, operator)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator)
    sitting = opened(sitting, operator, *seats)
    with_scan(sitting, operator)
    return sitting, item, seats


def page(sitting: Sitting, item: Item) -> str:
    key = sitting.commission.contest.call.key
    return f"/calls/{key}/commission/sittings/{sitting.key}/items/{item.key}/"


def choices() -> dict[int, str]:
    return dict(Vote.objects.values_list("member", "choice"))


def test_a_vote_entered_by_mistake_is_taken_out_and_presence_with_it(
    made: Made, operator: Person, client: Client
) -> None:
    sitting, item, (chair, second, third) = made
    votes(item, chair)
    url, seen = page(sitting, item), Item.objects.get().version
    typed = {f"vote_{second.key}": "for", f"vote_{third.key}": "for"}
    client.post(f"{url}votes/", typed | {"seen": seen})
    assert choices() == {chair.pk: "for", second.pk: "for", third.pk: "for"}

    seen = Item.objects.get().version
    told = client.post(f"{url}votes/", typed | {f"vote_{third.key}": "", "seen": seen})

    assert told.status_code == 302
    assert choices() == {chair.pk: "for", second.pk: "for"}
    assert Item.objects.get().version > seen
    mark_present(sitting, [chair.pk, second.pk], actor=operator, now=NOON)
    assert set(Presence.objects.values_list("member", flat=True)) == {chair.pk, second.pk}


def test_what_was_typed_beside_an_older_item_is_entered_by_the_next_press(
    made: Made, client: Client
) -> None:
    sitting, item, (chair, second, third) = made
    url, seen = page(sitting, item), Item.objects.get().version
    client.post(f"{url}votes/", {"seen": seen, f"vote_{third.key}": "abstain"})
    votes(item, chair)
    typed = {"seen": str(seen), f"vote_{second.key}": "against", f"vote_{third.key}": ""}
    stale = client.post(f"{url}votes/", typed)
    form = stale.context["entering"]
    shown = {one.html_name: one.value() or "" for one in form}

    again = client.post(f"{url}votes/", shown)

    assert (stale.status_code, again.status_code) == (422, 302)
    assert f"vote_{chair.key}" not in shown  # their own vote came meanwhile
    assert choices() == {chair.pk: "for", second.pk: "against", third.pk: "abstain"}
