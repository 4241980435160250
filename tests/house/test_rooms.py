import ast
import re
from pathlib import Path

from django.apps import apps
from django.db import models
from django.test import RequestFactory
from django.urls import resolve

from sinergia.insights.search.queries import WEIGHED
from sinergia.web.context import site
from tests.house.source import PACKAGE, files, functions_of, nodes_of, shown

READERS = {"base", "migrations", "queries", "actions", "access"}
# `command` imports what was named; `ready` may import models only once they are there.
LATE_IMPORTERS = {"command/__init__.py", "base/apps.py"}
# The worker's loop, one row of an import, one call to an outside service (style, section 7).
CATCHERS = {"base/errands/actions.py"}
INDENTED_IMPORT = re.compile(r"^\s+(from|import)\s", re.MULTILINE)
OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("sinergia.")]


def rooms_of(path: Path) -> set[str]:
    return {*path.relative_to(PACKAGE).with_suffix("").parts}


def test_rows_are_reached_only_in_the_rooms_that_read_and_write() -> None:
    found = [
        shown(path, node.lineno)
        for path in files(".py", under=PACKAGE)
        if not rooms_of(path) & READERS
        for node in nodes_of(path, ".objects", "._default_manager")
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
    ]

    assert found == []


def test_rows_weigh_more_only_where_the_search_page_looks_for_it() -> None:
    """Of other kinds those that weigh more would be cut with the rest."""
    weighing = {
        path.relative_to(PACKAGE).as_posix()
        for path in files(".py", under=PACKAGE)
        if not path.is_relative_to(PACKAGE / "base/search")
        and re.search(r"Indexed\.Weight|\bweigh_rows\(", path.read_text(encoding="utf-8"))
    }

    assert weighing == {"organisations/actions/indexing.py"}
    assert {"organisation"} == WEIGHED


def test_a_key_to_another_room_has_no_way_back() -> None:
    found = [
        f"{model._meta.label}.{field.name}"
        for model in OUR_MODELS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField)
        and isinstance(field.related_model, type)
        and field.related_model._meta.app_label != model._meta.app_label
        and field.remote_field.related_name != "+"
    ]

    assert found == []


def test_no_model_has_more_than_18_fields() -> None:
    wide = {
        model._meta.label: count
        for model in OUR_MODELS
        if (count := len(model._meta.local_fields) - 1) > 18  # the primary key says nothing
    }

    assert wide == {}


def test_every_model_says_what_it_is_in_logs() -> None:
    plain = [model._meta.label for model in OUR_MODELS if model.__str__ is models.Model.__str__]

    assert plain == []


def test_save_is_nowhere_overridden() -> None:
    assert [model._meta.label for model in OUR_MODELS if "save" in vars(model)] == []


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        shown(path, node.lineno)
        for path in files(".py", under=PACKAGE)
        if path.relative_to(PACKAGE).as_posix() not in LATE_IMPORTERS
        if INDENTED_IMPORT.search(path.read_text(encoding="utf-8"))
        for function in functions_of(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert found == []


def test_everything_is_caught_in_three_places_only() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in files(".py", under=PACKAGE)
        for node in nodes_of(path, "except:", "except Exception", "except BaseException")
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and not any(isinstance(step, ast.Raise) for step in ast.walk(node))
    }

    assert found == CATCHERS


def test_signals_are_listened_to_in_one_place() -> None:
    found = [
        shown(path)
        for path in files(".py", under=PACKAGE)
        if "TID251" in path.read_text(encoding="utf-8")
    ]

    assert found == ["src/sinergia/base/apps.py"]


def test_views_are_functions() -> None:
    found = [
        shown(path, node.lineno)
        for path in files(".py", under=PACKAGE)
        for node in nodes_of(path, "View", "Mixin")
        if isinstance(node, ast.ClassDef) and node.name.endswith(("View", "Mixin"))
    ]

    assert found == []


def test_types_are_not_talked_away() -> None:
    found = [
        shown(path, node.lineno)
        for path in files(".py")
        for node in nodes_of(path, "cast(")
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("cast", "typing.cast")
    ]

    assert found == []


def test_no_page_gives_another_meaning_to_a_name_that_every_page_has() -> None:
    """A list's own `unseen` or `version` would stand in the bell or at the foot of the page."""
    request = RequestFactory().get("/")
    request.resolver_match = resolve("/")
    every = set(site(request))
    found = [
        shown(path, key.lineno)
        for path in files(".py", under=PACKAGE)
        if "views" in rooms_of(path)
        for node in nodes_of(path, "render", "context")
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and key.value in every
    ]

    assert "unseen" in every
    assert found == []
