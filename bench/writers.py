"""Two hundred people, each with a project of sixty kilobytes; run inside a bench installation.

python -m bench.writers make    makes them; prints what a browser of each would hold, as JSON
python -m bench.writers tell    prints what stands in the fields they write in, as JSON
"""

import json
import sys
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402  # Django is set up first
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.autosave import WRITTEN  # noqa: E402
from sinergia.base.drafts.actions import Save  # noqa: E402
from sinergia.engine.project import parse_path  # noqa: E402
from sinergia.organisations.actions import Newcomer, register_organisations  # noqa: E402
from sinergia.organisations.models import Membership  # noqa: E402
from sinergia.people.actions import command_person, invent_person  # noqa: E402
from sinergia.places.queries import regions  # noqa: E402
from sinergia.projects.actions.saving import save_fields  # noqa: E402
from sinergia.projects.actions.starting import Begun, begin_project  # noqa: E402
from sinergia.projects.models import DraftField  # noqa: E402

PEOPLE = 200
TEXT = "Соседи собираются во дворе, чинят лавки и сажают деревья. " * 7  # 400 letters
EVENTS = 65


def main() -> None:
    """Make them, or tell."""
    told = make() if sys.argv[1] == "make" else tell()
    sys.stdout.write(json.dumps(told) + "\n")


@transaction.atomic
def make() -> list[dict[str, str]]:
    """Give for each person the project's key and the cookie of their session."""
    now, me = timezone.now(), command_person(timezone.now())
    region = regions()[0]
    names = [f"Пишущая {number}" for number in range(PEOPLE)]
    newcomers = [Newcomer(name=name, region_id=region.pk) for name in names]
    made = []
    for number, theirs in enumerate(register_organisations(newcomers, now=now)):
        email = f"writer-{number}@example.org"
        person = invent_person(email, "Writer", is_administrator=False, actor=me, now=now)
        Membership.objects.create(organisation=theirs, person=person, role="leader", since=now)
        project = begin_project(theirs, Begun("Двор", uuid4()), actor=person, now=now)
        paths = [*WRITTEN, *(f"events/e{row:05}/what" for row in range(EVENTS))]
        places = [place for place in map(parse_path, paths) if place is not None]
        save_fields(project, [Save(place, TEXT, 0) for place in places], actor=person, now=now)
        browser = Client()
        browser.force_login(person)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        made.append({"project": str(project.key), "session": session})
    return made


def tell() -> dict[str, dict[str, str]]:
    """Give by project what stands in each field they write in."""
    rows = DraftField.objects.filter(path__in=WRITTEN).select_related("project")
    told: dict[str, dict[str, str]] = {}
    for row in rows:
        told.setdefault(str(row.project.key), {})[row.path] = row.value
    return told


if __name__ == "__main__":
    main()
