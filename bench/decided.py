"""The contest of `bench.review` decided and published: its pages, its letters among readers."""

import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from bench.reading import Told, read
from bench.site import percentile, read_page, sign_in
from sinergia.base.errands.models import Errand, Turn
from sinergia.base.errands.periodic import set_turns
from sinergia.calls.models import Contest
from sinergia.people.models import Person
from sinergia.review.actions.deciding import decide_contest
from sinergia.review.actions.publishing import publish_now
from sinergia.review.models import Archive, Award, Commission, Item, ResultLetter, Sitting

SINERGIA = str(Path(sys.executable).with_name("sinergia"))
PORT, READERS, LONGEST = 8323, 4, 300.0
UNDECIDED = {"decision": "decision/", "decision by words": "decision/?q=двор"}
DECIDED = {
    "decision written": "decision/",
    "publication before": "publication/",
    "letters before": "publication/letters/",
}
PUBLISHED = {
    "publication after": "publication/",
    "letters after": "publication/letters/",
    "letters of one kind": "publication/letters/?state=told",
    "results": "results/",
    "results by rating": "results/?sort=-rating",
    "results by words": "results/?q=двор",
    "winners": "results/?outcome=won",
    "verify": "results/verify/",
    "after the results": "results/after/",
}


def decide(contest: Contest, head: Person) -> Told:
    """Pages of the decision before and after it is written."""
    told = read(head, _of(contest, UNDECIDED))
    if not Award.objects.filter(examination__contest=contest).exists():
        now = timezone.now()
        order = {"order_number": "1", "order_on": now.date(), "quorum": 1}
        commission, _ = Commission.objects.get_or_create(contest=contest, defaults=order)
        sitting = Sitting.objects.create(
            commission=commission, number="1", begins_at=now, stage=Sitting.Stage.OPEN
        )
        Item.objects.create(
            sitting=sitting, number=1, kind=Item.Kind.LIST, question="?",
            decision=Item.Decision.ADOPTED, decided_at=now,
        )  # fmt: skip
        decide_contest(contest, sitting, actor=head, now=now)
        Sitting.objects.filter(pk=sitting.pk).update(
            stage=Sitting.Stage.CLOSED, closed_at=now, digest="0" * 64
        )
    return told | read(head, _of(contest, DECIDED))


def publish(contest: Contest, head: Person) -> Told:
    """Seconds until all letters are queued while people read; then the pages of the result."""
    told: Told = {}
    if not ResultLetter.objects.filter(award__examination__contest=contest).exists():
        told["letters"] = _queue(contest, head)
    return told | read(head, _of(contest, PUBLISHED))


def _of(contest: Contest, pages: dict[str, str]) -> dict[str, str]:
    return {name: f"/calls/{contest.call.key}/{page}" for name, page in pages.items()}


def _queue(contest: Contest, head: Person) -> dict[str, float]:
    """The site and its worker are served; four people read the results meanwhile.

    What comes by itself each day, as the search for doubles in the register, has had its turn.
    """
    later = timezone.now() + timedelta(days=1)
    set_turns(now=later)
    Turn.objects.update(next_at=later)
    Errand.objects.filter(done_at=None).delete()  # what others promised before
    server = subprocess.Popen(  # noqa: S603  # our own command
        [SINERGIA, "serve", "--port", str(PORT)], env=dict(os.environ), stdout=subprocess.PIPE
    )
    try:
        if server.stdout is None or not server.stdout.readline():  # said when the first page came
            raise SystemExit(f"no server on port {PORT}")
        cookie, stop, taken = sign_in(PORT, str(head.key)), threading.Event(), list[float]()
        pages = list(_of(contest, {"": "results/", "board": "review/"}).values())
        read_page(PORT, pages[1], cookie)  # a session is written by its first page

        def reader(place: int) -> None:
            while not stop.wait(0.5):
                taken.append(read_page(PORT, pages[place % 2], cookie)[0])

        begun = time.perf_counter()
        publish_now(contest, actor=head, now=timezone.now())
        readers = [threading.Thread(target=reader, args=(at,)) for at in range(READERS)]
        for one in readers:
            one.start()
        number = Award.objects.filter(examination__contest=contest).count()
        letters = ResultLetter.objects.filter(award__examination__contest=contest)
        while letters.count() < number and time.perf_counter() - begun < LONGEST:
            time.sleep(0.1)
        seconds = time.perf_counter() - begun
        stop.set()
        for one in readers:
            one.join()
        while not Archive.objects.filter(contest=contest).exists():
            time.sleep(0.1)  # its page is read next
        made = time.perf_counter() - begun
    finally:
        server.terminate()
        server.wait()
    return {"number": number, "seconds": seconds, "p95": percentile(taken), "archive": made}
