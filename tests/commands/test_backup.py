import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from sinergia.web.commands import keeping
from tests.commands.installation import Installation, address_of

SLOW = pytest.mark.slow  # each is three programs or more


def emails(installation: Installation) -> list[str]:
    """Who has an account, read past our own code."""
    asked = "SELECT email FROM people_person WHERE machine = '' ORDER BY email"
    if installation.database:
        with psycopg.connect(address_of(installation.database)) as server:
            return [row[0] for row in server.execute(asked).fetchall()]
    with closing(sqlite3.connect(installation.folder / "sinergia.sqlite3")) as file:
        return [row[0] for row in file.execute(asked).fetchall()]


def keep(installation: Installation, file: Path) -> None:
    """A backup of two administrators and one file."""
    installation.run("init", "--admin", "pavel@example.org")
    (installation.folder / "files" / "loads").mkdir(parents=True, exist_ok=True)
    (installation.folder / "files" / "loads" / "grants.csv").write_text("kept")
    done = installation.run("backup", str(file))
    assert done.returncode == 0, done.stderr


def parts_of(file: Path) -> dict[str, bytes]:
    """What lies in a backup."""
    with tarfile.open(file) as tar:
        opened = {member.name: tar.extractfile(member) for member in tar}
        return {name: part.read() for name, part in opened.items() if part is not None}


