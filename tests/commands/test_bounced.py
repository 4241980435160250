"""`sinergia bounced`: what a mail server pipes in is told in one line, and never breaks."""

import subprocess
from pathlib import Path

import pytest

from tests.base.reports import a_report
from tests.commands.installation import SINERGIA, Installation

SLOW = pytest.mark.slow
SEND = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinergia.web.settings")
django.setup()
from django.db import transaction
from django.utils import timezone
from sinergia.base.errands.actions import run_due_errands
from sinergia.base.letters.actions import send_letter
now = timezone.now()
with transaction.atomic():
    letter = send_letter("anna@example.org", subject="S", text="T", language="en", now=now)
run_due_errands(now=timezone.now())
print("key", letter.key)
"""
ASK = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinergia.web.settings")
django.setup()
from sinergia.base.letters.models import Letter
from sinergia.base.letters.queries import is_broken
letter = Letter.objects.get()
print(letter.state, letter.fault, is_broken("anna@example.org"))
"""


def python(installation: Installation, program: str) -> str:
    done = subprocess.run(
        [SINERGIA.with_name("python"), "-c", program],
        env=installation.settings,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def pipe(installation: Installation, content: bytes) -> tuple[int, str, str]:
    done = subprocess.run(
        [SINERGIA, "bounced", "-"],
        env=installation.settings,
        input=content,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_mail_servers_report_marks_the_mailbox(prepared: Installation, tmp_path: Path) -> None:
    key = python(prepared, SEND).split()[1]

    forged = pipe(prepared, a_report("anna@example.org", key="0" * 8 + key[8:]))
    assert forged == (1, "", "The report is about no letter of this site; nothing was changed.\n")
    assert python(prepared, ASK) == "sent  False"

    told = (0, "1 letter came back and is marked so.\n", "")
    assert pipe(prepared, a_report("anna@example.org", key=key)) == told
    assert python(prepared, ASK) == "refused 5.1.1 True"

    path = tmp_path / "report.eml"
    path.write_bytes(a_report("anna@example.org", key=key))
    again = prepared.run("bounced", str(path))
    assert (again.returncode, again.stdout, again.stderr) == told


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        pytest.param(b"", 1, "This is no delivery report.\n", marks=SLOW),
        pytest.param(b"\xff\0" * 4000, 1, "This is no delivery report.\n", marks=SLOW),
        (b"Subject: Hello\n\nHow are you?", 1, "This is no delivery report.\n"),
        (b"x" * (10 * 1024 * 1024 + 1), 1, "This is no delivery report: it is too long.\n"),
        (
            a_report("anna@example.org", status="4.4.1", action="delayed"),
            0,
            "Nothing failed for good; nothing was changed.\n",
        ),
    ],
    ids=["empty", "bytes", "letter", "long", "delay"],
)
def test_whatever_comes_is_answered_in_one_line(
    prepared: Installation, content: bytes, code: int, said: str
) -> None:
    told = (code, "" if code else said, said if code else "")

    assert pipe(prepared, content) == told
