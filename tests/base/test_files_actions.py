"""What becomes of files: kept, published by a second person, removed, swept, erased."""

import os
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.files import actions, tasks
from sinergia.base.files.adapters import parts
from sinergia.base.files.adapters.store import the_store
from sinergia.base.files.http import accept, receiving
from sinergia.base.files.models import DOCUMENT, PICTURE, Purpose, StoredFile, Upload
from sinergia.base.files.queries import bytes_received, held_about, uploads_of
from sinergia.base.files.reading import inspect
from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.people.models import Person
from tests.arrange import NOON, a_person
from tests.base import sent_files as made

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def an_upload(
    actor: Person, content: bytes = b"", *, name: str = "a.pdf", purpose: Purpose = DOCUMENT
) -> Upload:
    """A file that has come whole and waits to be looked at."""
    content = content or made.a_pdf()
    upload = actions.begin_upload(purpose, name=name, size=len(content), actor=actor, now=NOON)
    return actions.fill_upload(upload, [content])


def an_accepted(actor: Person, content: bytes = b"", *, name: str = "a.pdf") -> Upload:
    return accept(an_upload(actor, content, name=name), now=NOON)


def a_kept(actor: Person, content: bytes = b"", *, name: str = "a.pdf") -> StoredFile:
    return actions.keep_upload(an_accepted(actor, content, name=name), actor=actor, now=NOON)


def lies_there(place: str) -> bool:
    return (Path(settings.MEDIA_ROOT) / place).exists()


def verbs() -> list[str]:
    return [entry.verb for entry in Entry.objects.order_by("pk")]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [gap.code for gap in refused.value.gaps]


def test_an_upload_is_kept_once_however_often_it_is_pressed() -> None:
    anna = a_person("anna")
    upload = an_accepted(anna)

    first = actions.keep_upload(upload, actor=anna, now=NOON)
    second = actions.keep_upload(upload, actor=anna, now=NOON + timedelta(minutes=1))

    assert (first.pk, first.kept_at, second.kept_at) == (second.pk, NOON, NOON)
    assert verbs() == ["file.kept"]
    assert not parts.path_of(upload.key).exists()


