"""Tasks of a room that exists in tests alone: `trial.<name>`."""

import sys
from collections.abc import Callable
from types import ModuleType

import pytest


def a_task(monkeypatch: pytest.MonkeyPatch, task: Callable[..., None], name: str = "work") -> str:
    """Give `task` a name that an errand may carry."""
    module = ModuleType("sinergia.trial.tasks")
    setattr(module, name, task)
    monkeypatch.setitem(sys.modules, "sinergia.trial.tasks", module)
    return f"trial.{name}"
