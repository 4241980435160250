"""Installations for each test of a command."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.commands.installation import Installation, Standing, an_installation


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """An installation in which nothing was done yet."""
    yield from an_installation(tmp_path / "empty", template="")


@pytest.fixture(scope="session")
def prepared_first(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Installation, subprocess.CompletedProcess[str]]]:
    """An empty installation that was prepared, and what was said then."""
    for made in an_installation(tmp_path_factory.mktemp("template") / "data", template=""):
        done = made.run("init", "--admin", "Olga@Example.org")
        assert done.returncode == 0, done.stderr
        yield made, done


@pytest.fixture(scope="session")
def template(
    prepared_first: tuple[Installation, subprocess.CompletedProcess[str]],
) -> Installation:
    """A prepared one, from which the others are copied."""
    return prepared_first[0]


@pytest.fixture(scope="session")
def standing(
    tmp_path_factory: pytest.TempPathFactory, template: Installation
) -> Iterator[tuple[Standing, Installation]]:
    """What forks the commands of prepared installations: each in its turn has the same place."""
    place = Installation(tmp_path_factory.mktemp("standing") / "data", f"at_{uuid4().hex[:12]}")
    shutil.copytree(template.folder, place.folder)
    made = Standing(place if template.database else Installation(place.folder, ""))
    yield made, place
    made.end()


@pytest.fixture
def prepared(
    template: Installation, standing: tuple[Standing, Installation]
) -> Iterator[Installation]:
    """An installation with its administrator."""
    program, place = standing
    shutil.rmtree(place.folder, ignore_errors=True)
    shutil.copytree(template.folder, place.folder)
    yield from an_installation(
        place.folder, template=template.database, name=place.database, standing=program
    )
