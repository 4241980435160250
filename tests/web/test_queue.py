"""What was promised, as an administrator sees it, and what they may do about it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext

from sinergia.base.errands.actions import claim_errand, promise
from sinergia.base.errands.models import Errand
from sinergia.base.errands.words import explain
from sinergia.base.journal.models import Entry
from sinergia.web.operations import actions
from tests.arrange import NOON, a_person, an_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def site(client: Client) -> Client:
    """The site as an administrator sees it."""
    client.force_login(an_administrator())
    return client


def an_errand(name: str = "base.letters.send", **given: object) -> Errand:
    promise(name, now=timezone.now() - timedelta(hours=2), key="anna@example.org")
    errand = Errand.objects.order_by("-pk")[0]
    for field, value in given.items():
        setattr(errand, field, value)
    errand.save()
    return errand


def test_the_list_shows_no_argument_of_any_errand(site: Client) -> None:
    an_errand(given_up_at=NOON, attempts=8, last_error="SMTPServerDisconnected")

    page = site.get("/operations/errands/?state=given_up").content.decode()

    assert "SMTPServerDisconnected" in page
    assert "anna@example.org" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"waiting", "later", "running", "given_up"}),
        ("?state=waiting", {"waiting", "later"}),
        ("?state=running", {"running"}),
        ("?state=given_up", {"given_up"}),
        ("?state=done", {"done", "long_done"}),
        ("?state=done_lately", {"done"}),
        ("?state=lost", {"waiting", "later", "running", "given_up"}),
        ("?name=base.letters.tidy", {"later"}),
        ("?name=base.letters.lost", set()),
        ("?name=%00", {"waiting", "later", "running", "given_up"}),
        ("?name=../x", {"waiting", "later", "running", "given_up"}),
        ("?state=done&name=base.letters.tidy", set()),
    ],
)
def test_the_queue_is_filtered_by_state_and_name(site: Client, query: str, shown: set[str]) -> None:
    now = timezone.now()
    made = {
        "running": an_errand(),
        "waiting": an_errand(),
        "later": an_errand("base.letters.tidy", run_after=now + timedelta(hours=4), attempts=4),
        "given_up": an_errand(given_up_at=now, attempts=8),
        "done": an_errand(done_at=now),
        "long_done": an_errand(done_at=now - timedelta(days=2)),
    }
    running = claim_errand(now=now)
    assert running == made["running"]

    rows = site.get("/operations/errands/" + query).context["rows"]

    assert {row.key for row in rows} == {made[name].key for name in shown}


def test_a_number_of_the_queue_opens_as_many_rows(site: Client) -> None:
    now = timezone.now()
    an_errand(done_at=now)
    an_errand(done_at=now - timedelta(days=2))

    tile = site.get("/operations/errands/").context["tiles"][-1]

    assert tile.value == "1"
    assert len(site.get(f"/operations/errands/{tile.url}").context["rows"]) == 1


def test_the_list_asks_the_same_for_one_row_and_for_three(site: Client) -> None:
    counts = []
    for _ in range(3):
        an_errand()
        with CaptureQueriesContext(connection) as asked:
            site.get("/operations/errands/")
        counts.append(len(asked))

    assert counts[0] == counts[2] <= 12


def test_a_long_list_goes_on_where_it_ended(site: Client) -> None:
    made = [an_errand(done_at=NOON + timedelta(seconds=n)).key for n in range(30)]

    first = site.get("/operations/errands/?state=done").context["page"]
    rest = site.get(f"/operations/errands/?state=done&after={first.next_key}").context["page"]

    keys = [row.key for row in [*first.rows, *rest.rows]]
    assert keys == made[::-1]


def test_an_errand_given_up_is_run_again_by_a_button(site: Client) -> None:
    errand = an_errand(given_up_at=NOON, attempts=8)

    answer = site.post(f"/operations/errands/{errand.key}/again/", follow=True)

    errand.refresh_from_db()
    assert (errand.given_up_at, errand.attempts) == (None, 0)
    assert [str(message) for message in answer.context["messages"]] == [
        gettext("It runs in a moment.")
    ]
    assert Entry.objects.filter(verb="errand.run_again").count() == 1


def test_what_cannot_be_done_is_told_and_not_done(site: Client) -> None:
    errand = an_errand(done_at=NOON)

    for verb in ("again", "give-up"):
        answer = site.post(f"/operations/errands/{errand.key}/{verb}/", follow=True)
        assert [str(message) for message in answer.context["messages"]] == [
            explain("errand.is_done")
        ]

    errand.refresh_from_db()
    assert (errand.done_at, errand.given_up_at) == (NOON, None)


def test_an_errand_is_given_up_only_after_a_question(site: Client) -> None:
    errand = an_errand()
    address = f"/operations/errands/{errand.key}/give-up/"

    asked = site.get(address)
    errand.refresh_from_db()
    before = errand.given_up_at
    site.post(address)

    errand.refresh_from_db()
    assert (asked.status_code, before, errand.given_up_at is not None) == (200, None, True)


def test_all_of_a_name_are_run_again_after_a_question(site: Client) -> None:
    errands = [an_errand(given_up_at=NOON, attempts=8) for _ in range(3)]
    list_page = site.get("/operations/errands/?state=given_up&name=base.letters.send")
    address = "/operations/errands/all/base.letters.send/"

    asked = site.get(address)
    still = Errand.objects.filter(given_up_at__isnull=False).count()
    site.post(address)

    assert address in list_page.content.decode()
    assert (asked.context["count"], still) == (3, len(errands))
    assert Errand.objects.filter(given_up_at__isnull=False).count() == 0


def test_what_was_promised_again_is_not_counted_among_what_is_run(site: Client) -> None:
    site.cookies["django_language"] = "en"
    an_errand(given_up_at=NOON, once="letter:1")
    an_errand(once="letter:1")

    asked = site.get("/operations/errands/all/base.letters.send/")
    told = site.post("/operations/errands/all/base.letters.send/", follow=True).text

    assert asked.context["count"] == 0
    assert "Nothing is left to be run" in asked.text
    assert "Nothing is left to be run" in told


@pytest.mark.parametrize(
    "act", [actions.run_errand_again, actions.give_errand_up, actions.run_errands_again]
)
def test_only_administrators_touch_the_queue(act: Callable[..., object]) -> None:
    errand, anna = an_errand(given_up_at=NOON, attempts=8), a_person("anna")
    named = errand.name if act is actions.run_errands_again else errand.key

    with pytest.raises(PermissionDenied):
        act(named, actor=anna, now=NOON)

    errand.refresh_from_db()
    assert errand.given_up_at == NOON
