import re
import tomllib

from sinergia.web.environment import VARIABLES
from tests.house.source import PACKAGE, ROOT


def test_the_table_of_variables_is_that_of_the_code() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(SINERGIA_\w+)` \| (.*?) \| (.*?) \|$", page, re.M)

    assert rows == [(row.name, row.default, row.meaning) for row in VARIABLES]


def test_every_requirement_is_explained() -> None:
    listed = [
        line
        for name in ("run.in", "test.in")
        for line in (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    ]
    names = {plain(line) for line in listed if line and not line.startswith(("#", "-r "))}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = {plain(name) for name in re.findall(r"^\| `?([\w.\[\]-]+)`? \|", page, re.M)}

    assert sorted(names - explained) == []


def test_the_page_of_the_house_names_every_floor() -> None:
    page = (ROOT / "docs" / "developers" / "house.md").read_text(encoding="utf-8")
    table = page.partition("## Rooms")[0]
    cells = re.findall(r"^\| (`.*?`) \|", table, re.M)
    named = sorted(name for cell in cells for name in re.findall(r"`([\w/]+)`", cell))
    rooms = [*PACKAGE.glob("*/__init__.py"), *PACKAGE.glob("insights/*/__init__.py")]
    there = {path.parent.relative_to(PACKAGE).as_posix() for path in rooms}

    assert named == sorted(there - {"command", "insights"})


def test_what_is_declared_is_what_is_pinned() -> None:
    listed = (ROOT / "requirements" / "run.in").read_text(encoding="utf-8").lower()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert [name for name in project["dependencies"] if plain(name) not in listed] == []


def test_every_clone_says_what_it_is_and_under_which_terms() -> None:
    names = ["README.md", "README.ru.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert [name for name in names if not (ROOT / name).is_file()] == []
    assert project["license"] == "EUPL-1.2"
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def plain(requirement: str) -> str:
    return re.split(r"[\[<>=!~ ]", requirement.strip())[0].lower()
