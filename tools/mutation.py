"""Break the engine's lines one at a time and see that a test goes red; part of `make test-full`.

    python tools/mutation.py [--count 40] [--seed 1]
A mutation swaps a comparison, an `and`, a `not`, a truth or a whole number; not a truth given by
name (`frozen=True`, `strict=True`), which guards against mistakes that are not there. Those that no
test notices are listed; the run fails where more than SURVIVING of them are left.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINE = Path("src/sinergia/engine")
SURVIVING = 0.15
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Mutation:
    """One broken line: where, what it was, and the whole file as it then reads."""

    path: Path
    line: int
    words: str
    source: str


def mutations_of(path: Path) -> Iterator[Mutation]:
    """Give every way to break one file."""
    text = (ROOT / path).read_text(encoding="utf-8")
    count = sum(1 for _ in ast.walk(ast.parse(text)))
    for place in range(count):
        tree = ast.parse(text)
        named = (one.value for one in ast.walk(tree) if isinstance(one, ast.keyword))
        guards = {id(one) for one in named if isinstance(one, ast.Constant)}
        node = next(found for at, found in enumerate(ast.walk(tree)) if at == place)
        if id(node) not in guards and (words := broken(node)):
            yield Mutation(path, getattr(node, "lineno", 0), words, ast.unparse(tree))


def broken(node: ast.AST) -> str:
    """Break a node in place; say what was done, or nothing where there is nothing to break."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        swapped = COMPARISONS[type(node.ops[0])]()
        words = f"{type(node.ops[0]).__name__} to {type(swapped).__name__}"
        node.ops[0] = swapped
        return words
    if isinstance(node, ast.BoolOp):
        is_and = isinstance(node.op, ast.And)
        node.op = ast.Or() if is_and else ast.And()
        return "And to Or" if is_and else "Or to And"
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        node.value = not node.value
        return f"to {node.value}"
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        node.value += 1
        return f"{node.value - 1} to {node.value}"
    return ""


def is_noticed(mutation: Mutation, folder: Path) -> bool:
    """Whether the engine's tests go red over a mutation."""
    path = folder / mutation.path
    whole = path.read_text(encoding="utf-8")
    path.write_text(mutation.source, encoding="utf-8")
    try:
        done = subprocess.run(  # our own tests
            [sys.executable, "-m", "pytest", "tests/engine", "-x", "-q", "-p", "no:cacheprovider"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder / "src")},
            capture_output=True,
            check=False,
            timeout=120,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(whole, encoding="utf-8")
    return done.returncode != 0


def main() -> int:
    """Try some mutations; 1 where too many were not noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    paths = sorted(path.relative_to(ROOT) for path in (ROOT / ENGINE).rglob("*.py"))
    every = [mutation for path in paths for mutation in mutations_of(path)]
    chosen = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    with tempfile.TemporaryDirectory(prefix="sinergia-mutation-") as name:
        folder = Path(name)
        for part in ("src", "tests", "pyproject.toml"):
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, folder / part)
        survivors = [one for one in chosen if not is_noticed(one, folder)]
    for one in survivors:
        sys.stdout.write(f"not noticed: {one.path.name}:{one.line} {one.words}\n")
    sys.stdout.write(f"{len(chosen) - len(survivors)} of {len(chosen)} mutations noticed\n")
    return 1 if len(survivors) > SURVIVING * len(chosen) else 0


if __name__ == "__main__":
    sys.exit(main())
