"""A visit with people and sessions, from which something is taken home."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4

from PIL import Image

from sinergia.base.files.actions import begin_upload, fill_upload
from sinergia.base.files.http import accept
from sinergia.base.files.models import PICTURE, Upload
from sinergia.exchange.actions.commitments import Taken, take_home
from sinergia.exchange.models import Commitment, Delegate, Session, SessionPractice, Visit
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.models import Practice
from tests.arrange import NOON, a_delegate, a_person

FIRST_DAY = datetime(2026, 12, 16, 9, 0, tzinfo=UTC)  # of `a_visit`
AFTER = FIRST_DAY + timedelta(days=2)


def a_session(visit: Visit, title: str = "Реабилитация на дому", *practices: Practice) -> Session:
    """A session of an hour on the first day, after those that are there."""
    begins = FIRST_DAY + timedelta(hours=visit.sessions.count())
    made = Session.objects.create(
        visit=visit, title=title, starts_at=begins, ends_at=begins + timedelta(hours=1),
        changed_by=visit.centre.key,
    )  # fmt: skip
    for practice in practices:
        SessionPractice.objects.create(session=made, practice=practice)
    return made


def a_traveller(
    name: str, visit: Visit, *, organisation: Organisation | None = None, is_lead: bool = False
) -> Delegate:
    """A delegate with an account, of the same name."""
    row = a_delegate(name, visit=visit)
    row.person, row.organisation, row.is_lead = a_person(name), organisation, is_lead
    row.save()
    return row


def person_of(delegate: Delegate) -> Person:
    """Whose account it is."""
    assert delegate.person is not None
    return delegate.person


def a_commitment(
    delegate: Delegate,
    idea: str = "Прокат колясок",
    *,
    practice: Practice | None = None,
    key: UUID | None = None,
    now: datetime = FIRST_DAY,
) -> Commitment:
    """Something that a delegate takes home by their account."""
    taken = Taken(key or uuid4(), delegate, practice=practice, idea="" if practice else idea)
    return take_home(delegate.visit, taken, actor=person_of(delegate), now=now)


def a_picture(actor: Person, *, where: bool = False) -> Upload:
    """A photograph; where: with the place where it was taken, as a telephone writes it."""
    made, content = Image.new("RGB", (80, 60), "green"), BytesIO()
    exif = Image.Exif()
    if where:
        exif[0x010F] = "Telephone"
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "N", (57.0, 37.0, 0.0)
    made.save(content, "JPEG", exif=exif)
    found = content.getvalue()
    upload = begin_upload(PICTURE, name="p.jpg", size=len(found), actor=actor, now=NOON)
    return accept(fill_upload(upload, [found]), now=NOON)
