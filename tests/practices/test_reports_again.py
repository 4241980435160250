"""What a home did not take is told later; what came anew is read before it is accepted."""

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from sinergia.engine.signing import public_key
from sinergia.practices.actions.reporting import agree_to_report, end_report
from sinergia.practices.models import Feed, ReportedAdoption
from sinergia.practices.reading.feeds import bring
from tests.afterwards import run_errands
from tests.arrange import NOON, a_leader, a_practice
from tests.practices.arrange_feeds import Home, a_home
from tests.practices.test_reports import SEED, a_report, an_adoption, person, send

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def home(settings: Settings) -> Iterator[Home]:
    settings.FEEDS_NEAR = True
    with a_home() as made:
        made.key = public_key(SEED)
        yield made


def test_what_its_home_did_not_take_is_said_so_and_told_when_the_practice_is_back(
    home: Home,
) -> None:
    adoption = an_adoption(home)
    agree_to_report(adoption, actor=person(adoption), now=NOON)
    run_errands()
    end_report(adoption, actor=person(adoption), now=NOON)
    home.answers = 404
    page = f"/adoptions/{adoption.key}/"
    client = Client(headers={"accept-language": "en"})
    client.force_login(person(adoption))
    words = (
        "knows nothing",
        "on its way",
        "when the practice comes back",
        "told to show it no more",
    )

    told = [client.get(page).content.decode()]
    run_errands()
    told.append(client.get(page).content.decode())
    home.withdraw()
    bring(Feed.objects.get(), now=NOON)
    home.answers = 202
    home.publish()
    bring(Feed.objects.get(), now=NOON)
    run_errands()
    told.append(client.get(page).content.decode())

    assert [[one in text for one in words] for text in told] == [
        [False, True, False, True],
        [False, False, True, True],
        [True, False, False, False],
    ]
    assert [json.loads(content)["state"] for _path, content, _sign in home.sent][-1] == "gone"


def test_a_report_that_was_told_anew_is_not_accepted_unread(home: Home) -> None:
    practice = a_practice()
    leader = a_leader(organisation=practice.organisation)  # type: ignore[arg-type]
    send(a_report(home, practice))
    run_errands()
    client, key = Client(), ReportedAdoption.objects.get().key
    client.force_login(leader)
    address = reverse("practices:decide", args=[key])
    shown = 'name="seen" value="1"'

    page = client.get(reverse("practices:reported")).content.decode()
    send(a_report(home, practice, number=2, organisation="Покупайте у нас"))
    client.post(address, {"decision": "accept", "seen": "1"})
    unread = ReportedAdoption.objects.get().stage
    client.post(address, {"decision": "accept", "seen": "2"})

    assert shown in page
    assert (unread, ReportedAdoption.objects.get().stage) == ("waiting", "accepted")


def test_invented_reports_of_one_practice_keep_those_of_others_out_of_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sinergia.practices.actions.reported.MOST_OF_PRACTICE", 2)
    flooded, other = a_practice("Первая"), a_practice("Вторая")

    def invented(number: int) -> dict[str, object]:
        site = f"https://invented-{number}.example.org/"
        return a_report(home, flooded, site=site, address="", adoption=uuid4())

    told = [send(invented(number))[0] for number in range(3)]
    told.append(send(a_report(home, other))[0])

    assert told == [202, 202, 429, 202]
    assert ReportedAdoption.objects.filter(practice=other).count() == 1
