"""What the person who runs it may set is checked at start, in one line."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from sinergia.web.environment import ConfigurationError, read_environment

SECRET = "x" * 50


def given(folder: Path, **more: str) -> dict[str, str]:
    """Variables that are in order, but for what a test is about."""
    base = {"SINERGIA_DATA_DIR": str(folder / "data"), "SINERGIA_SECRET_KEY": SECRET}
    return base | {f"SINERGIA_{name}": value for name, value in more.items()}


def test_unset_it_makes_a_folder_and_a_key_of_its_own_and_says_where(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    first = read_environment({"SINERGIA_DATA_DIR": str(folder)})
    second = read_environment({"SINERGIA_DATA_DIR": str(folder)})

    key = folder / "secret_key"
    assert first.told == (f"Made the data folder {folder}.", f"Made a secret key in {key}.")
    assert second.told == ()
    assert first.secret_key == second.secret_key == key.read_text()
    assert len(first.secret_key) >= 50
    assert key.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "mysql://a/b"),
        ("DATABASE_URL", "postgres://host"),
        ("DATABASE_URL", "nonsense"),
        ("ALLOWED_HOSTS", "https://example.org"),
        ("ALLOWED_HOSTS", " , "),
        ("SITE_URL", "ngo.example.org"),
        ("SITE_URL", "https://[::1"),
        ("HTTPS", "yes"),
        ("LANGUAGE", "de"),
        ("TIME_ZONE", "Mars/Base"),
        ("TIME_ZONE", "../etc/passwd"),
        ("EMAIL_URL", "http://example.org"),
        ("EMAIL_URL", "smtp://example.org:many"),
        ("EMAIL_URL", "smtp://[::1"),
        ("UPLOAD_MB", "0"),
        ("UPLOAD_MB", "many"),
        ("LOG_LEVEL", "LOUD"),
        ("DEMO", "2"),
        ("DATA_DIRECTORY", "/tmp"),
    ],
)
def test_what_cannot_be_is_told_by_the_variables_name(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(ConfigurationError) as fault:
        read_environment(given(tmp_path, **{name: value}))

    told = str(fault.value)
    assert told.startswith(f"SINERGIA_{name}: ")
    assert "\n" not in told


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ConfigurationError, match="SINERGIA_DATA_DIR: cannot use"):
        read_environment({"SINERGIA_DATA_DIR": str(tmp_path / "file" / "data")})


def test_letters_go_by_the_address_that_was_given(tmp_path: Path) -> None:
    plain = read_environment(given(tmp_path)).email
    safe = read_environment(given(tmp_path, EMAIL_URL="smtps://u:p@mail.example.org")).email

    assert str(plain["EMAIL_BACKEND"]).endswith("console.EmailBackend")
    assert (safe["EMAIL_HOST"], safe["EMAIL_PORT"], safe["EMAIL_USE_SSL"]) == (
        "mail.example.org",
        465,
        True,
    )


def test_quoted_signs_of_a_mail_servers_password_are_read(tmp_path: Path) -> None:
    url = "smtp://olga%40example.org:p%40s%2Fs@mail.example.org"

    read = read_environment(given(tmp_path, EMAIL_URL=url)).email

    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("olga@example.org", "p@s/s")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("LANGUAGE", "ru", "http://127.0.0.1:8000"),
        ("ALLOWED_HOSTS", ".ngo.example.org,other", "http://ngo.example.org"),
        ("ALLOWED_HOSTS", "[::1]", "http://[::1]:8000"),
        ("ALLOWED_HOSTS", "*", "http://127.0.0.1:8000"),
        ("SITE_URL", "https://ngo.example.org:8443/", "https://ngo.example.org:8443"),
    ],
)
def test_links_in_letters_begin_with_the_sites_address(
    tmp_path: Path, name: str, value: str, expected: str
) -> None:
    assert read_environment(given(tmp_path, **{name: value})).site_url == expected


def test_behind_a_proxy_that_speaks_https_so_do_the_links(tmp_path: Path) -> None:
    read = read_environment(given(tmp_path, ALLOWED_HOSTS="ngo.example.org", HTTPS="1"))

    assert read.site_url == "https://ngo.example.org"


def test_an_empty_key_is_refused_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "secret_key").touch()

    with pytest.raises(ConfigurationError, match=r"SINERGIA_SECRET_KEY: .*secret_key is empty"):
        read_environment({"SINERGIA_DATA_DIR": str(folder)})


def test_two_that_start_at_once_use_one_whole_key(tmp_path: Path) -> None:
    folder = {"SINERGIA_DATA_DIR": str(tmp_path)}
    with ThreadPoolExecutor(8) as many:
        keys = set(many.map(lambda _: read_environment(folder).secret_key, range(32)))

    (key,) = keys
    assert len(key) >= 50
    assert [one.name for one in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_compiles_no_query() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_what_an_address_says_of_its_connection_goes_first(tmp_path: Path) -> None:
    address = "postgres://sinergia@db.example.org/sinergia?options=-c%20jit=on"

    told = read_environment(given(tmp_path, DATABASE_URL=address))

    assert told.database["OPTIONS"] == {"options": "-c jit=on"}


def test_a_pooler_that_takes_no_options_is_sent_none(tmp_path: Path) -> None:
    address = "postgres://sinergia@db.example.org/sinergia?options="

    told = read_environment(given(tmp_path, DATABASE_URL=address))

    assert "options" not in told.database["OPTIONS"]  # type: ignore[operator]  # a dict
