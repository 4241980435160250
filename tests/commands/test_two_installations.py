"""Two installations on one machine: a practice goes there, an adoption comes back."""

import json
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands.installation import SINERGIA, Installation, an_installation, free_port
from tests.commands.test_serve import serving

pytestmark = [pytest.mark.both, pytest.mark.slow]  # two sites and a dozen programs
ROOT = Path(__file__).parent.parent.parent
START = """
import os, django, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinergia.web.settings")
django.setup()
from django.db import transaction
from django.utils import timezone
from sinergia.people.models import Person
from sinergia.practices.models import Adoption, Practice, ReportedAdoption
now = timezone.now()
whole = transaction.atomic()
whole.__enter__()  # an exception ends the program, and nothing is written
"""
END = "whole.__exit__(None, None, None)"
PUBLISH = """
from tests.arrange import a_centre, a_consultant, a_leader, an_organisation
from tests.practices.arrange_writing import a_ready_practice, publish
whose = an_organisation("Полтора шага")
leader = a_leader(organisation=whose)
consultant = a_consultant(centre=a_centre())
made = a_ready_practice("Домашний маршрут", organisation=whose, actor=leader)
publish(made, author=leader, consultant=consultant)
print(made.key)
"""
CHANGE = """
from tests.practices.arrange_writing import publish, write
made, leader = Practice.objects.get(), Person.objects.get(name="tamara")
write(made, {"title": "Маршрут домой"}, actor=leader)
publish(made, author=leader, consultant=Person.objects.get(name="larisa"))
"""
WITHDRAW = """
from sinergia.practices.actions.withdrawing import withdraw_practice
withdraw_practice(
    Practice.objects.get(), "Переделываем", actor=Person.objects.get(name="tamara"), now=now
)
"""
ADOPT = """
from tests.arrange import a_leader, an_organisation
from sinergia.practices.actions.adopting import Intent, intend, run
from sinergia.practices.actions.reporting import agree_to_report
adopter = an_organisation("Рядом")
leader = a_leader("vera", organisation=adopter)
adoption = intend(Practice.objects.get(), adopter, Intent(), actor=leader, now=now)
run(adoption, actor=leader, now=now)
agree_to_report(adoption, actor=leader, now=now)
"""
WAITING = """
rows = ReportedAdoption.objects.exclude(checked_at=None)
print(*rows.values_list("organisation", "state", "stage")[:1])
"""
ACCEPT = """
from sinergia.practices.actions.reported import decide_reported
decide_reported(
    ReportedAdoption.objects.get(),
    is_accepted=True, actor=Person.objects.get(name="tamara"), now=now,
)
"""
TOLD = """
from sinergia.notices.models import Notice
from sinergia.practices.models import AdoptionReport
report, practice = AdoptionReport.objects.get(), Practice.objects.get()
codes = Notice.objects.filter(person__name="vera").values_list("code", flat=True)
print(report.sent_number, practice.stage, Adoption.objects.get().state, *codes)
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Installation]:
    """A second installation, beside the one that is prepared."""
    for made in an_installation(tmp_path / "other", template=""):
        done = made.run("init", "--admin", "vadim@example.org")
        assert done.returncode == 0, done.stderr
        yield made


def python(installation: Installation, program: str) -> str:
    done = subprocess.run(
        [SINERGIA.with_name("python"), "-c", START + program + END],
        env=installation.settings | {"SINERGIA_FEEDS_NEAR": "1"},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return (done.stdout.splitlines() or [""])[-1]


def page(port: int, address: str) -> str:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{address}", headers={"Accept-Language": "en"}
    )
    with urllib.request.urlopen(asked, timeout=20) as answer:
        told: bytes = answer.read()
    return told.decode()


def until(told: Callable[[], str], wanted: str) -> None:
    """Wait for a worker."""
    end = time.monotonic() + 120
    while (last := told()) != wanted and time.monotonic() < end:
        time.sleep(1)
    assert last == wanted


def test_a_practice_of_one_is_found_and_taken_home_in_the_other_and_the_first_is_told(
    prepared: Installation, other: Installation
) -> None:
    here, there = free_port(), free_port()
    key = python(prepared, PUBLISH)
    near = {"SINERGIA_FEEDS_NEAR": "1"}
    with serving(prepared, here, **near), serving(other, there, **near):
        added = other.run("feed", "add", f"http://127.0.0.1:{here}", **near)
        assert (added.returncode, added.stderr) == (0, "")
        found = page(there, "/practices/?q=%D1%80%D0%B5%D0%B0%D0%B1%D0%B8%D0%BB%D0%B8%D1%82")
        assert ("Домашний маршрут" in found, "At home in:" in found) == (True, True)

        python(other, ADOPT)
        until(lambda: python(prepared, WAITING), "('Рядом', 'running', 'waiting')")
        assert "Рядом" not in page(here, f"/practices/{key}/")
        python(prepared, ACCEPT)
        shown = page(here, f"/practices/{key}/")
        assert ("Рядом" in shown, f"http://127.0.0.1:{there}" in shown) == (True, True)

        python(prepared, CHANGE)
        assert other.run("feed", "pull", **near).stdout.endswith(" 1 came or changed, 0 left.\n")
        assert "Маршрут домой" in page(there, "/practices/")
        python(prepared, WITHDRAW)
        assert other.run("feed", "pull", **near).stdout.endswith(" 0 came or changed, 1 left.\n")
        assert "Маршрут домой" not in page(there, "/practices/")

        (told,) = json.loads(page(here, "/practices/feed.json"))["items"]
        assert (told["state"], told["content"]) == ("withdrawn", None)
        until(lambda: python(other, TOLD), "1 withdrawn running practices.home_withdrew")
