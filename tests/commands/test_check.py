"""`sinergia check` and `/healthz` tell the same installation, one to people, one to machines."""

import json
import time
import urllib.error
import urllib.request

import pytest

from tests.commands.installation import IS_POSTGRESQL, Installation, free_port
from tests.commands.test_serve import serving

UNSEEN = {"worker", "backup"}  # in a fresh installation neither was there yet


def test_a_fresh_installation_has_nothing_to_mend_and_two_things_to_look_at(
    prepared: Installation,
) -> None:
    done = prepared.run("check", "--format", "json")

    told = json.loads(done.stdout)
    states = {fact["code"]: fact["state"] for fact in told["facts"]}
    assert (done.returncode, told["is_in_order"]) == (0, True)
    assert {code for code, state in states.items() if state != "order"} == UNSEEN
    assert {state for code, state in states.items() if code in UNSEEN} == {"look"}
    assert {"database", "migrations", "seals", "disk", "errands_given_up"} < set(states)
    assert [fact["advice"] for fact in told["facts"] if fact["state"] == "order"] == [""] * (
        len(states) - len(UNSEEN)
    )


@pytest.mark.both_in_full
def test_a_backup_is_remembered_where_it_was_made(prepared: Installation) -> None:
    kept = prepared.run("backup", str(prepared.folder.parent / "kept.tar.gz"))

    done = prepared.run("check")

    assert (kept.returncode, done.returncode) == (0, 0)
    lines = {line.partition(": ")[0]: line for line in done.stdout.splitlines()}
    assert lines["backup"] == "backup: in order"


def test_a_root_that_was_noted_is_looked_for(prepared: Installation) -> None:
    assert prepared.run("check").returncode == 0

    lost = prepared.run("check", "--root", "0" * 64)
    short = prepared.run("check", "--root", "12ab")

    assert (lost.returncode, short.returncode) == (1, 2)
    assert "Root noted down before: not there" in lost.stdout


@pytest.mark.skipif(IS_POSTGRESQL, reason="its files are not ours")
@pytest.mark.parametrize("kept", [0, 4096])
def test_a_damaged_file_is_told_with_what_to_do(prepared: Installation, kept: int) -> None:
    path = prepared.folder / "sinergia.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(whole[:kept] + b"\xa5" * (len(whole) - kept))
    for beside in prepared.folder.glob("sinergia.sqlite3-*"):
        beside.unlink()

    text, machine = prepared.run("check"), prepared.run("check", "--format", "json")

    assert (text.returncode, machine.returncode) == (1, 1)
    assert "restore a backup" in next(
        line for line in text.stdout.splitlines() if line.startswith("database: Database")
    )
    assert machine.stderr.startswith("The file of the database is damaged (")
    assert machine.stderr.count("\n") == 1


def test_a_wrong_format_is_told(prepared: Installation) -> None:
    assert prepared.run("check", "--format", "xml").returncode == 2


def test_a_site_that_is_served_is_well_and_says_so(prepared: Installation) -> None:
    port = free_port()
    with serving(prepared, port):
        until = time.monotonic() + 20
        while (answer := asked(port))[0] != 200 and time.monotonic() < until:
            time.sleep(0.2)

    assert answer == (
        200,
        dict.fromkeys(("database", "migrations", "worker", "journal", "triggers", "disk"), True),
    )


@pytest.mark.slow
def test_a_machine_may_ask_past_the_proxy(prepared: Installation) -> None:
    port = free_port()
    server = prepared.start("serve", "--port", str(port), SINERGIA_HTTPS="1")
    try:
        until = time.monotonic() + 20
        while (answer := asked(port))[0] != 200 and time.monotonic() < until:
            time.sleep(0.2)
    finally:
        server.terminate()
        server.wait(timeout=20)
        assert server.stdout is not None
        server.stdout.close()

    assert answer[0] == 200


def asked(port: int) -> tuple[int, object]:
    """What /healthz answers; (0, None) where nobody does."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as page:
            return page.status, json.loads(page.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get_content_type()
    except OSError:
        return 0, None
