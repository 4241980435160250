"""What whoever runs Sinergia may set: SINERGIA_... variables, checked at start."""

import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkstemp
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url


class ConfigurationError(Exception):
    """A variable says something that cannot be. One line, naming the variable and the mend."""


@dataclass(frozen=True)
class Variable:
    """One row of the table in docs/configuration.md."""

    name: str
    default: str
    meaning: str


VARIABLES = [
    Variable("SINERGIA_DATA_DIR", "~/.local/share/sinergia", "Folder of the database, files, key"),
    Variable(
        "SINERGIA_DATABASE_URL", "SQLite in the data folder", "postgres://user:pass@host/name"
    ),
    Variable("SINERGIA_SECRET_KEY", "made, kept in the data folder", "50 signs or more, secret"),
    Variable("SINERGIA_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "Names the site answers to"),
    Variable(
        "SINERGIA_SITE_URL",
        "where `serve` listens, or the first of the names",
        "Address of the site as letters name it: https://ngo.example.org",
    ),
    Variable("SINERGIA_HTTPS", "0", "1 where a proxy in front speaks https"),
    Variable("SINERGIA_PROXIES", "0", "How many proxies of yours stand in front, 0 to 5"),
    Variable("SINERGIA_LANGUAGE", "ru", "First language of pages and commands: ru or en"),
    Variable("SINERGIA_TIME_ZONE", "Europe/Moscow", "Zone of moments that no place gives"),
    Variable(
        "SINERGIA_EMAIL_URL",
        "to the log; the demo to files",
        "smtp://user:pass@host:port or smtps://; the demo’s files are in `letters` of its data",
    ),
    Variable("SINERGIA_EMAIL_FROM", "sinergia@localhost", "Sender of letters"),
    Variable("SINERGIA_UPLOAD_MB", "100", "Largest file that may be loaded through a page"),
    Variable(
        "SINERGIA_FILES_URL",
        "the data folder",
        "Where files lie: s3://key:secret@host/bucket?region=NAME",
    ),
    Variable(
        "SINERGIA_FEEDS_NEAR",
        "0",
        "1 only for tests: feeds of practices may lie at loopback and private addresses",
    ),
    Variable("SINERGIA_LOG_LEVEL", "WARNING", "DEBUG, INFO, WARNING or ERROR"),
    Variable(
        "SINERGIA_DEMO", "0", "1 only for the invented demo: lets visitors enter as its people"
    ),
]


@dataclass(frozen=True)
class Environment:
    """The checked values; `told` holds lines worth saying at the start."""

    data_dir: Path
    database: dict[str, object]
    secret_key: str
    allowed_hosts: list[str]
    site_url: str
    has_https: bool
    proxies: int
    language: str
    time_zone: str
    email: dict[str, object]
    upload_bytes: int
    files: dict[str, object]
    has_near_feeds: bool
    log_level: str
    is_demo: bool
    told: tuple[str, ...] = ()


def read_environment(given: Mapping[str, str] = os.environ) -> Environment:
    """Check every variable; raise ConfigurationError with the first that cannot be."""
    known = {variable.name for variable in VARIABLES}
    for name in given:
        if name.startswith("SINERGIA_") and name not in known | TEST_VARIABLES:
            raise ConfigurationError(f"{name}: no such variable; see docs/configuration.md.")
    data_dir, told = _data_dir(given)
    secret_key = given.get("SINERGIA_SECRET_KEY", "")
    if not secret_key:
        secret_key, made = _kept_key(data_dir)
        told += made
    elif len(secret_key) < 50:
        raise ConfigurationError("SINERGIA_SECRET_KEY: give 50 signs or more.")
    hosts = _hosts(given.get("SINERGIA_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]"))
    has_https = _flag(given, "SINERGIA_HTTPS")
    return Environment(
        data_dir=data_dir,
        database=_database(given.get("SINERGIA_DATABASE_URL", ""), data_dir),
        secret_key=secret_key,
        allowed_hosts=hosts,
        site_url=_site(given.get("SINERGIA_SITE_URL", ""), hosts[0], has_https=has_https),
        has_https=has_https,
        proxies=_proxies(given.get("SINERGIA_PROXIES", "0")),
        language=_one_of(given, "SINERGIA_LANGUAGE", ("ru", "en")),
        time_zone=_zone(given.get("SINERGIA_TIME_ZONE", "Europe/Moscow")),
        email=_email(given, data_dir),
        upload_bytes=_megabytes(given.get("SINERGIA_UPLOAD_MB", "100")),
        files=_files(given.get("SINERGIA_FILES_URL", "")),
        has_near_feeds=_flag(given, "SINERGIA_FEEDS_NEAR"),
        log_level=_one_of(given, "SINERGIA_LOG_LEVEL", ("WARNING", "DEBUG", "INFO", "ERROR")),
        is_demo=_flag(given, "SINERGIA_DEMO"),
        told=told,
    )


_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_SITE = re.compile(r"https?://[\w.-]+(:\d{1,5})?/?")

# Read by the tests and the Makefile alone.
TEST_VARIABLES = {"SINERGIA_SHARED_DATA", "SINERGIA_REQUIRE_ALL"}


def _data_dir(given: Mapping[str, str]) -> tuple[Path, tuple[str, ...]]:
    named = given.get("SINERGIA_DATA_DIR", "")
    folder = Path(named or "~/.local/share/sinergia").expanduser().absolute()
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigurationError(f"SINERGIA_DATA_DIR: cannot use {folder}: {reason}.") from error
    if not os.access(folder, os.W_OK):
        raise ConfigurationError(f"SINERGIA_DATA_DIR: {folder} cannot be written to.")
    return folder, (f"Made the data folder {folder}.",) if is_new else ()


def _kept_key(data_dir: Path) -> tuple[str, tuple[str, ...]]:
    """Take the key that lies in the data folder, or make one that only its owner can read."""
    path = data_dir / "secret_key"
    is_made = not path.exists() and _is_key_made(path)
    key = path.read_text().strip()
    if not key:
        raise ConfigurationError(
            f"SINERGIA_SECRET_KEY: {path} is empty; remove it to have one made."
        )
    return key, (f"Made a secret key in {path}.",) if is_made else ()


def _is_key_made(path: Path) -> bool:
    """Whole before it has its name: of two processes that start at once both use one key."""
    descriptor, beside = mkstemp(prefix="secret_key.", dir=path.parent)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(beside, path)
    except FileExistsError:
        return False
    except OSError:  # a disk on which nothing has two names
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)
    return True


