import ast

from tests.house.source import PACKAGE, body_lines, files, functions_of, nodes_of, shown, templates


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        shown(path): lines
        for path in files(".py", ".html", ".css", ".js")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 400
    }

    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        shown(path, function.lineno): body_lines(function)
        for path in files(".py")
        for function in functions_of(path)
        if body_lines(function) > 40
    }

    assert long == {}


def test_no_view_is_longer_than_15_lines() -> None:
    long = {
        shown(path, function.lineno): body_lines(function)
        for path in files(".py", under=PACKAGE)
        if path.stem == "views" or path.parent.name == "views"
        for function in functions_of(path)
        if function.decorator_list and body_lines(function) > 15 + signature_lines(function)
    }

    assert long == {}


def signature_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return function.body[0].lineno - function.lineno


def test_no_component_is_longer_than_60_lines_and_no_page_than_150() -> None:
    long = {
        shown(path): lines
        for path in templates()
        if (lines := path.read_text(encoding="utf-8").count("\n"))
        > (60 if path.parent.name == "components" else 150)
    }

    assert long == {}


def test_no_class_is_longer_than_150_lines() -> None:
    long = {
        shown(path, node.lineno): node.name
        for path in files(".py", under=PACKAGE)
        for node in nodes_of(path, "class ")
        if isinstance(node, ast.ClassDef) and (node.end_lineno or 0) - node.lineno >= 150
    }

    assert long == {}
