"""What is held about somebody is asked of every room that holds a row of theirs."""

import pytest
from django.utils import translation

from sinergia.exchange.models import Attendance, Delegate, PhotoPerson, Session, SessionPhoto
from sinergia.insights.person.words import sections_about
from sinergia.people.models import Person
from sinergia.practices.models import Check, Letter, PracticeRevision, Withdrawal
from sinergia.support.models import Remark, Thread
from tests.arrange import NOON, a_centre, a_consultant, a_contest
from tests.arrange_grants import a_grant, an_award, leader_of, signed
from tests.exchange.arrange_home import a_picture, a_session
from tests.grants.arrange_joining import a_page, a_role, joined, seen_now
from tests.insights.arrange_thread import World, a_world
from tests.review.commission import a_commission, a_member

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def held(person: Person) -> dict[str, list[str]]:
    with translation.override("en"):
        return {section.title: list(section.rows) for section in sections_about(person)}


def seen_at(session: Session, person: Person) -> None:
    """They were there, and are recognised in a picture."""
    delegate = Delegate.objects.get(person=person)
    Attendance.objects.create(session=session, delegate=delegate, by=person.key, at=NOON)
    photo = SessionPhoto.objects.create(
        session=session,
        file=a_picture(person).file,  # type: ignore[misc]  # it has one
        by=person.key,
        at=NOON,
    )
    PhotoPerson.objects.create(photo=photo, delegate=delegate)


def test_letters_sessions_and_pictures_are_among_what_is_held() -> None:
    world: World = a_world()
    leader, session = world.leader, a_session(world.visit, "Круглый стол")
    Delegate.objects.update(person=leader)
    seen_at(session, leader)
    of = world.adoption.organisation
    Letter.objects.create(adoption=world.adoption, by=leader, of=of, text="Когда?", at=NOON)

    told, other = held(leader), held(world.consultant)

    titles = (
        "Sessions at which you were",
        "Pictures in which you are recognised",
        "Letters about practices taken home",
    )
    assert [len(told[title]) for title in titles] == [1, 1, 1]
    assert "Круглый стол" in told[titles[0]][0]
    assert "Когда?" in told[titles[2]][0]
    assert [other[title] for title in titles] == [[], [], []]


def test_projects_joined_are_among_what_is_held() -> None:
    centre = a_centre()
    operator, contest = a_consultant(centre=centre), a_contest(centre=centre)
    grant = signed(
        a_grant(an_award(contest=contest, operator=operator), operator=operator), operator
    )
    grant, leader = seen_now(grant), leader_of(grant)
    a_page(grant, leader)
    joined(a_role(grant, leader, "Возить к врачу"), person=leader)

    assert "Возить к врачу" in held(leader)["Projects you joined"][0]


def test_a_seat_in_a_commission_and_words_beside_work_of_others_are_among_what_is_held() -> None:
    world: World = a_world()
    larisa, practice = world.consultant, world.adoption.practice
    contest = a_contest(centre=world.visit.centre)
    member = a_member(a_commission(contest, larisa), larisa, person=larisa)
    revision = PracticeRevision.objects.filter(practice=practice).first()
    told = {"practice": practice, "sent": revision, "sent_by": world.leader.key, "sent_at": NOON}
    done = {"done_by": larisa.key, "done_at": NOON, "words": "Мало чисел", "outcome": "returned"}
    Check.objects.create(**told, **done)
    Withdrawal.objects.create(practice=practice, why="Устарела", by=larisa.key, at=NOON)
    thread = Thread.objects.create(project=world.project, path="title", made_at=NOON)
    Remark.objects.create(thread=thread, author=larisa, text="Короче", at=NOON)

    found, other = held(larisa), held(world.leader)

    assert member.name in found["Commissions of contests"][0]
    assert ["Мало чисел" in one for one in found["What you said of practices"]] == [True, False]
    assert "Короче" in found["Remarks to projects, and drafts that were read"][0]
    assert other["What you said of practices"] == other["Commissions of contests"] == []
