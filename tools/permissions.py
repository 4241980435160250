"""Write docs/permissions.md from the permission matrix of the tests, or say that it is old.

python tools/permissions.py            write the page
python tools/permissions.py --check    change nothing; fail where the page is not up to date
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import django
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "permissions.md"
sys.path.insert(0, str(ROOT))
django.setup()

from tests.house.matrix import ROLES, ROOMS, Rule  # noqa: E402  # tests are found from the root

SIGNS = {200: "✓", 302: "→", 403: "✗", 404: "·", 405: "verb", 410: "over", 422: "✓?"}
HEAD = """# Who may open and do what

This page is generated from the permission matrix that the tests walk cell by cell
(`tests/house/matrix/`, `tests/house/test_doors.py`): `python tools/permissions.py`. A house test
fails where the two differ, and where an address is in neither. What is not listed does not exist.

Whose rows: everything that an address names belongs to region A, to centre A that serves it, and to
one organisation there.

| role | who it is |
| --- | --- |
| visitor | has not signed in |
| person | has an account and no role |
| leader, editor | lead that organisation, work in its team |
| outsider | leads another organisation of the same region |
| consultant, head | work at centre A, head it |
| neighbour | works at centre B, which serves another region |
| official | of the authorities of region A |
| administrator | administers the installation |

| sign | what is answered |
| --- | --- |
| ✓ | the page opens |
| → | it is done, and leads on; a visitor is led to the sign-in page |
| ✓? | may do it, and is told what is missing |
| ✗ | 403: there, but this verb is not theirs |
| · | 404: not there for them; the same page as for what never was |

Знаки: ✓ открывается; → делается и ведёт дальше (гостя — на вход); ✓? можно, но не хватает данных;
✗ не в этой роли (403); · для них этого нет (404).

Verbs beyond addresses, each against each role and three organisations:
`tests/organisations/test_access.py`.
"""


def page() -> str:
    """The whole page, as it should stand."""
    return HEAD + "".join(_section(room) for room in ROOMS)


def _section(room: ModuleType) -> str:
    """A room of the matrix as a table; a room without addresses says nothing."""
    known = {name: (route, words) for name, route, words in _addresses()}
    title = (room.__doc__ or room.__name__).partition("\n")[0].rstrip(".")
    title = title.removeprefix("Rules of ").partition(":")[0]
    rules: dict[str, Rule] = room.RULES
    found = [(*known.get(name, (name, "")), rule) for name, rule in rules.items()]
    rows = [_row(*one) for one in sorted(found, key=lambda one: (one[0], one[2].verb))]
    heads = " | ".join(ROLES)
    lines = [
        f"\n## {title[:1].upper()}{title[1:]}\n",
        f"| address | verb | {heads} |",
        f"| --- | --- |{' :-: |' * len(ROLES)}",
        *rows,
    ]
    return "\n".join(lines) + "\n" if rows else ""


def _row(route: str, words: str, rule: Rule) -> str:
    answers = " | ".join(SIGNS.get(rule.statuses[role], str(rule.statuses[role])) for role in ROLES)
    told = f"{words}<br>" if words else ""
    return f"| {told}`/{route}` | {rule.verb} | {answers} |"


def _addresses(
    resolver: URLResolver | None = None, spaces: Sequence[str] = (), before: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Name, route and the view's own first line of every address."""
    for part in (resolver or get_resolver()).url_patterns:
        route = before + str(part.pattern)
        if isinstance(part, URLResolver):
            inner = [*spaces, part.namespace] if part.namespace else spaces
            yield from _addresses(part, inner, route)
        elif isinstance(part, URLPattern):
            yield ":".join([*spaces, part.name or ""]), route, _words(part)


def _words(address: URLPattern) -> str:
    """What the view says of itself; nothing of views that are not ours."""
    view = address.callback
    is_ours = str(getattr(view, "__module__", "")).startswith("sinergia.")
    return (view.__doc__ or "").partition("\n")[0].rstrip(".") if is_ours else ""


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    asked, fresh = parser.parse_args(), page()
    is_old = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != fresh
    if asked.check:
        if is_old:
            sys.stderr.write("docs/permissions.md is old: run python tools/permissions.py\n")
        return int(is_old)
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