def rewrite(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Make the backup say something else."""
    parts = parts_of(file)
    change(parts)
    with tarfile.open(file, "w:gz") as tar:
        for name, content in parts.items():
            head = tarfile.TarInfo(name)
            head.size = len(content)
            tar.addfile(head, io.BytesIO(content))


@pytest.mark.both_in_full
def test_a_backup_brings_back_database_files_and_key(
    prepared: Installation, empty: Installation, tmp_path: Path
) -> None:
    keep(prepared, tmp_path / "kept.tar.gz")
    key = (prepared.folder / "secret_key").read_text()

    done = empty.run("restore", str(tmp_path / "kept.tar.gz"))

    assert (done.returncode, done.stdout.startswith("Restored as of ")) == (0, True)
    assert emails(empty) == ["olga@example.org", "pavel@example.org"]
    assert (empty.folder / "files" / "loads" / "grants.csv").read_text() == "kept"
    assert (empty.folder / "secret_key").read_text() == key
    assert not (empty.folder / "restoring").exists()
    assert empty.run("check").returncode == 0


@pytest.mark.both_in_full
def test_what_is_there_is_replaced_only_where_that_is_said(
    prepared: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "kept.tar.gz"
    keep(prepared, file)
    prepared.run("init", "--admin", "vera@example.org")
    (prepared.folder / "files" / "later.txt").write_text("later")

    refused = prepared.run("restore", str(file))
    before = emails(prepared)
    done = prepared.run("restore", str(file), "--replace")

    assert (refused.returncode, refused.stderr.count("\n"), len(before)) == (1, 1, 3)
    assert (done.returncode, emails(prepared)) == (0, ["olga@example.org", "pavel@example.org"])
    assert not (prepared.folder / "files" / "later.txt").exists()
    assert prepared.run("check").returncode == 0
    assert prepared.run("restore", str(file), "--replace").returncode == 0


def cut_off(parts: dict[str, bytes]) -> None:
    parts["database"] = parts["database"][:-1000]


def leave_out(parts: dict[str, bytes]) -> None:
    del parts["files/loads/grants.csv"]


def lead_outside(parts: dict[str, bytes]) -> None:
    parts["files/../../outside"] = b"x"


def come_from_later(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts["manifest.json"])
    manifest["migrations"].append("people.9999_later")
    parts["manifest.json"] = json.dumps(manifest).encode()


def come_from_elsewhere(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts["manifest.json"])
    manifest["vendor"] = "oracle"
    parts["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.both_in_full
@pytest.mark.parametrize(
    "change",
    [
        lead_outside,
        *(
            pytest.param(one, marks=SLOW)
            for one in (cut_off, leave_out, come_from_later, come_from_elsewhere)
        ),
    ],
)
def test_a_backup_that_is_not_whole_changes_nothing(
    prepared: Installation, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    file = tmp_path / "kept.tar.gz"
    keep(prepared, file)
    prepared.run("init", "--admin", "vera@example.org")
    rewrite(file, change)

    done = prepared.run("restore", str(file), "--replace")

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert emails(prepared) == ["olga@example.org", "pavel@example.org", "vera@example.org"]
    assert (prepared.folder / "files" / "loads" / "grants.csv").read_text() == "kept"
    assert not (tmp_path / "outside").exists()
    assert prepared.run("check").returncode == 0


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x1f\x8b\x08\0\0\0\0\0\0\3"])
def test_a_file_that_is_no_backup_is_refused(
    prepared: Installation, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "other").write_bytes(content)

    done = prepared.run("restore", str(tmp_path / "other"), "--replace")

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert emails(prepared) == ["olga@example.org"]


@SLOW
def test_a_restore_that_was_cut_off_goes_on_at_the_next_start(
    prepared: Installation, empty: Installation, tmp_path: Path
) -> None:
    keep(prepared, tmp_path / "kept.tar.gz")
    empty.run("init", "--admin", "vera@example.org")
    stage = empty.folder / "restoring"
    for name, content in parts_of(tmp_path / "kept.tar.gz").items():
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / name).write_bytes(content)
    (stage / "database").rename(empty.folder / "sinergia.sqlite3.restoring")
    (stage / "ready").touch()

    empty.run("init", "--admin", "olga@example.org")

    assert emails(empty) == ["olga@example.org", "pavel@example.org"]
    assert not stage.exists()


def test_an_earlier_backup_is_never_overwritten(prepared: Installation, tmp_path: Path) -> None:
    file = tmp_path / "kept.tar.gz"
    keep(prepared, file)
    content = file.read_bytes()

    done = prepared.run("backup", str(file))

    assert (done.returncode, done.stderr.count("\n"), file.read_bytes()) == (1, 1, content)
    assert (file.stat().st_mode & 0o777, [path.name for path in tmp_path.glob(".s*")]) == (
        0o600,
        [],
    )


def test_a_running_site_is_not_pulled_from_under_its_readers(
    prepared: Installation, tmp_path: Path
) -> None:
    keep(prepared, tmp_path / "kept.tar.gz")
    with closing(sqlite3.connect(prepared.folder / "sinergia.sqlite3")) as reader:
        reader.execute("SELECT count(*) FROM people_person").fetchall()

        done = prepared.run("restore", str(tmp_path / "kept.tar.gz"), "--replace")

    assert (done.returncode, done.stderr) == (
        1,
        "The site is running on this data: end it first.\n",
    )


def test_a_file_that_is_being_sent_is_not_kept(prepared: Installation, tmp_path: Path) -> None:
    folder = prepared.folder / "files" / "kept"
    folder.mkdir(parents=True)
    (folder / "whole").write_bytes(b"whole")
    (folder / "being_sent.part").write_bytes(b"half")

    done = prepared.run("backup", str(tmp_path / "kept.tar.gz"))

    with tarfile.open(tmp_path / "kept.tar.gz") as tar:
        names = [name for name in tar.getnames() if name.startswith("files/")]
    assert (done.returncode, names) == (0, ["files/kept/whole"])


def test_a_file_that_vanishes_meanwhile_does_not_break_the_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MEDIA_ROOT", str(tmp_path / "files"))
    (tmp_path / "files").mkdir()
    for name in ("stays", "vanishes"):
        (tmp_path / "files" / name).write_bytes(b"x")
    (tmp_path / "database").write_bytes(b"x")
    digest_of = keeping.digest_of

    def digest_and_vanish(path: Path) -> str:
        digest = digest_of(path)
        if path.name == "vanishes":
            path.unlink()
        return digest

    monkeypatch.setattr(keeping, "digest_of", digest_and_vanish)
    manifest = keeping.Manifest(
        format=keeping.FORMAT, version="", vendor="", made_at="", migrations=[], parts={}
    )
    keeping.pack(tmp_path / "database", manifest, tmp_path / "kept.tar.gz")

    with tarfile.open(tmp_path / "kept.tar.gz") as tar:
        names = [name for name in tar.getnames() if name.startswith("files/")]
    assert names == ["files/stays"] == [name for name in manifest.parts if "files" in name]
