"""The files that the house tests read."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "sinergia"
# Made by tools, or none of ours.
LEFT_OUT = {".git", ".venv", "var", "dist", "build", "locale", "migrations", "fonts", "vendor"}
CACHES = ("cache", ".egg-info", ".hypothesis", "__pycache__")
MADE = {"sinergia.css", "LICENSE", "run.txt", "test.txt"}


def files(*suffixes: str, under: Path = ROOT) -> list[Path]:
    """Every file of ours with one of these endings; with any text in it where none is named."""
    return sorted(path for path in _walk(under) if not suffixes or path.suffix in suffixes)


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in LEFT_OUT | MADE or path.name.endswith(CACHES):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def templates() -> list[Path]:
    """Every page, fragment and component."""
    return files(".html", under=PACKAGE)


def nodes_of(path: Path, *words: str) -> Iterator[ast.AST]:
    """Every piece of a Python file's syntax; nothing where none of these words stands in it."""
    text = path.read_text(encoding="utf-8")
    if not words or any(word in text for word in words):
        yield from ast.walk(ast.parse(text, filename=str(path)))


def called(call: ast.Call) -> str:
    """The last name by which something is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def shown(path: Path, line: int = 0) -> str:
    """Name a place as an editor opens it."""
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{line}" if line else name


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, those inside others too."""
    for node in nodes_of(path, "def "):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines without its decorators and docstring."""
    start = function.lineno
    has_docstring = ast.get_docstring(function) is not None
    docstring = function.body[0]
    hidden = (docstring.end_lineno or 0) - docstring.lineno + 1 if has_docstring else 0
    return (function.end_lineno or start) - start + 1 - hidden
