"""What is hidden and what is missing look alike: on every address of exchange, to whoever asks."""

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sinergia.exchange.actions.aims import write_aim
from sinergia.exchange.urls import visits as urls
from tests.arrange import NOON, a_centre, a_person, a_region
from tests.exchange.arrange_exchange import (
    a_home,
    a_programme,
    a_traveller,
    an_agreement,
    an_idea,
    both_sides,
    staff_of,
)

pytestmark = pytest.mark.django_db

WORDS = {"name": "agree", "shelf": "put-away", "verb": "lead", "paper": "list"}


def addresses(hidden: dict[str, dict[str, UUID]], *, is_there: bool) -> list[str]:
    """Each address that names a row, with a hidden row or with one that is not there."""
    found = []
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        if "<uuid:key>" not in route or "invitation/" in route:
            continue
        kind = next((one for one in hidden if one in route), "visits/")
        keys = {
            word: (hidden[kind].get(word, uuid4()) if is_there else uuid4())
            for word in ("key", "aim", "row")
            if f"<uuid:{word}>" in route
        }
        words = {word: value for word, value in WORDS.items() if f":{word}>" in route}
        found.append(reverse(f"exchange:{pattern.name}", kwargs=keys | words))
    return found


@pytest.mark.parametrize("role", ["visitor", "stranger", "neighbour"])
def test_a_hidden_row_is_answered_like_one_that_is_not_there(role: str) -> None:
    home, other = a_home(), a_centre("Центр области")
    ours = staff_of(home)
    programme, visit = a_programme(ours, home), an_idea(ours, home)
    aim = write_aim(programme, {"text": "Цель"}, actor=ours, now=NOON)
    organiser, _sending = both_sides(visit, ours)
    row = a_traveller(visit, ours, "Саврасов А. П.")
    hidden = {
        "programmes/": {"key": programme.key, "aim": aim.key},
        "agreements/": {"key": an_agreement(ours, home).key},
        "organisers/": {"key": visit.key, "row": organiser.key},
        "visits/": {"key": visit.key, "row": row.key},
    }
    people = {"stranger": a_person("stranger"), "neighbour": staff_of(other, "neighbour")}
    client = Client()
    if role in people:
        client.force_login(people[role])
    a_region()

    def answers(asked: list[str]) -> list[tuple[int, int]]:
        return [(client.get(one).status_code, client.post(one).status_code) for one in asked]

    there = answers(addresses(hidden, is_there=True))
    missing = answers(addresses(hidden, is_there=False))

    assert there == missing
    assert {status for pair in there for status in pair} <= {302, 403, 404, 405}
    assert len(there) > 35
