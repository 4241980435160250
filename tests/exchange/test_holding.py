"""On the days of a visit: who is there, notes, pictures."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from PIL import Image

from sinergia.base.files.adapters.store import the_store
from sinergia.base.files.models import StoredFile
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.attending import tick_own, tick_present
from sinergia.exchange.actions.noting import (
    Noted,
    Stale,
    remove_note,
    save_note,
    share_note,
    take_back_note,
)
from sinergia.exchange.actions.photos import (
    add_photo,
    hide_photo,
    put_back_photo,
    show_photo,
    take_out_photo,
)
from sinergia.exchange.models import Attendance, Delegate, Session, SessionNote, SessionPhoto, Visit
from sinergia.exchange.queries.holding import notes_for, present_at, public_photos
from sinergia.people.models import Person
from tests.afterwards import codes_of
from tests.arrange import NOON, a_centre, a_consultant, a_delegate, a_person, a_visit
from tests.exchange.arrange_home import FIRST_DAY, a_picture, a_session, a_traveller, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]

LATER = FIRST_DAY + timedelta(hours=2)


@pytest.fixture
def visit() -> Visit:
    made = a_visit()
    made.stage = Visit.Stage.UNDER_WAY
    made.save()
    return made


@pytest.fixture
def centre(visit: Visit) -> Person:
    return a_consultant("larisa", centre=visit.centre)


def test_two_who_tick_at_once_lose_nothing_and_a_slip_is_unticked(
    visit: Visit, centre: Person
) -> None:
    session = a_session(visit)
    lead = person_of(a_traveller("lead", visit, is_lead=True))
    anna, boris, clara = (a_delegate(name, visit=visit) for name in ("А", "Б", "В"))

    tick_present(session, [anna], shown=[], actor=centre, now=FIRST_DAY)
    tick_present(session, [boris], shown=[], actor=lead, now=FIRST_DAY)  # opened before
    assert present_at(session) == {anna.pk, boris.pk}
    tick_present(session, [clara], shown=[anna], actor=centre, now=LATER)
    tick_present(session, [clara], shown=[anna], actor=centre, now=LATER)

    assert present_at(session) == {boris.pk, clara.pk}


def test_each_ticks_themselves_and_nobody_else(visit: Visit, centre: Person) -> None:
    session = a_session(visit)
    anna, boris = a_traveller("anna", visit), a_traveller("boris", visit)

    for _time in range(2):
        tick_own(session, anna, is_there=True, actor=person_of(anna), now=FIRST_DAY)
    with pytest.raises(PermissionDenied):
        tick_own(session, boris, is_there=True, actor=person_of(anna), now=FIRST_DAY)
    with pytest.raises(PermissionDenied):
        tick_present(session, [boris], shown=[], actor=person_of(anna), now=FIRST_DAY)

    assert present_at(session) == {anna.pk}
    tick_own(session, anna, is_there=False, actor=person_of(anna), now=LATER)
    assert not Attendance.objects.exists()


def test_a_note_sent_twice_is_one_and_another_device_is_told(visit: Visit) -> None:
    person, key = person_of(a_traveller("anna", visit)), uuid4()

    for _time in range(2):
        kept = save_note(visit, Noted(key, "Смета"), actor=person, now=FIRST_DAY)
    changed = save_note(visit, Noted(key, "Смета: 400", base=1), actor=person, now=LATER)
    with pytest.raises(Stale) as fault:
        save_note(visit, Noted(key, "Смета: 500", base=1), actor=person, now=LATER)

    assert (kept.version, changed.version, SessionNote.objects.count()) == (1, 2, 1)
    assert fault.value.theirs.text == "Смета: 400"
    joined = save_note(visit, Noted(key, "Смета: 400 или 500", base=2), actor=person, now=LATER)
    assert joined.version == 3


def test_a_note_is_ones_own_until_it_is_shared(visit: Visit, centre: Person) -> None:
    anna, boris = (person_of(a_traveller(name, visit)) for name in ("anna", "boris"))
    note = save_note(visit, Noted(uuid4(), "Тайное"), actor=anna, now=FIRST_DAY)

    assert [one.exists() for one in (notes_for(visit, boris), notes_for(visit, centre))] == [
        False
    ] * 2
    with pytest.raises(PermissionDenied):
        save_note(visit, Noted(note.key, "Чужое", base=1), actor=boris, now=LATER)
    with pytest.raises(PermissionDenied):
        share_note(note, is_shared=True, actor=boris, now=LATER)
    share_note(note, is_shared=True, actor=anna, now=LATER)
    assert notes_for(visit, boris).get() == note
    host = a_consultant("host", centre=a_centre("Центр области", region=visit.to_region))
    assert [list(notes_for(visit, one)) for one in (anna, centre, host)] == [[note], [], []]
    share_note(note, is_shared=False, actor=anna, now=LATER)
    assert not notes_for(visit, boris).exists()


def test_a_note_put_away_is_not_brought_back_by_a_late_request(visit: Visit) -> None:
    anna = person_of(a_traveller("anna", visit))
    note = save_note(visit, Noted(uuid4(), "Смета"), actor=anna, now=FIRST_DAY)
    remove_note(note, actor=anna, now=LATER)

    save_note(visit, Noted(note.key, "Смета"), actor=anna, now=LATER)
    with pytest.raises(Refused) as refused:
        save_note(visit, Noted(note.key, "Смета: 400", base=1), actor=anna, now=LATER)

    assert [gap.code for gap in refused.value.gaps] == ["note.put_away"]
    assert not notes_for(visit, anna).exists()
    take_back_note(note, actor=anna)
    assert notes_for(visit, anna).get().text == "Смета"


def test_a_stranger_writes_no_note_and_an_empty_one_is_none(visit: Visit) -> None:
    with pytest.raises(PermissionDenied):
        save_note(visit, Noted(uuid4(), "Смета"), actor=a_person(), now=FIRST_DAY)
    anna = person_of(a_traveller("anna2", visit))

    with pytest.raises(Refused) as fault:
        save_note(visit, Noted(uuid4(), "  "), actor=anna, now=FIRST_DAY)

    assert [gap.code for gap in fault.value.gaps] == ["note.empty"]


STEP = st.tuples(
    st.integers(0, 1),  # which device
    st.integers(0, 1),  # which note
    st.sampled_from(["а", "б", "в"]),
    st.sampled_from(["arrives", "is repeated", "is lost", "comes late"]),
)


TIMES = {"arrives": 1, "is repeated": 2, "is lost": 0, "comes late": 0}


class AnyOrder(TestCase):
    """Two devices of one person, requests lost, repeated and late: no text is lost or doubled."""

    @settings(max_examples=40, deadline=None)
    @given(st.lists(STEP, max_size=20))
    def test_every_accepted_note_is_kept(self, steps: list[tuple[int, int, str, str]]) -> None:
        visit = a_visit()
        person, keys = person_of(a_traveller("anna", visit)), (uuid4(), uuid4())
        seen = [dict.fromkeys(keys, 0) for _device in range(2)]
        accepted: dict[UUID, list[str]] = {key: [""] for key in keys}
        late: list[tuple[int, Noted]] = []

        def ask(device: int, noted: Noted) -> None:
            before = accepted[noted.key][-1]
            try:
                row = save_note(visit, noted, actor=person, now=NOON)
            except Stale as fault:
                seen[device][noted.key] = fault.theirs.version  # shown theirs
                return
            if before != noted.text:
                assert noted.base == len(accepted[noted.key]) - 1  # nothing unseen is overwritten
                accepted[noted.key].append(noted.text)
            seen[device][noted.key] = row.version

        for device, which, text, fate in steps:
            noted = Noted(keys[which], text, seen[device][keys[which]])
            late += [(device, noted)] if fate == "comes late" else []
            for _time in range(TIMES[fate]):
                ask(device, noted)
        for device, noted in late:
            ask(device, noted)

        stands = {row.key: (row.text, row.version) for row in SessionNote.objects.all()}
        for key, texts in accepted.items():
            assert stands.get(key, ("", 0)) == (texts[-1], len(texts) - 1)


def test_a_picture_keeps_no_place_and_one_upload_is_one_picture(visit: Visit) -> None:
    anna = person_of(a_traveller("anna", visit))
    session, upload = a_session(visit), a_picture(anna, where=True)

    made = add_photo(session, upload, "Мастерская", "", actor=anna, now=NOON)
    upload.refresh_from_db()
    again = add_photo(session, upload, "Мастерская", "", actor=anna, now=NOON)

    assert (made, SessionPhoto.objects.count()) == (again, 1)
    kept = b"".join(the_store().pieces(made.file.place, start=0, length=made.file.size))
    picture = Image.open(BytesIO(kept))
    assert (dict(picture.getexif()), b"Telephone" in kept, made.file.is_public) == (
        {},
        False,
        False,
    )


@pytest.fixture
def photo(visit: Visit, centre: Person) -> SessionPhoto:
    return add_photo(a_session(visit), a_picture(centre), "Зал", "", actor=centre, now=NOON)


def test_a_picture_becomes_public_by_a_second_person_who_knows_of_the_consent(
    visit: Visit, centre: Person, photo: SessionPhoto
) -> None:
    second, anna = (
        a_consultant("second", centre=visit.centre),
        person_of(a_traveller("anna", visit)),
    )

    said = codes_of(lambda: show_photo(photo, "Все взрослые", actor=centre, now=LATER))
    empty = codes_of(lambda: show_photo(photo, " ", actor=second, now=LATER))
    with pytest.raises(PermissionDenied):
        show_photo(photo, "Все взрослые", actor=anna, now=LATER)

    assert (said, empty) == (["photo.same_person"], ["photo.no_consent"])
    assert not public_photos(visit).exists()
    show_photo(photo, "Все взрослые, согласие в зале", actor=second, now=LATER)
    shown = public_photos(visit).get()
    assert (shown.consent, shown.file.confirmed_by_key) == (
        "Все взрослые, согласие в зале", second.key,
    )  # fmt: skip


def test_a_picture_taken_out_is_private_and_comes_back_private(
    visit: Visit, centre: Person, photo: SessionPhoto
) -> None:
    second = a_consultant("second", centre=visit.centre)
    show_photo(photo, "Согласны", actor=second, now=LATER)

    for _time in range(2):
        take_out_photo(photo, actor=centre, now=LATER)
    photo.refresh_from_db()
    with pytest.raises(PermissionDenied):
        show_photo(photo, "Согласны", actor=second, now=LATER)
    put_back_photo(photo, actor=second, now=LATER)

    assert not StoredFile.objects.get(pk=photo.file_id).is_public
    assert not public_photos(visit).exists()
    show_photo(photo, "Согласны", actor=second, now=LATER)
    hide_photo(photo, actor=centre, now=LATER)
    assert not public_photos(visit).exists()


def test_a_delegate_takes_out_their_own_picture_and_no_other(
    visit: Visit, photo: SessionPhoto
) -> None:
    delegate: Delegate = a_traveller("anna", visit)
    anna = person_of(delegate)
    own = add_photo(photo.session, a_picture(anna), "Двор", "", actor=anna, now=NOON)

    with pytest.raises(PermissionDenied):
        take_out_photo(photo, actor=anna, now=LATER)
    take_out_photo(own, actor=anna, now=LATER)

    own.refresh_from_db()
    assert own.removed_at == LATER


def test_every_public_picture_is_found_by_everybody_and_none_of_a_session_that_was_taken_out(
    visit: Visit, centre: Person, client: Client
) -> None:
    adder, session = a_consultant("adder", centre=visit.centre), a_session(visit)
    rows = [
        add_photo(session, a_picture(adder), f"Зал {number}", "", actor=adder, now=NOON)
        for number in range(30)
    ]
    for one in rows:
        show_photo(one, "Все согласны", actor=centre, now=LATER)
    type(visit.course).objects.update(is_public=True)
    address = f"/visits/{visit.key}/photos/"

    first = client.get(address)
    second = client.get(f"{address}?after={first.context['page'].next_key}")

    seen = [one.pk for page in (first, second) for one, _caption in page.context["photos"]]
    assert seen == [one.pk for one in rows]
    assert address in client.get(f"/visits/{visit.key}/").text
    Session.objects.update(removed_at=LATER)
    assert client.get(address).context["photos"] == []
    assert client.get(f"{address}{rows[0].key}/").status_code == 404
    client.force_login(centre)
    assert client.get(f"{address}{rows[0].key}/").status_code == 200


def test_nobody_is_anywhere_before_the_visit_has_begun(
    visit: Visit, centre: Person, client: Client
) -> None:
    session, anna = a_session(visit), a_traveller("anna", visit)
    Visit.objects.update(stage="approved")
    with pytest.raises(PermissionDenied):
        tick_own(session, anna, is_there=True, actor=person_of(anna), now=FIRST_DAY)
    client.force_login(centre)
    address = f"/visits/{visit.key}/there/{session.key}/"

    assert client.post(f"{address}attend/", {"present": anna.key}).status_code == 404
    assert client.get(address).context["may_hold"] is False
    assert not Attendance.objects.exists()