def test_a_room_that_thinks_better_of_it_leaves_the_upload_as_it_was() -> None:
    anna = a_person("anna")
    upload = an_accepted(anna)

    def keep_and_think_again() -> None:
        with transaction.atomic():
            actions.keep_upload(upload, actor=anna, now=NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        keep_and_think_again()

    assert StoredFile.objects.get().kept_at is None
    assert actions.keep_upload(upload, actor=anna, now=NOON).kept_at == NOON


def test_nobody_keeps_what_another_has_sent_or_what_is_over_or_unchecked() -> None:
    anna, boris = a_person("anna"), a_person("boris")
    upload, unchecked = an_accepted(anna), an_upload(anna)

    told = []
    for actor, which, now in (
        (boris, upload, NOON),
        (anna, upload, NOON + actions.LIFE),
        (anna, unchecked, NOON),
    ):
        with pytest.raises(Refused) as refused:
            actions.keep_upload(which, actor=actor, now=now)
        told += code_of(refused)

    assert told == ["file.gone"] * 3
    assert verbs() == []


def test_the_same_bytes_sent_by_two_people_are_two_files() -> None:
    one, other = a_kept(a_person("anna")), a_kept(a_person("boris"))

    actions.remove_file(one, actor=a_person("olga"), now=NOON)
    run_due_errands(now=NOON)

    assert (one.digest, one.place == other.place) == (other.digest, False)
    assert (lies_there(one.place), lies_there(other.place)) == (False, True)


def test_a_removed_file_is_gone_with_its_small_version_only_after_the_commit() -> None:
    anna = a_person("anna")
    file = a_kept(anna, made.a_jpeg(900, 900), name="a.jpg")

    actions.remove_file(file, actor=anna, now=NOON)
    before = (lies_there(file.place), lies_there(file.small_place))
    run_due_errands(now=NOON)

    assert before == (True, True)
    assert (lies_there(file.place), lies_there(file.small_place)) == (False, False)
    assert (StoredFile.objects.count(), Upload.objects.count()) == (0, 0)
    assert verbs() == ["file.kept", "file.removed"]


def test_bytes_of_a_file_that_is_still_there_are_never_forgotten() -> None:
    file = a_kept(a_person("anna"))

    tasks.remove_bytes(file.place)

    assert lies_there(file.place)


def test_a_picture_becomes_public_by_a_second_person_alone() -> None:
    anna, boris = a_person("anna"), a_person("boris")
    file = a_kept(anna, made.a_jpeg(), name="yard.jpg")

    with pytest.raises(Refused) as refused:
        actions.confirm_publication(file, actor=anna, now=NOON)
    alone = StoredFile.objects.get().is_public
    actions.confirm_publication(file, actor=boris, now=NOON)
    again = actions.confirm_publication(file, actor=anna, now=NOON + timedelta(hours=1))
    back = actions.withdraw_publication(file, actor=anna, now=NOON)

    assert (code_of(refused), alone) == (["file.same_person"], False)
    assert (again.is_public, again.confirmed_by_key, again.confirmed_at) == (True, boris.key, NOON)
    assert (back.is_public, back.confirmed_by_key, back.confirmed_at) == (False, None, None)
    assert verbs() == ["file.kept", "file.published", "file.withdrawn"]


def test_the_database_itself_refuses_what_one_person_alone_would_publish() -> None:
    anna = a_person("anna")
    file = a_kept(anna, made.a_jpeg(), name="yard.jpg")

    for confirmed_by in (None, anna.key):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredFile.objects.filter(pk=file.pk).update(
                is_public=True, confirmed_by_key=confirmed_by
            )


def test_after_a_day_what_no_room_has_kept_is_swept_and_what_one_has_stays() -> None:
    anna, late = a_person("anna"), NOON + actions.LIFE
    kept, waiting, unchecked = a_kept(anna), an_accepted(anna), an_upload(anna)
    young = actions.begin_upload(
        DOCUMENT, name="a.pdf", size=10, actor=anna, now=NOON + timedelta(hours=1)
    )

    early = actions.sweep_uploads(now=late - timedelta.resolution)
    swept = actions.sweep_uploads(now=late)
    run_due_errands(now=late)

    assert (early, swept) == (0, 3)
    assert [file.pk for file in StoredFile.objects.all()] == [kept.pk]
    assert [upload.pk for upload in Upload.objects.all()] == [young.pk]
    assert [lies_there(place) for place in (kept.place, waiting.place)] == [True, False]
    assert not parts.path_of(unchecked.key).exists()


def test_bytes_stored_just_before_a_fall_are_found_by_the_sweep(tmp_path: Path) -> None:
    upload = an_upload(a_person("anna"))
    the_store().put(upload.place, parts.path_of(upload.key))  # and then the machine went down

    actions.sweep_uploads(now=NOON + actions.LIFE)
    run_due_errands(now=NOON + actions.LIFE)

    assert not lies_there(upload.place)


def test_what_nobody_knows_of_in_the_folder_of_uploads_is_swept_in_time() -> None:
    old, young = parts.folder() / "left-behind", parts.folder() / "just-begun"
    for path in (old, young):
        path.touch()
    moment = (timezone.now() - 3 * actions.LIFE).timestamp()
    os.utime(old, (moment, moment))

    tasks.sweep()

    assert (old.exists(), young.exists()) == (False, True)


def test_a_file_that_is_not_fit_leaves_nothing() -> None:
    upload = an_upload(a_person("anna"), made.WINDOWS_PROGRAM, name="yard.jpg", purpose=PICTURE)

    with pytest.raises(Refused):
        accept(upload, now=NOON)
    actions.sweep_uploads(now=NOON)
    run_due_errands(now=NOON)

    assert (Upload.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert not parts.path_of(upload.key).exists()


def test_an_upload_that_ended_while_it_was_stored_leaves_no_bytes() -> None:
    upload = an_upload(a_person("anna"))
    Upload.objects.filter(pk=upload.pk).delete()

    with pytest.raises(Refused) as refused:
        accept(upload, now=NOON)

    assert (code_of(refused), lies_there(upload.place)) == (["file.gone"], False)


def test_pieces_go_on_where_the_last_one_ended_and_nowhere_else() -> None:
    content = made.a_pdf(b"% " + b"x" * 3000 + b"\n")
    anna = a_person("anna")
    upload = actions.begin_upload(DOCUMENT, name="a.pdf", size=len(content), actor=anna, now=NOON)

    actions.add_piece(upload, 0, content[:1000])
    told = []
    for offset, piece in ((0, content[:1000]), (2000, b"x"), (-1, b"x"), (1000, content)):
        with pytest.raises(actions.WrongPlace) as fault:
            actions.add_piece(upload, offset, piece)
        told.append(fault.value.offset)
    actions.add_piece(upload, 1000, content[1000:])
    kept = accept(upload, now=NOON).file

    assert told == [1000] * 4
    assert kept is not None
    assert b"".join(the_store().pieces(kept.place, start=0, length=kept.size)) == content


def test_of_what_the_disk_lost_the_row_does_not_boast() -> None:
    upload = actions.begin_upload(
        DOCUMENT, name="a.pdf", size=2000, actor=a_person("anna"), now=NOON
    )
    actions.add_piece(upload, 0, b"x" * 1000)
    os.truncate(parts.path_of(upload.key), 400)  # as after a fall, or a restored backup

    with pytest.raises(actions.WrongPlace) as fault:
        actions.add_piece(upload, 1000, b"x")
    actions.add_piece(upload, 400, b"y" * 1000)

    assert (fault.value.offset, bytes_received(upload)) == (400, 1400)


def test_two_requests_never_write_into_one_file_at_once() -> None:
    upload = actions.begin_upload(
        DOCUMENT, name="a.pdf", size=2000, actor=a_person("anna"), now=NOON
    )
    is_open, may_close = threading.Event(), threading.Event()

    def hold() -> None:
        with parts.opened_alone(upload.key):
            is_open.set()
            may_close.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    is_open.wait(10)
    with pytest.raises(actions.WrongPlace) as fault:
        actions.add_piece(upload, 0, b"x")
    may_close.set()
    other.join()

    assert fault.value.offset == 0
    assert actions.add_piece(upload, 0, b"x").received == 1


def test_accepting_an_upload_twice_at_once_stores_it_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    upload = an_upload(a_person("anna"))
    alone: list[bool] = []
    late = Upload.objects.get(pk=upload.pk)  # as the second request has read it

    def look(path: Path, name: str, purpose: Purpose) -> object:
        is_alone = True
        with suppress(BlockingIOError), parts.opened_alone(upload.key):
            is_alone = False
        alone.append(is_alone)
        return inspect(path, name, purpose)

    monkeypatch.setattr(receiving, "inspect", look)

    accepted = accept(upload, now=NOON)
    again = accept(late, now=NOON)

    assert (again.pk, again.file_id, alone) == (accepted.pk, accepted.file_id, [True])
    assert Upload.objects.get().ends_at > NOON
    assert not parts.path_of(upload.key).exists()


def test_a_whole_file_is_not_changed_any_more() -> None:
    anna = a_person("anna")
    upload = an_accepted(anna)

    actions.add_piece(upload, 0, b"another beginning")

    file = actions.keep_upload(upload, actor=anna, now=NOON)
    content = b"".join(the_store().pieces(file.place, start=0, length=file.size))
    assert content == made.a_pdf()


def test_beyond_the_bytes_of_one_person_the_oldest_that_nobody_kept_makes_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anna, boris = a_person("anna"), a_person("boris")
    monkeypatch.setattr(actions, "MOST_BYTES", 3 * len(made.a_pdf()), raising=False)
    theirs, kept = an_upload(boris), a_kept(anna)
    uploads = [an_upload(anna) for _ in range(4)]

    actions.sweep_uploads(now=NOON)

    waiting = Upload.objects.filter(actor_key=anna.key, file=None)
    assert {one.pk for one in waiting} == {one.pk for one in uploads[1:]}
    assert lies_there(kept.place)
    assert [parts.path_of(one.key).exists() for one in (theirs, *uploads[:2])] == [
        True,
        False,
        True,
    ]


def test_on_a_disk_that_is_nearly_full_nothing_is_taken_and_the_form_says_so(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    client.force_login(anna := a_person("anna"))
    monkeypatch.setattr(actions, "LEAST_FREE_BYTES", 2**62, raising=False)

    told = {"purpose": "document", "size": "1000", "name": "a.pdf"}
    refused = client.post(reverse("files:begin"), told)
    with pytest.raises(Refused) as gap:
        an_upload(anna)

    assert (refused.status_code, code_of(gap)) == (422, ["file.disk_full"])
    assert refused.json()["error"] != ""
    assert not Upload.objects.exists()


def test_the_fifty_first_upload_makes_the_first_go() -> None:
    anna = a_person("anna")

    uploads = [
        actions.begin_upload(DOCUMENT, name="a.pdf", size=1, actor=anna, now=NOON)
        for _ in range(actions.MOST_UPLOADS + 1)
    ]

    assert {upload.pk for upload in uploads_of(anna, now=NOON)} == {
        upload.pk for upload in uploads[1:]
    }


def test_a_person_erased_leaves_no_uploads_and_no_names_of_files() -> None:
    anna, boris = a_person("anna"), a_person("boris")
    kept = a_kept(anna, name="Паспорт Анны Орловой.pdf")
    theirs = a_kept(boris, name="Устав.pdf")
    waiting = an_accepted(anna, name="Анкета Анны.pdf")

    count = actions.erase_personal_data_of(anna, now=NOON)
    actions.sweep_uploads(now=NOON)
    run_due_errands(now=NOON)

    assert count == 4
    assert list(Upload.objects.filter(actor_key=anna.key)) == []
    assert [(file.pk, file.name) for file in StoredFile.objects.order_by("pk")] == [
        (kept.pk, "file.pdf"),
        (theirs.pk, "Устав.pdf"),
    ]
    assert (lies_there(kept.place), lies_there(waiting.place)) == (True, False)
    assert [file.pk for file in held_about(anna)] == [kept.pk]


def test_nothing_of_a_files_name_or_content_stands_in_the_journal() -> None:
    file = a_kept(a_person("anna"), name="Паспорт Анны Орловой.pdf")

    entry = Entry.objects.get()

    assert [
        word in bytes(entry.content) for word in ("Паспорт".encode(), file.digest.encode())
    ] == [
        False,
        False,
    ]
