"""What every test stands on: settings of a test run, the journal's guard, the real files."""

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from sinergia.base.journal import guard

ROOT = Path(__file__).resolve().parent.parent
REQUIRES_ALL = os.environ.get("SINERGIA_REQUIRE_ALL") == "1"
skipped: list[str] = []

# A law holds however busy the machine is: how long a case takes says nothing of it.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

# Quick where slowness is the point, and nothing of a real installation is touched.
_folder = tempfile.TemporaryDirectory(prefix="sinergia-tests-")
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.MEDIA_ROOT = f"{_folder.name}/files"
settings.STATIC_ROOT = f"{_folder.name}/static"
settings.STORAGES = {
    "default": {"BACKEND": "sinergia.base.files.adapters.disk.Disk"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
settings.WHITENOISE_USE_FINDERS = True
settings.WHITENOISE_AUTOREFRESH = True  # a file is found when asked for, not all by each client
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
Path(settings.STATIC_ROOT).mkdir()


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Every test begins in the language of a fresh installation."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def guard_lifted_before_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits is cleaned up by deletes, which the journal's guard refuses.

    The flush tells of a migrate, and that makes the guard again.
    """
    if not commits(request):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    guard.lift(connection)


def commits(request: pytest.FixtureRequest) -> bool:
    """Whether a test is rolled back (False) or cleaned up by a flush (True)."""
    mark = request.node.get_closest_marker("django_db")
    names = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(names) or (mark is not None and bool(mark.kwargs.get("transaction")))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files; tests that need it say what they missed where it is not."""
    folder = Path(os.environ.get("SINERGIA_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no real files here: ../shared/data is missing")
    return folder


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, without calling it skipped, what belongs to the other database."""
    if connection.vendor == "postgresql":
        return
    other = [item for item in items if item.get_closest_marker("postgresql")]
    if other:
        config.hook.pytest_deselected(items=other)
        items[:] = [item for item in items if item not in other]


def pytest_collection_finish() -> None:
    """Thousands of tests are there to the end: nobody looks again and again whether they are."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped."""
    if report.skipped:
        skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is required, a skipped test is a failed run."""
    if REQUIRES_ALL and skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was skipped where nothing may be."""
    if REQUIRES_ALL and skipped:
        terminalreporter.write_line(f"SINERGIA_REQUIRE_ALL=1, yet skipped: {', '.join(skipped)}")
