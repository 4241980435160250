"""The front page: what one may do here, before one has an account."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.arrange import a_centre, a_contest, a_practice, a_region

pytestmark = pytest.mark.django_db


def test_the_front_page_offers_what_is_open_and_what_works_and_nothing_hidden(
    client: Client,
) -> None:
    bare = client.get("/").content.decode()
    contest = a_contest(centre=a_centre())
    contest.closes_at = timezone.now() + timedelta(hours=1)
    contest.save()
    practice, draft = a_practice("Прокат колясок"), a_practice("Черновик")
    draft.stage = "draft"
    draft.save()
    page = client.get("/").content.decode()

    assert "One may apply now" not in bare
    assert "What works elsewhere" not in bare
    assert f'href="/calls/{contest.call.key}/"' in page
    assert f'href="/practices/{practice.key}/"' in page
    assert "Черновик" not in page


@pytest.mark.parametrize("address", ["/", "/help/", "/help/lists/", "/calls/", "/regions/XA-SVB/"])
def test_pages_for_everybody_answer_whoever_asks_for_the_head_alone(
    client: Client, address: str
) -> None:
    a_region()

    assert client.head(address).status_code == 200