def _database(url: str, data_dir: Path) -> dict[str, object]:
    if not url:
        return _sqlite(data_dir / "sinergia.sqlite3")
    scheme = urlsplit(url).scheme
    if scheme not in ("postgres", "postgresql", "sqlite"):
        raise ConfigurationError("SINERGIA_DATABASE_URL: begin it with postgres:// or sqlite:///.")
    try:
        database: dict[str, Any] = dict(
            dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
        )
    except ValueError as error:
        raise ConfigurationError("SINERGIA_DATABASE_URL: not an address of a database.") from error
    if scheme == "sqlite":
        return _sqlite(Path(str(database["NAME"])))
    if not database.get("NAME"):
        raise ConfigurationError("SINERGIA_DATABASE_URL: the name of the database is missing.")
    # Our queries are short and many: compiling one takes longer than what it would save.
    options = database.setdefault("OPTIONS", {})
    # An empty `?options=` is dropped above: it says that a pooler in front takes none.
    if dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)).get("options") != "":
        options.setdefault("options", "-c jit=off")
    return database


def _sqlite(path: Path) -> dict[str, object]:
    """WAL, FULL and IMMEDIATE: a reader never waits, a save that was answered is on the disk."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": pragmas + " PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;",
    }
    name = str(path)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
    }


def _hosts(text: str) -> list[str]:
    hosts = [host.strip() for host in text.split(",") if host.strip()]
    if not hosts or any("/" in host for host in hosts):
        raise ConfigurationError("SINERGIA_ALLOWED_HOSTS: names parted by commas, no https://.")
    return hosts


def _site(url: str, host: str, *, has_https: bool) -> str:
    """Give the site's address without the last slash."""
    if not url:
        name = host.lstrip(".*") or "localhost"
        if name in ("localhost", "127.0.0.1", "[::1]"):
            return "http://[::1]:8000" if name == "[::1]" else "http://127.0.0.1:8000"
        return f"https://{name}" if has_https else f"http://{name}"
    if not _SITE.fullmatch(url):
        raise ConfigurationError("SINERGIA_SITE_URL: an address like https://ngo.example.org.")
    return url.rstrip("/")


