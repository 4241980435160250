"""Every field that holds something about a person is named with its purpose, term and eraser."""

import re

from django.apps import apps

from tests.house.source import ROOT

ACCOUNT = {"key", "email", "name", "language", "last_login", "password"}
TELLING = re.compile(r"email|phone|password|session|actor|passport|birth")


def documented() -> set[str]:
    """The first column of the table: `app.Model.field`."""
    text = (ROOT / "docs" / "design" / "personal-data.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `(\w+\.\w+\.\w+)`", text, re.MULTILINE))


def test_every_documented_field_is_there() -> None:
    for path in documented():
        app, model, field = path.split(".")
        apps.get_model(app, model)._meta.get_field(field)


def telling_fields() -> set[str]:
    """Every field of an account, every key to one, and every field with a telling name."""
    found = set()
    for model in apps.get_models():
        if not model.__module__.startswith("sinergia."):
            continue
        for field in model._meta.fields:
            is_key = getattr(field.related_model, "__name__", "") == "Person"
            is_account = model.__name__ == "Person" and field.name in ACCOUNT
            if is_key or is_account or TELLING.search(field.name):
                found.add(f"{model._meta.app_label}.{model.__name__}.{field.name}")
    return found


def test_every_field_about_people_is_documented() -> None:
    assert telling_fields() - documented() == set()
