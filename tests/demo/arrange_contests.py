"""As much of the demo as its contests of region B stand on, told into a test's database."""

from dataclasses import dataclass

from django.utils import timezone

from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre, CentreStaff
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.places.queries import region_by
from sinergia.web.commands import telling
from sinergia.web.commands.deciding import decide_former
from sinergia.web.commands.holding import hold_contests
from sinergia.web.commands.intake import intake_steps
from sinergia.web.commands.listing import load_list
from sinergia.web.commands.reviewing import begin, mend, score, seat
from sinergia.web.commands.winners import keep_winners
from sinergia.web.demo.story import Demo, tell
from tests.arrange import NOON, a_centre

STAFF = {
    "XA-SVB": {"melnikova@svetloborsk.example": "head"},
    "XB-YAR": {
        "dorohova@yarogorye.example": "head",
        "chibisov@yarogorye.example": "consultant",
    },
}


@dataclass(frozen=True)
class Told:
    """The contest of this year, that of the year before, and how both are told."""

    demo: Demo
    me: Person
    this_year: Contest
    former: Contest

    def tell_again(self) -> None:
        """Tell of the review of both once more."""
        _tell(self.demo, self.me)


def told_contests() -> Told:
    """Tell them."""
    demo, me = tell(2026), command_person(timezone.now())
    telling._load_places(demo, me)  # steps of a story that is told whole elsewhere
    telling._name_funds(demo, me)  # the same
    telling._load_grants(demo, "XB-OWN", me)  # the same
    telling._map_statuses(demo, me)  # the same
    telling._invite(demo, me)  # the same
    people = {person.email: person for person in invented_people()}
    for code, emails in STAFF.items():
        region = region_by(code)
        assert region is not None
        centre = a_centre(f"Центр {code}", region=region)
        Centre.objects.filter(pk=centre.pk).update(time_zone="Asia/Yekaterinburg")
        for email, role in emails.items():
            CentreStaff.objects.create(centre=centre, person=people[email], role=role, since=NOON)
    load_list(demo, "XB-YAR")
    hold_contests()
    for step in intake_steps(demo, me)[:2]:
        step()
    _tell(demo, me)
    named = {one.call.name: one for one in Contest.objects.select_related("call")}
    this_year, former = (named[f"Инициативы Ярогорья — {year}"] for year in (2026, 2025))
    return Told(demo, me, this_year, former)


def _tell(demo: Demo, me: Person) -> None:
    for step in (begin, score, mend, seat, decide_former):
        step(demo, me)
    keep_winners()