def _flag(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "0")
    if value not in ("0", "1"):
        raise ConfigurationError(f"{name}: give 0 or 1, not {value!r}.")
    return value == "1"


def _one_of(given: Mapping[str, str], name: str, values: tuple[str, ...]) -> str:
    value = given.get(name, values[0])
    if value not in values:
        raise ConfigurationError(f"{name}: give one of {', '.join(values)}, not {value!r}.")
    return value


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigurationError(
            f"SINERGIA_TIME_ZONE: no zone {name!r}; a zone reads Europe/Moscow."
        ) from error
    return name


def _email(given: Mapping[str, str], data_dir: Path) -> dict[str, object]:
    sender = given.get("SINERGIA_EMAIL_FROM", "sinergia@localhost")
    url = given.get("SINERGIA_EMAIL_URL", "")
    if not url:
        # The demo writes to invented people: files to look into, and a quiet terminal.
        kind = "filebased" if _flag(given, "SINERGIA_DEMO") else "console"
        return {
            "EMAIL_BACKEND": f"django.core.mail.backends.{kind}.EmailBackend",
            "EMAIL_FILE_PATH": str(data_dir / "letters"),
            "DEFAULT_FROM_EMAIL": sender,
        }
    try:
        parts = urlsplit(url)
        port = parts.port or (465 if parts.scheme == "smtps" else 587)
    except ValueError as error:
        raise ConfigurationError("SINERGIA_EMAIL_URL: the host or the port cannot be.") from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ConfigurationError("SINERGIA_EMAIL_URL: begin it with smtp:// or smtps://.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender,
    }


def _proxies(text: str) -> int:
    """Each proxy adds to X-Forwarded-For the address it was asked from; ours are the last ones."""
    if not text.isdecimal() or not 0 <= int(text) <= 5:
        raise ConfigurationError("SINERGIA_PROXIES: a whole number from 0 to 5.")
    return int(text)


def _megabytes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 2000:
        raise ConfigurationError("SINERGIA_UPLOAD_MB: a whole number from 1 to 2000.")
    return int(text) * 1024 * 1024


def _files(url: str) -> dict[str, object]:
    """Name the store of files and what it is to be given."""
    if not url:
        return {"BACKEND": "sinergia.base.files.adapters.disk.Disk"}
    parts = urlsplit(url)
    bucket, asked = parts.path.strip("/"), dict(parse_qsl(parts.query, keep_blank_values=True))
    is_whole = parts.scheme == "s3" and parts.hostname and parts.username and parts.password
    if not is_whole or not _BUCKET.fullmatch(bucket):
        raise ConfigurationError("SINERGIA_FILES_URL: an address like s3://key:secret@host/bucket.")
    if set(asked) - {"region", "https"} or asked.get("https", "1") not in ("0", "1"):
        raise ConfigurationError("SINERGIA_FILES_URL: after the ? only region=NAME and https=0.")
    if find_spec("boto3") is None:
        raise ConfigurationError("SINERGIA_FILES_URL: for S3 run “pip install sinergia[s3]”.")
    scheme = "http" if asked.get("https") == "0" else "https"
    return {
        "BACKEND": "sinergia.base.files.adapters.s3.Bucket",
        "OPTIONS": {
            "endpoint_url": f"{scheme}://{parts.netloc.rpartition('@')[2]}",
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "bucket_name": bucket,
            "region_name": asked.get("region", "us-east-1"),
        },
    }


def tell_start(environment: Environment) -> None:
    """Say on the terminal what was made of its own accord."""
    for line in environment.told:
        sys.stderr.write(line + "\n")
