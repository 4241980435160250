"""A room's form with files, as a person without scripts meets it; and what the room gives out."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.files.models import StoredFile, Upload
from tests.arrange import a_person
from tests.base import sent_files as made
from tests.base.s3_stand_in import Bucket, a_bucket
from tests.base.test_files_store import storage_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.base.paper_room")]
ADD = "/papers/add/"
MEGABYTE = 1024 * 1024


@pytest.fixture
def anna(client: Client) -> Client:
    client.force_login(a_person("anna"))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def bucket(settings: Settings, tmp_path: Path) -> Iterator[Bucket]:
    with a_bucket() as opened:
        settings.STORAGES = settings.STORAGES | {"default": storage_of(opened, tmp_path)}
        yield opened


def errors_of(page: str) -> list[str]:
    """What stands at the fields."""
    lists = re.findall(r'<ul class="errors"[^>]*>(.*?)</ul>', page, re.DOTALL)
    return re.findall(r"</span> (.*?)</li>", "".join(lists), re.DOTALL)


def offered(page: str, field: str = "paper") -> str:
    """The key of the file that the form offers again; "" for none."""
    found = re.search(rf'name="{field}-sent" value="([^"]*)"', page)
    assert found
    return found[1]


def content_of(response: Iterable[bytes]) -> bytes:
    return b"".join(response)


def test_a_paper_sent_with_a_form_is_kept_and_given_back_to_be_saved(anna: Client) -> None:
    sent = made.sent("Устав организации.pdf", made.a_pdf())

    response = anna.post(ADD, {"title": "Charter", "paper": sent}, follow=True)

    file = StoredFile.objects.get()
    assert (file.name, file.kind, file.kept_at is not None, file.is_public) == (
        "Устав организации.pdf",
        "application/pdf",
        True,
        False,
    )
    assert content_of(response) == made.a_pdf()
    assert {name: response[name] for name in ("Content-Type", "Content-Disposition")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''%D0%A3%D1%81%D1%82%D0%B0%D0%B2%20"
        "%D0%BE%D1%80%D0%B3%D0%B0%D0%BD%D0%B8%D0%B7%D0%B0%D1%86%D0%B8%D0%B8.pdf",
    }
    guards = ("X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")
    assert [response[name] for name in guards] == [
        "nosniff",
        "default-src 'none'; sandbox",
        "private, no-store",
    ]


def test_a_picture_of_80_mb_is_refused_at_its_field_and_nothing_typed_is_lost(
    anna: Client, settings: Settings
) -> None:
    sent = made.sent("yard.jpg", made.a_jpeg() + b"\0" * (80 * MEGABYTE))

    response = anna.post(
        ADD, {"title": "Yard", "paper": made.sent("a.pdf", made.a_pdf()), "picture": sent}
    )

    assert response.status_code == 422
    assert errors_of(response.text) == [
        "This picture is 80\xa0MB; at most 20\xa0MB. Make it smaller: save it anew as JPEG, or "
        "send it to yourself through a messenger, which makes pictures small, and take that one."
    ]
    assert 'value="Yard"' in response.text
    assert (offered(response.text) != "", offered(response.text, "picture")) == (True, "")
    again = {"title": "Yard", "paper-sent": offered(response.text)}
    assert anna.post(ADD, again).status_code == 302


def test_a_program_called_a_picture_is_refused_and_nothing_of_it_stays(anna: Client) -> None:
    sent = made.sent("yard.jpg", made.WINDOWS_PROGRAM)

    response = anna.post(ADD, {"title": "Yard", "paper": sent})
    run_due_errands(now=timezone.now())

    assert response.status_code == 422
    assert errors_of(response.text) == [
        "This is a program or a web page, whatever its name says; such files are never taken. "
        "Choose the document or the picture itself."
    ]
    assert (StoredFile.objects.count(), Upload.objects.count()) == (0, 0)


def test_a_fit_file_of_a_form_refused_for_another_reason_need_not_be_chosen_again(
    anna: Client,
) -> None:
    sent = made.sent("charter.pdf", made.a_pdf())

    refused = anna.post(ADD, {"title": "far longer than twenty signs", "paper": sent})
    key = offered(refused.text)
    saved = anna.post(ADD, {"title": "Charter", "paper-sent": key})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert "charter.pdf" in refused.text
    assert [file.name for file in StoredFile.objects.all()] == ["charter.pdf"]


def test_pressing_twice_keeps_one_file(anna: Client) -> None:
    refused = anna.post(ADD, {"title": "", "paper": made.sent("charter.pdf", made.a_pdf())})
    again = {"title": "Charter", "paper-sent": offered(refused.text)}

    first, second = anna.post(ADD, again), anna.post(ADD, again)

    assert first["Location"] == second["Location"]
    assert StoredFile.objects.count() == 1


def test_a_file_chosen_anew_goes_before_the_one_that_was_offered(anna: Client) -> None:
    refused = anna.post(ADD, {"title": "", "paper": made.sent("old.pdf", made.a_pdf())})

    anna.post(
        ADD,
        {
            "title": "New",
            "paper-sent": offered(refused.text),
            "paper": made.sent("new.pdf", made.a_pdf()),
        },
    )

    assert [f.name for f in StoredFile.objects.filter(kept_at__isnull=False)] == ["new.pdf"]


def test_an_optional_file_may_be_left_out_again(anna: Client) -> None:
    picture = made.sent("yard.jpg", made.a_jpeg())
    refused = anna.post(
        ADD, {"title": "", "paper": made.sent("a.pdf", made.a_pdf()), "picture": picture}
    )
    keys = {f"{name}-sent": offered(refused.text, name) for name in ("paper", "picture")}

    later = anna.post(ADD, {"title": "", **keys, "picture-drop": "1"})

    assert offered(later.text, "picture") == ""
    assert offered(later.text) == keys["paper-sent"]


def test_what_somebody_else_has_sent_or_what_is_over_is_not_there(anna: Client) -> None:
    refused = anna.post(ADD, {"title": "", "paper": made.sent("a.pdf", made.a_pdf())})
    key = offered(refused.text)
    boris = Client()
    boris.force_login(a_person("boris"))
    boris.cookies["django_language"] = "en"
    gone = [
        "The file did not arrive whole, or a day has passed since it was sent. Choose it again."
    ]

    theirs = boris.post(ADD, {"title": "Mine now", "paper-sent": key})
    forged = boris.post(ADD, {"title": "Mine now", "paper-sent": "nonsense"})
    Upload.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    late = anna.post(ADD, {"title": "Mine still", "paper-sent": key})
    other_field = anna.post(ADD, {"title": "x", "paper": made.sent("a.pdf", made.a_pdf())})

    assert [errors_of(answer.text) for answer in (theirs, forged, late)] == [gone] * 3
    assert other_field.status_code == 302


def test_files_that_are_together_too_much_for_one_form_are_told_so(
    anna: Client, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 3 * MEGABYTE
    files = {
        name: made.sent("a.jpg", made.a_jpeg() + b"\0" * (2 * MEGABYTE))
        for name in ("paper", "picture")
    }

    response = anna.post(ADD, {"title": "Two", **files})

    assert errors_of(response.text)[-1] == (
        "All files of one form together may be 3\xa0MB at most. Send them one after another."
    )


def test_a_missing_file_is_asked_for(anna: Client) -> None:
    response = anna.post(ADD, {"title": "Nothing"})

    assert (response.status_code, errors_of(response.text)) == (422, ["Choose a file."])


@pytest.mark.parametrize("mood", ["500", "403", "cut"])
def test_while_the_store_is_down_everything_typed_waits_and_goes_by_one_more_press(
    anna: Client, bucket: Bucket, mood: str
) -> None:
    bucket.mood = mood

    refused = anna.post(ADD, {"title": "Charter", "paper": made.sent("a.pdf", made.a_pdf())})
    halves = StoredFile.objects.count()
    bucket.mood = "well"
    saved = anna.post(ADD, {"title": "Charter", "paper-sent": offered(refused.text)}, follow=True)

    assert (refused.status_code, halves) == (422, 0)
    assert errors_of(refused.text) == [
        "The file arrived, but the place where files are kept does not answer. Everything you "
        "typed is here: wait a minute and press the button again; the file need not be chosen "
        "again."
    ]
    assert 'value="Charter"' in refused.text
    assert content_of(saved) == made.a_pdf()
    assert list(bucket.objects) == [StoredFile.objects.get().place]


def test_a_file_that_the_store_does_not_give_is_a_page_that_says_so(
    anna: Client, bucket: Bucket
) -> None:
    anna.post(ADD, {"title": "Charter", "paper": made.sent("a.pdf", made.a_pdf())})
    bucket.mood = "500"

    response = anna.get(f"/papers/{StoredFile.objects.get().key}/")

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "The file is safe there" in response.text


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_store_is_waited_for(
    client: Client, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(a_person("anna"))
    here, seen = connection, []
    append = bucket.asked.append

    class Asked(list[str]):
        def append(self, said: str) -> None:
            seen.append((said.split()[0], here.in_atomic_block))
            append(said)

    bucket.asked = Asked()

    client.post(ADD, {"title": "Yard", "paper": made.sent("a.jpg", made.a_jpeg(900, 900))})

    assert seen == [("PUT", False), ("PUT", False)]


def test_a_download_that_broke_off_goes_on_where_it_was(anna: Client) -> None:
    content = made.a_pdf(b"% " + b"x" * 5000 + b"\n")
    anna.post(ADD, {"title": "Charter", "paper": made.sent("a.pdf", content)})
    address = f"/papers/{StoredFile.objects.get().key}/"
    tag = anna.get(address)["ETag"]

    def part(asked: str, **more: str) -> tuple[int, bytes, str]:
        response = anna.get(address, headers={"Range": asked, **more})
        body = content_of(response) if response.streaming else b""
        return response.status_code, body, response.get("Content-Range", "")

    size = len(content)
    assert part("bytes=1000-") == (206, content[1000:], f"bytes 1000-{size - 1}/{size}")
    assert part("bytes=0-9") == (206, content[:10], f"bytes 0-9/{size}")
    assert part("bytes=-5") == (206, content[-5:], f"bytes {size - 5}-{size - 1}/{size}")
    assert part(f"bytes={size}-") == (416, b"", f"bytes */{size}")
    assert part("bytes=0-1,5-6")[:2] == (200, content)
    assert part("bytes=0-9", **{"If-Range": tag})[0] == 206
    assert part("bytes=0-9", **{"If-Range": '"other"'})[:2] == (200, content)


def test_it_comes_as_it_is_however_a_browser_would_like_it_packed(anna: Client) -> None:
    content = b"the same words over and over\n" * 400
    anna.post(ADD, {"title": "Words", "paper": made.sent("a.txt", content)})

    response = anna.get(
        f"/papers/{StoredFile.objects.get().key}/", headers={"Accept-Encoding": "gzip"}
    )

    assert content_of(response) == content
    assert response["Content-Length"] == str(len(content))


def test_a_picture_may_be_shown_and_a_paper_only_saved(anna: Client) -> None:
    anna.post(ADD, {"title": "Yard", "paper": made.sent("yard.png", made.a_png(1000, 800))})
    picture = StoredFile.objects.get()
    anna.post(ADD, {"title": "Charter", "paper": made.sent("a.pdf", made.a_pdf())})
    paper = StoredFile.objects.exclude(pk=picture.pk).get()

    shown = anna.get(f"/papers/{picture.key}/?show=1&small=1")
    saved = anna.get(f"/papers/{paper.key}/?show=1&small=1")

    assert (picture.name, picture.kind, picture.width, picture.height) == (
        "yard.jpg",
        "image/jpeg",
        1000,
        800,
    )
    assert shown["Content-Disposition"].startswith("inline")
    assert len(content_of(shown)) == picture.small_size
    assert saved["Content-Disposition"].startswith("attachment")


def test_a_stranger_is_not_told_that_a_file_exists(anna: Client) -> None:
    anna.post(ADD, {"title": "Charter", "paper": made.sent("a.pdf", made.a_pdf())})
    boris = Client()
    boris.force_login(a_person("boris"))

    response = boris.get(f"/papers/{StoredFile.objects.get().key}/")

    assert response.status_code == 404
