"""Where bytes lie: on the disk, and in a bucket that may be down, slow or broken."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from sinergia.base.files.adapters import s3
from sinergia.base.files.adapters.store import Store, StoreUnavailable, the_store
from sinergia.web import environment
from sinergia.web.environment import ConfigurationError, read_environment
from tests.base.s3_stand_in import Bucket, a_bucket

PLACE = "kept/ab/abcdef"
CONTENT = bytes(range(256)) * 4000


@pytest.fixture
def bucket(settings: Settings, tmp_path: Path) -> Iterator[Bucket]:
    """A bucket, and settings that lead there."""
    with a_bucket() as made:
        settings.STORAGES = settings.STORAGES | {"default": storage_of(made, tmp_path)}
        yield made


@pytest.fixture(params=["disk", "bucket"])
def store(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Store:
    """Each kind of store, well."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    else:
        settings.MEDIA_ROOT = str(tmp_path / "files")
    return the_store()


def storage_of(bucket: Bucket, folder: Path) -> dict[str, object]:
    """The settings that the address of a bucket gives."""
    given = {
        "SINERGIA_DATA_DIR": str(folder),
        "SINERGIA_SECRET_KEY": "x" * 50,
        "SINERGIA_FILES_URL": bucket.url,
    }
    return read_environment(given).files


def a_source(folder: Path) -> Path:
    path = folder / "source"
    path.write_bytes(CONTENT)
    return path


def read(store: Store, *, start: int = 0, length: int = len(CONTENT)) -> bytes:
    return b"".join(store.pieces(PLACE, start=start, length=length))


def test_what_is_put_is_given_back_whole_and_in_parts_until_it_is_removed(
    store: Store, tmp_path: Path
) -> None:
    store.put(PLACE, a_source(tmp_path))
    store.put(PLACE, a_source(tmp_path))

    assert (read(store), store.length(PLACE)) == (CONTENT, len(CONTENT))
    assert read(store, start=1000, length=500) == CONTENT[1000:1500]
    store.remove(PLACE)
    store.remove(PLACE)
    with pytest.raises(StoreUnavailable):
        store.length(PLACE)
    with pytest.raises(StoreUnavailable):
        read(store)


def test_on_the_disk_nobody_else_can_read_it(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")

    the_store().put(PLACE, a_source(tmp_path))

    path = tmp_path / "files" / PLACE
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [left.name for left in path.parent.iterdir()] == ["abcdef"]


def test_a_place_outside_the_store_is_none(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")

    with pytest.raises(Exception, match="located outside"):
        the_store().put("../secret_key", a_source(tmp_path))


def test_a_disk_that_takes_nothing_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "full").touch()
    settings.MEDIA_ROOT = str(tmp_path / "full" / "files")

    with pytest.raises(StoreUnavailable):
        the_store().put(PLACE, a_source(tmp_path))


def test_every_request_to_a_bucket_is_signed_and_kept_apart_by_its_name(
    bucket: Bucket, tmp_path: Path
) -> None:
    the_store().put(PLACE, a_source(tmp_path))
    list(the_store().pieces(PLACE, start=0, length=10))
    the_store().remove(PLACE)

    assert bucket.asked == [f"PUT {PLACE}", f"GET {PLACE}", f"DELETE {PLACE}"]
    assert (bucket.unsigned, bucket.objects) == (0, {})


@pytest.mark.parametrize("mood", ["500", "403", "cut"])
def test_a_bucket_that_is_broken_is_told_within_seconds(
    bucket: Bucket, tmp_path: Path, mood: str
) -> None:
    the_store().put(PLACE, a_source(tmp_path))
    bucket.mood, begun = mood, time.monotonic()

    with pytest.raises(StoreUnavailable):
        read(the_store())
    with pytest.raises(StoreUnavailable):
        the_store().put("kept/cd/another", a_source(tmp_path))

    assert sorted(bucket.objects) == [PLACE]
    assert time.monotonic() - begun < 15


def test_a_bucket_that_is_busy_for_a_moment_is_asked_again(bucket: Bucket, tmp_path: Path) -> None:
    bucket.mood = "busy once"

    the_store().put(PLACE, a_source(tmp_path))

    assert bucket.asked == [f"PUT {PLACE}"] * 2
    assert bucket.objects == {PLACE: CONTENT}


def test_a_bucket_that_is_down_or_slow_costs_seconds(
    bucket: Bucket,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    longest = s3.ATTEMPTS * (s3.CONNECT_SECONDS + s3.ANSWER_SECONDS)
    monkeypatch.setattr(s3, "ANSWER_SECONDS", 0.3)  # the same, sooner
    settings.STORAGES = dict(settings.STORAGES)  # so that the store is made anew
    bucket.mood, begun = "slow", time.monotonic()
    with pytest.raises(StoreUnavailable):
        the_store().put(PLACE, a_source(tmp_path))
    with a_bucket() as other:
        down = storage_of(other, tmp_path)
    settings.STORAGES = settings.STORAGES | {"default": down}

    with pytest.raises(StoreUnavailable):
        the_store().put(PLACE, a_source(tmp_path))

    assert time.monotonic() - begun < 8
    assert longest <= 25


@pytest.mark.parametrize(
    "url",
    [
        "http://host/bucket",
        "s3://host/bucket",
        "s3://key@host/bucket",
        "s3://key:secret@host/",
        "s3://key:secret@host/Bucket Name",
        "s3://key:secret@host/bucket?zone=1",
        "s3://key:secret@host/bucket?https=yes",
    ],
)
def test_an_address_of_a_store_that_cannot_be_is_told_in_one_line(tmp_path: Path, url: str) -> None:
    given = {"SINERGIA_DATA_DIR": str(tmp_path), "SINERGIA_FILES_URL": url}

    with pytest.raises(ConfigurationError, match=r"^SINERGIA_FILES_URL: [^\n]*$") as fault:
        read_environment(given)

    assert "secret@" not in str(fault.value).replace("key:secret@host/bucket", "")


def test_where_the_part_for_s3_is_missing_the_start_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda name: None)  # as where it is not there
    given = {"SINERGIA_DATA_DIR": str(tmp_path), "SINERGIA_FILES_URL": "s3://k:s@host/bucket"}

    with pytest.raises(ConfigurationError, match=r"pip install sinergia\[s3\]"):
        read_environment(given)


def test_without_an_address_files_lie_in_the_data_folder(tmp_path: Path) -> None:
    given = {"SINERGIA_DATA_DIR": str(tmp_path), "SINERGIA_SECRET_KEY": "x" * 50}

    assert read_environment(given).files == {"BACKEND": "sinergia.base.files.adapters.disk.Disk"}
