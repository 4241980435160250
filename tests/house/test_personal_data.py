"""Every field that holds something about a person is named with its purpose, term and eraser."""

import re

from django.apps import apps
from django.db import models

from tests.house.source import ROOT

ACCOUNT = {"key", "email", "name", "language", "last_login", "password"}
TELLING = re.compile(r"email|phone|password|session|actor|passport|birth")
WRITTEN = (models.TextField, models.BinaryField)


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


def written_fields(app: str) -> set[str]:
    """Every long text, file and key of who did something: any of them may tell of people."""
    found = set()
    for model in apps.get_app_config(app).get_models():
        for field in model._meta.fields:
            is_file = getattr(field.related_model, "__name__", "") == "StoredFile"
            is_doer = isinstance(field, models.UUIDField) and field.name.split("_")[-1] == "by"
            if is_file or is_doer or isinstance(field, WRITTEN):
                found.add(f"{app}.{model.__name__}.{field.name}")
    return found


def test_of_grants_every_text_file_and_doer_is_documented() -> None:
    assert written_fields("grants") - documented() == set()
