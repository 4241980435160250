"""A person runs an errand again or gives it up, and the journal tells of it."""

import json
from datetime import datetime, timedelta

import pytest

from sinergia.base.errands.actions import LEASE, claim_errand, promise
from sinergia.base.errands.mending import give_up, run_again, run_all_again
from sinergia.base.errands.models import Errand
from sinergia.base.errands.queries import ErrandFilter, errands, names_promised, queue_figures
from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from tests.arrange import NOON, an_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + timedelta(days=1)


def an_errand(name: str = "base.letters.send", *, once: str = "", **given: object) -> Errand:
    """One that waits; `given_up_at=NOON, attempts=8` makes it one that failed."""
    promise(name, now=NOON, once=once, key="x")
    errand = Errand.objects.order_by("-pk")[0]
    for field, value in given.items():
        setattr(errand, field, value)
    errand.save()
    return errand


def verbs() -> list[tuple[str, object]]:
    """What the journal tells, with its codes."""
    told = Entry.objects.order_by("pk")
    return [(entry.verb, json.loads(bytes(entry.content))["values"]["codes"]) for entry in told]


def refusal(act: object, errand: Errand, *, now: datetime = LATER) -> list[str]:
    assert callable(act)
    with pytest.raises(Refused) as caught:
        act(errand.key, actor=an_administrator(), now=now)
    return [gap.code for gap in caught.value.gaps]


def test_an_errand_given_up_is_run_again_from_its_first_attempt() -> None:
    errand, olga = an_errand(given_up_at=NOON, attempts=8, last_error="OSError"), an_administrator()

    for _ in range(2):
        run_again(errand.key, actor=olga, now=LATER)

    errand.refresh_from_db()
    assert (errand.given_up_at, errand.attempts, errand.run_after) == (None, 0, LATER)
    assert verbs() == [("errand.run_again", {"name": "base.letters.send"})]


def test_an_errand_that_waits_for_its_next_try_need_not_wait() -> None:
    errand = an_errand(attempts=3, run_after=LATER + timedelta(hours=4))

    run_again(errand.key, actor=an_administrator(), now=LATER)

    errand.refresh_from_db()
    assert (errand.attempts, errand.run_after) == (3, LATER)


def test_all_of_a_name_are_run_again_in_one_act() -> None:
    first, second = (an_errand(given_up_at=NOON, attempts=8) for _ in range(2))
    other = an_errand("base.letters.tidy", given_up_at=NOON, attempts=8)
    olga = an_administrator()

    count = run_all_again("base.letters.send", actor=olga, now=LATER)
    again = run_all_again("base.letters.send", actor=olga, now=LATER)

    waiting = Errand.objects.filter(given_up_at__isnull=True).order_by("pk")
    other.refresh_from_db()
    assert (count, again, list(waiting)) == (2, 0, [first, second])
    assert other.given_up_at == NOON
    ((verb, codes),) = verbs()
    assert isinstance(codes, dict)
    assert (verb, codes["name"], codes["count"]) == (
        "errand.all_run_again",
        "base.letters.send",
        "2",
    )
    assert len(codes["digest"]) == 64


def test_what_was_promised_again_since_is_not_promised_twice() -> None:
    old = an_errand(once="letter:x", given_up_at=NOON, attempts=8)
    late = an_errand(once="letter:x", given_up_at=NOON, attempts=8)

    count = run_all_again("base.letters.send", actor=an_administrator("a"), now=LATER)

    late.refresh_from_db()
    assert (count, late.given_up_at) == (1, None)
    assert refusal(run_again, old) == ["errand.is_promised_again"]


def test_an_errand_that_waits_is_given_up_once() -> None:
    errand, olga = an_errand(), an_administrator()

    for moment in (LATER, LATER + timedelta(hours=1)):
        give_up(errand.key, actor=olga, now=moment)

    errand.refresh_from_db()
    assert errand.given_up_at == LATER
    assert claim_errand(now=LATER) is None
    assert verbs() == [("errand.given_up", {"name": "base.letters.send"})]


@pytest.mark.parametrize("act", [run_again, give_up])
def test_what_runs_now_is_left_to_its_runner(act: object) -> None:
    errand = an_errand()
    claim_errand(now=NOON)

    assert refusal(act, errand, now=NOON + LEASE / 2) == ["errand.is_running"]


@pytest.mark.parametrize("act", [run_again, give_up])
def test_what_is_done_is_not_done_again(act: object) -> None:
    assert refusal(act, an_errand(done_at=NOON)) == ["errand.is_done"]


def test_the_queue_is_counted_as_it_is_listed() -> None:
    an_errand()
    an_errand(run_after=LATER + timedelta(hours=1), attempts=2)
    an_errand(leased_until=LATER + timedelta(seconds=1))
    an_errand("base.letters.tidy", leased_until=LATER - timedelta(seconds=1))
    an_errand(given_up_at=NOON)
    an_errand(done_at=LATER)
    an_errand(done_at=LATER - timedelta(days=2))

    counted = queue_figures(now=LATER)
    listed = {
        state: errands(ErrandFilter(state), now=LATER).count()
        for state in ("waiting", "running", "given_up", "done", "")
    }

    assert listed == {"waiting": 3, "running": 1, "given_up": 1, "done": 2, "": 5}
    assert (counted.waiting, counted.due, counted.running) == (3, 2, 1)
    assert (counted.given_up, counted.done_lately, counted.oldest_at) == (1, 1, NOON)
    assert errands(ErrandFilter("waiting", "base.letters.tidy"), now=LATER).count() == 1
    assert names_promised() == ["base.letters.send", "base.letters.tidy"]


def test_an_address_asks_for_what_it_says_and_for_nothing_else() -> None:
    asked = ErrandFilter.from_query({"state": "given_up", "name": "base.letters.send", "x": "1"})

    assert asked == ErrandFilter("given_up", "base.letters.send")
    assert ErrandFilter.from_query(dict([asked.to_query().split("&")[0].split("=")])) == (
        ErrandFilter("given_up")
    )
    assert ErrandFilter.from_query({"state": "lost"}) == ErrandFilter()
