import re
import subprocess

import pytest

from tests.commands.installation import Installation

First = tuple[Installation, subprocess.CompletedProcess[str]]


@pytest.mark.both
def test_init_prepares_and_gives_a_link(prepared_first: First) -> None:
    _installation, done = prepared_first

    assert re.fullmatch(
        r"Administrator olga@example\.org\. The link sets the password once, within the hour:\n"
        r"http://127\.0\.0\.1:8000/first/[0-9a-f-]{36}/[\w-]+/\n",
        done.stdout,
    )


@pytest.mark.both
def test_init_again_gives_another_link_to_the_same_account(prepared: Installation) -> None:
    first, second = (prepared.run("init", "--admin", "olga@example.org") for _ in range(2))

    keys = {re.findall(r"/first/(\S{36})/", done.stdout)[0] for done in (first, second)}
    assert (first.returncode, second.returncode, len(keys)) == (0, 0, 1)


def test_the_link_is_of_the_site_that_was_named(prepared: Installation) -> None:
    done = prepared.run("init", "--admin", "olga@example.org", "--host", "https://ngo.example/")

    assert "\nhttps://ngo.example/first/" in done.stdout


def test_what_is_made_unasked_is_told(prepared_first: First) -> None:
    installation, done = prepared_first

    assert done.stderr.splitlines() == [
        f"Made the data folder {installation.folder}.",
        f"Made a secret key in {installation.folder}/secret_key.",
    ]
    assert (installation.folder / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.both
def test_check_finds_a_prepared_installation_in_order(prepared: Installation) -> None:
    done = prepared.run("check")

    parts = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    # Nobody has kept it yet, and no worker runs beside a command.
    assert {name for name, told in parts.items() if told != "in order"} == {"errands", "backup"}
    assert (done.returncode, done.stderr) == (0, "")
