"""A worker killed at the worst moment: the mail server has the letter, nobody noted it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable

import pytest

from tests.base.mail_server import a_mail_server
from tests.commands.installation import SINERGIA, Installation

pytestmark = pytest.mark.both_in_full
SECONDS = 60
HEAD = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinergia.web.settings")
django.setup()
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from sinergia.base.errands.models import Errand
from sinergia.base.letters.actions import send_letter
from sinergia.base.letters.models import Letter
now = timezone.now()
"""
WRITE = """
with transaction.atomic():
    print(send_letter("anna@example.org", subject="S", text="T", language="en", now=now).key)
"""
# What a lease that ran out looks like, without waiting for it.
ORPHAN = """
Errand.objects.filter(done_at=None).update(leased_until=now - timedelta(seconds=1))
"""
ASK = """
letter = Letter.objects.get()
print(letter.state, Errand.objects.filter(name="base.letters.send", done_at=None).count())
"""


def python(installation: Installation, program: str) -> str:
    done = subprocess.run(
        [SINERGIA.with_name("python"), "-c", HEAD + program],
        env=installation.settings,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not what():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_it_is_sent_once_more_under_the_same_name_and_then_never(prepared: Installation) -> None:
    key = python(prepared, WRITE)
    with a_mail_server() as server:
        mail = {"SINERGIA_EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
        killed = prepared.start("worker", **mail)
        server.when_taken = lambda: os.kill(killed.pid, signal.SIGKILL)
        killed.communicate(timeout=SECONDS)
        assert python(prepared, ASK) == "waiting 1"

        server.when_taken = lambda: None
        python(prepared, ORPHAN)
        worker = prepared.start("worker", **mail)
        wait_for(lambda: python(prepared, ASK) == "sent 0")
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=SECONDS)

    assert [taken["Message-ID"] for taken in server.taken] == [f"<{key}@localhost>"] * 2
