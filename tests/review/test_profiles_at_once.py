"""Two who write an expert's profile at the same time."""

import pytest
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.people.models import Person
from sinergia.review.actions.experts import Profile, change_expert, change_own_profile
from sinergia.review.models import Expert
from tests.arrange import NOON
from tests.arrange_review import an_expert
from tests.review.arrange_experts import given, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_two_who_write_a_profile_at_once_lose_nothing(contest: Contest, operator: Person) -> None:
    row = an_expert("Бартенева Н. Л.", contest=contest)
    opened = {"post": "", "topics": "", "directions": [], "most": 10}
    change_own_profile(
        row, Profile(row.name, topics="Дворы", directions=["culture"]), actor=person_of(row),
        now=NOON, seen=opened,
    )  # fmt: skip

    changed = change_expert(
        row, given(row.name, post="Доцент"), actor=operator, now=NOON, seen=opened
    )

    assert (changed.post, changed.topics, changed.directions) == ("Доцент", "Дворы", ["culture"])
    with pytest.raises(Refused) as refusal:
        change_expert(row, given(row.name, topics="Сады"), actor=operator, now=NOON, seen=opened)
    (gap,) = refusal.value.gaps
    assert (gap.code, gap.path, gap.values) == ("changed_meanwhile", "topics", {"value": "Дворы"})


def test_the_page_says_what_became_of_a_field_and_keeps_what_was_typed(
    contest: Contest, client: Client
) -> None:
    row = an_expert("Бартенева Н. Л.", contest=contest)
    client.force_login(person_of(row))
    address = f"/reviews/{row.key}/profile/"
    typed = {"name": row.name, "initial-name": row.name, "languages": "ru", "initial-topics": ""}
    typed |= {"initial-most": "10", "most": "10", "topics": "Сады"}
    Expert.objects.update(topics="Дворы", languages=["ru"], directions=["culture"])

    page = client.post(address, typed)

    row.refresh_from_db()
    assert (page.status_code, row.topics) == (422, "Дворы")
    assert "«Дворы»" in page.content.decode()
    assert ">\nСады</textarea>" in page.content.decode()
    assert client.post(address, typed | {"initial-topics": "Дворы"}).status_code == 302
    row.refresh_from_db()
    assert (row.topics, row.directions) == ("Сады", ["culture"])
