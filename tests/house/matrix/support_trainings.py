"""Rules of trainings: for everybody, for the centre that holds them, for each who enrolled."""

from datetime import timedelta

from django.utils import timezone

from sinergia.support.access.trainings import own_token
from sinergia.support.actions.trainings import add_file
from sinergia.support.models import Enrolment, Training
from tests.arrange import NOON, an_upload
from tests.house.matrix.rule import EVERYBODY, SIGNED_IN, STAFF, Rule, answers
from tests.house.matrix.world import World
from tests.support.arrange_trainings import (
    a_draft_training,
    a_held_training,
    an_open_training,
    certify,
    enrolled,
)

OURS = answers(200, *STAFF, neighbour=404)  # a page of what the centre keeps
PRESSED = answers(302, *STAFF, neighbour=404)
ANY_CENTRE = answers(200, *STAFF, "neighbour")
DRAFT, OPEN, HELD = {"key": "training draft"}, {"key": "training open"}, {"key": "training held"}
OWN = {"row": "training own", "token": "training token"}
ROW = HELD | {"row": "training row"}

RULES: dict[str, Rule] = {
    "trainings:list": Rule(EVERYBODY),
    "trainings:ours": Rule(ANY_CENTRE),
    "trainings:export": Rule(ANY_CENTRE, names={"form": "xlsx"}, is_file=True),
    "trainings:mine": Rule(SIGNED_IN),
    "trainings:of_organisation": Rule(
        answers(200, *STAFF, "leader", "editor", others=404), names={"key": "organisation"}
    ),
    "trainings:new": Rule(ANY_CENTRE),
    "trainings:consent": Rule(EVERYBODY, names={"version": "1"}),
    "trainings:here": Rule(EVERYBODY, names={"code": "training code"}),
    "trainings:own": Rule(EVERYBODY, names=OWN),
    "trainings:leave_own": Rule(EVERYBODY, names=OWN),
    "trainings:forget_own": Rule(EVERYBODY, names=OWN),
    "trainings:calendar": Rule(EVERYBODY, names=OWN, is_file=True),
    "trainings:own_certificate": Rule(EVERYBODY, names=OWN, is_file=True),
    "trainings:own_file": Rule(EVERYBODY, names=OWN | {"file": "training file"}, is_file=True),
    "trainings:training": Rule(EVERYBODY, names=OPEN),
    "trainings:enrol": Rule(EVERYBODY, names=OPEN),
    "trainings:thanks": Rule(EVERYBODY, names=OPEN),
    "trainings:manage": Rule(OURS, names=HELD),
    "trainings:change": Rule(OURS, names=DRAFT),
    "trainings:step": Rule(OURS, names=DRAFT | {"name": "open"}),
    "trainings:cancel": Rule(OURS, names=DRAFT),
    "trainings:door": Rule(OURS, names=DRAFT),
    "trainings:attendance": Rule(OURS, names=HELD, is_file=True),
    "trainings:certify": Rule(PRESSED, "post", names=HELD),
    "trainings:message": Rule(OURS, names=HELD),
    "trainings:add_file": Rule(OURS, names=HELD),
    "trainings:file": Rule(OURS, names=HELD | {"row": "training file"}, is_file=True),
    "trainings:shelve_file": Rule(
        PRESSED, "post", names=HELD | {"row": "training file", "shelf": "put-back"}
    ),
    "trainings:people": Rule(OURS, names=HELD),
    "trainings:export_people": Rule(OURS, names=HELD | {"form": "xlsx"}, is_file=True),
    "trainings:present": Rule(PRESSED, "post", names=HELD),
    "trainings:write_down": Rule(OURS, names=OPEN),
    "trainings:person": Rule(OURS, names=ROW),
    "trainings:leave": Rule(PRESSED, "post", names=ROW),
    "trainings:forget": Rule(OURS, names=ROW),
    "trainings:paper": Rule(OURS, names=ROW, is_file=True),
    "trainings:verify": Rule(EVERYBODY),
    "trainings:certificate": Rule(EVERYBODY, names={"number": "training certificate"}),
}


def samples(world: World) -> dict[str, str]:
    """What the addresses name."""
    head, centre = world.people["head"], world.centre
    draft = a_draft_training(head, centre, name="Готовится")
    taking = an_open_training(head, centre, name="Открыто", places=1)
    later = timezone.now() + timedelta(days=30)  # open at the very moment at which it is looked at
    Training.objects.filter(pk=taking.pk).update(
        starts_at=later, ends_at=later + timedelta(hours=2)
    )
    for name in ("Саврасов А. П.", "Лунёв П. С."):
        enrolled(taking, name)
    held = a_held_training(head, centre, "Яровая Т. И.", absent="Чибисов Р. О.", name="Прошло")
    row = held.enrolments.get(name="Яровая Т. И.")
    Enrolment.objects.filter(pk=row.pk).update(organisation=world.organisation)
    certify(held, head)
    row.refresh_from_db()
    file = add_file(held, an_upload(head, name="slides.txt"), actor=head, now=NOON)
    today = a_draft_training(head, centre, name="Сегодня")
    now = timezone.now()
    Training.objects.filter(pk=today.pk).update(
        stage="open", starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(minutes=1)
    )
    return {
        "training draft": str(draft.key),
        "training open": str(taking.key),
        "training held": str(held.key),
        "training row": str(row.key),
        "training own": str(row.key),
        "training token": own_token(row.key),
        "training file": str(file.key),
        "training certificate": row.certificate,
        "training code": today.check_code,
    }
