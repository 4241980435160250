"""Addresses for sending in pieces: own uploads only, the right offset, what is told when."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.files.adapters.limited_files import LimitedFiles
from sinergia.base.files.models import StoredFile, Upload
from tests.arrange import a_person
from tests.base import sent_files as made
from tests.house.source import PACKAGE

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.base.paper_room")]
BEGIN = "/files/uploads/"
MEGABYTE = 1024 * 1024


@pytest.fixture
def anna(client: Client) -> Client:
    client.force_login(a_person("anna"))
    client.cookies["django_language"] = "en"
    return client


def begin(client: Client, content: bytes, name: str = "a.pdf") -> str:
    """Announce a file; give its address."""
    told = client.post(BEGIN, {"purpose": "document", "name": name, "size": len(content)})
    assert told.status_code == 201
    address: str = told.json()["url"]
    return address


def send(client: Client, address: str, offset: int, piece: bytes) -> tuple[int, dict[str, object]]:
    """Send a piece; give what was answered."""
    response = client.generic(
        "POST", f"{address}?offset={offset}", piece, content_type="application/octet-stream"
    )
    return response.status_code, response.json()


def test_a_file_comes_in_pieces_and_a_lost_answer_does_no_harm(anna: Client) -> None:
    content = made.a_pdf(b"% " + b"x" * 3000 + b"\n")
    address = begin(anna, content, "Устав.pdf")

    first = send(anna, address, 0, content[:1000])
    repeated = send(anna, address, 0, content[:1000])
    asked = anna.get(address).json()
    last = send(anna, address, 1000, content[1000:])
    after = send(anna, address, 1000, content[1000:])

    assert (first[0], first[1]["offset"], first[1]["is_accepted"]) == (200, 1000, False)
    assert repeated == (409, {"offset": 1000})
    assert (asked["offset"], asked["is_accepted"]) == (1000, False)
    assert last == after
    assert (last[0], last[1]["is_accepted"]) == (200, True)
    assert last[1]["said"] == f"Устав.pdf, {len(content) / 1024:.1f}\xa0KB"
    upload = Upload.objects.get()
    assert (
        anna.post("/papers/add/", {"title": "Charter", "paper-sent": str(upload.key)}).status_code
        == 302
    )
    assert [file.name for file in StoredFile.objects.all()] == ["Устав.pdf"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"size": 80 * MEGABYTE, "name": "a.jpg", "purpose": "picture"},
            "This picture is 80\xa0MB",
        ),
        ({"size": 10, "name": "setup.exe", "purpose": "document"}, "Files of this kind are not"),
        ({"size": 10, "name": "a.pdf", "purpose": "nonsense"}, "The file did not arrive whole"),
        ({"size": -1, "name": "a.pdf", "purpose": "document"}, "The file did not arrive whole"),
        ({}, "The file did not arrive whole"),
    ],
)
def test_what_can_be_refused_before_a_byte_is_sent_is(
    anna: Client, given: dict[str, object], told: str
) -> None:
    response = anna.post(BEGIN, given)

    assert response.status_code == 422
    assert response.json()["error"].startswith(told)
    assert Upload.objects.count() == 0


def test_the_last_piece_brings_the_refusal_of_the_whole(anna: Client) -> None:
    address = begin(anna, made.WINDOWS_PROGRAM)

    status, told = send(anna, address, 0, made.WINDOWS_PROGRAM)
    run_due_errands(now=timezone.now())

    assert status == 422
    assert str(told["error"]).startswith("This is a program")
    assert Upload.objects.count() == 0


def test_a_file_that_is_let_go_of_is_gone_at_once(anna: Client) -> None:
    address = begin(anna, made.a_pdf())
    send(anna, address, 0, made.a_pdf())

    status = anna.delete(address).status_code
    run_due_errands(now=timezone.now())

    assert (status, anna.get(address).status_code) == (204, 404)
    assert (Upload.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_another_persons_upload_a_missing_one_and_one_that_ended_are_alike(anna: Client) -> None:
    address, boris = begin(anna, made.a_pdf()), Client()
    boris.force_login(a_person("boris"))
    missing = f"{BEGIN}{uuid4()}/"

    asked = [
        getattr(boris, verb)(where) for where in (address, missing) for verb in ("get", "delete")
    ]
    sent = [
        boris.generic("POST", f"{where}?offset=0", b"x", content_type="application/octet-stream")
        for where in (address, missing)
    ]
    Upload.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    late = anna.get(address)

    assert {answer.status_code for answer in [*asked, *sent, late]} == {404}


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    assert client.post(BEGIN, {}).status_code == 302
    assert client.get(f"{BEGIN}{uuid4()}/").status_code == 302


def test_a_piece_needs_the_token_of_the_page() -> None:
    boris = Client(enforce_csrf_checks=True)
    boris.force_login(a_person("boris"))

    assert boris.post(BEGIN, {"purpose": "document"}).status_code == 403


def test_of_what_is_larger_than_the_installation_takes_nothing_is_kept_on_the_disk(
    settings: Settings,
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 3000
    taken = LimitedFiles()

    def take(size: int) -> tuple[int, int]:
        """Give the size told and the bytes that are there."""
        taken.new_file("file", "a.pdf", "application/pdf", None)
        for start in range(0, size, 1000):
            taken.receive_data_chunk(b"x" * 1000, start)
        file = taken.file_complete(size)
        assert file is not None
        return file.size or 0, len(file.read())

    assert [take(size) for size in (1000, 9000, 1000)] == [(1000, 1000), (9000, 0), (1000, 0)]


def test_the_script_is_small() -> None:
    script = PACKAGE / "base" / "ui" / "static" / "ui" / "js" / "upload.js"

    assert script.stat().st_size <= 4096
