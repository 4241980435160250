import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from sinergia.command import COMMANDS
from tests.commands.installation import SINERGIA, Installation, free_port
from tests.slowness import slowness


def help_of(*words: str) -> str:
    done = subprocess.run([SINERGIA, *words], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("name", ["", *COMMANDS, "load"])
def test_every_help_is_answered(name: str) -> None:
    told = help_of(*name.split(), "--help")

    assert told.splitlines()[0].endswith(("COMMAND", *{f"sinergia {name}"})) or name in told


def test_help_comes_within_150_ms_and_loads_no_framework() -> None:
    times = []
    for _ in range(5):
        begun = time.monotonic()
        help_of("load", "grants", "--help")
        times.append(time.monotonic() - begun)
    loading = "import sys, sinergia.command as c; c.answer(['--help']); print(*sys.modules)"
    loaded = subprocess.run(
        [SINERGIA.with_name("python"), "-c", loading], capture_output=True, text=True, check=True
    ).stdout.split()

    assert min(times) <= 0.15 * slowness()
    assert {"django", "typer", "rich"} & set(loaded) == set()


def test_help_speaks_the_language_of_the_installation() -> None:
    told = [
        subprocess.run(
            [SINERGIA, "serve", "--help"],
            env=os.environ | {"SINERGIA_LANGUAGE": language},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for language in ("ru", "en")
    ]

    assert [text.split(":")[0] for text in told] == ["Вызов", "Usage"]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--nonsense"], "There is no option --nonsense."),
        (["a", "b", "c"], "is one word too many"),
        (["--nonsense=x", "--", "-a"], "There is no option --nonsense."),
    ],
)
def test_a_wrong_word_is_told_in_one_line(
    empty: Installation, name: str, words: list[str], said: str
) -> None:
    done = empty.run(*name.split(), *words)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("servo", "There is no command “servo”. Did you mean serve?"),
        ("load grnts f", "There is no “grnts” here. Did you mean grants?"),
        ("load", "Say what: regions, municipalities, geometry, indicators, grants, organisations."),
        ("serve --prt 1", "There is no option --prt. Did you mean --port?"),
        ("serve --port", "Give --port NUMBER."),
        ("serve --port x", "--port is a whole number."),
        ("serve --port=-1", "--port is a whole number."),
        (f"serve --port {'9' * 4400}", "--port is too large."),
        ("serve --port 0", "--port: a number from 1 to 65535."),
        ("serve --port 65536", "--port: a number from 1 to 65535."),
        ("init", "Give --admin EMAIL."),
        ("init --admin nobody", "--admin: nobody is no e-mail address."),
        ("init --admin a@b.org --host b", "--host: give an address like https://example.org."),
        ("backup", "Give FILE."),
        ("restore --replace=1 f", "--replace takes no value."),
        ("brief --region", "Give --region REGION."),
        ("brief --region X --format xml", "--format is one of: text, json."),
        ("load grants f.csv", "Give --fund CODE."),
        ("demo --size huge", "--size is one of: small, large."),
        ("--nonsense", "There is no command “--nonsense”."),
    ],
)
def test_a_mistake_says_what_to_mend(prepared: Installation, line: str, said: str) -> None:
    done = prepared.run(*line.split())

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(said)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SINERGIA_DATA_DIR", "/proc/none"),
        ("SINERGIA_DATABASE_URL", "mysql://x"),
        ("SINERGIA_SECRET_KEY", "short"),
        ("SINERGIA_ALLOWED_HOSTS", "https://example.org"),
        ("SINERGIA_SITE_URL", "ngo.example.org"),
        ("SINERGIA_HTTPS", "yes"),
        ("SINERGIA_LANGUAGE", "de"),
        ("SINERGIA_TIME_ZONE", "Mars/North"),
        ("SINERGIA_EMAIL_URL", "pigeon://x"),
        ("SINERGIA_UPLOAD_MB", "many"),
        ("SINERGIA_LOG_LEVEL", "LOUD"),
        ("SINERGIA_DEMO", "maybe"),
        ("SINERGIA_DATABSE_URL", "postgres://x/y"),
    ],
)
def test_a_wrong_setting_is_told_in_one_line(empty: Installation, name: str, value: str) -> None:
    empty.folder.mkdir()

    done = empty.run("check", **{name: value})

    told = [line for line in done.stderr.splitlines() if not line.startswith("Made ")]
    assert (done.returncode, done.stdout, len(told)) == (2, "", 1)
    assert name in told[0]


def test_a_database_that_does_not_answer_is_told_in_one_line(empty: Installation) -> None:
    empty.folder.mkdir()
    nobody = f"postgres://nobody@127.0.0.1:{free_port()}/none"

    done = empty.run("check", SINERGIA_DATABASE_URL=nobody)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("The database does not answer: ")


@pytest.mark.parametrize("line", ["check", "worker", "brief --region XA-SVB"])
def test_an_installation_that_was_not_prepared_says_how_to(empty: Installation, line: str) -> None:
    done = empty.run(*line.split())

    assert (done.returncode, "Traceback" in done.stdout + done.stderr) == (1, False)
    assert "sinergia init --admin EMAIL" in done.stdout + done.stderr


def test_a_file_that_is_not_there_is_told_in_one_line(
    prepared: Installation, tmp_path: Path
) -> None:
    nowhere = str(tmp_path / "none" / "file")

    for words in (["restore", nowhere, "--replace"], ["backup", nowhere]):
        done = prepared.run(*words)

        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_a_reader_who_goes_away_is_no_fault(prepared: Installation) -> None:
    asked = f"{SINERGIA} --help | head -n 1"

    done = subprocess.run(
        ["bash", "-c", asked], env=prepared.settings, capture_output=True, text=True, check=False
    )

    assert (done.stdout.count("\n"), done.stderr) == (1, "")


def test_a_fault_of_ours_is_put_into_a_file(prepared: Installation) -> None:
    program = (
        "import sys; from sinergia.web.commands import terminal;"
        "terminal.invoke = lambda *_: 1 / 0; sys.exit(terminal.run('check', []))"
    )

    done = subprocess.run(
        [SINERGIA.with_name("python"), "-c", program],
        env=prepared.settings,
        capture_output=True,
        text=True,
        check=False,
    )

    (report,) = prepared.folder.glob("fault-*.txt")
    assert (done.returncode, done.stderr.count("\n"), str(report) in done.stderr) == (1, 1, True)
    assert "ZeroDivisionError" in report.read_text()


def test_a_terminal_of_few_letters_and_a_closed_output_hide_no_answer(tmp_path: Path) -> None:
    (tmp_path / "A.csv").write_text("application,expert,affinity\na,Иванов,1\n")
    words = "engine assign --affinity A.csv --reviews 2 --max-load 1 --out OUT.csv"
    env = os.environ | {"SINERGIA_LANGUAGE": "ru", "PYTHONIOENCODING": "ascii"}

    done = [
        subprocess.run(
            f"{SINERGIA} {words} {more}",
            shell=True,
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        for more in ("", ">&-", ">&- 2>&-")
    ]

    assert [(one.returncode, one.stderr) for one in done] == [(3, "")] * 3
    assert json.loads(done[0].stdout)["applications"] == ["a"]
