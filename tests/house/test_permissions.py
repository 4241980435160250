from tests.house.matrix import MATRIX
from tests.house.source import ROOT
from tools.permissions import PAGE, page


def test_the_page_of_permissions_is_that_of_the_matrix() -> None:
    """`python tools/permissions.py` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_address_stands_on_it_once() -> None:
    rows = [line for line in page().splitlines() if line.startswith("| ") and "`/" in line]

    assert len(rows) == len(MATRIX)


def test_the_documentation_leads_there() -> None:
    assert "(permissions.md)" in (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
