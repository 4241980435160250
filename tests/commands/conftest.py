"""Installations for each test of a command."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.installation import Installation, an_installation


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """An installation in which nothing was done yet."""
    yield from an_installation(tmp_path / "empty", template="")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A prepared one, from which the others are copied."""
    for made in an_installation(tmp_path_factory.mktemp("template") / "data", template=""):
        done = made.run("init", "--admin", "olga@example.org")
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture
def prepared(tmp_path: Path, template: Installation) -> Iterator[Installation]:
    """An installation with its administrator."""
    shutil.copytree(template.folder, tmp_path / "data")
    yield from an_installation(tmp_path / "data", template=template.database)
