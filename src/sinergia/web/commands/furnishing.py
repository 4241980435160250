"""The demo's house furnished: centres, people in their roles, what they told and noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from sinergia.base.files.models import Upload
from sinergia.organisations.actions import contacts, notes, officials, papers, telling
from sinergia.organisations.actions.centres import join_centre, make_centre
from sinergia.organisations.actions.claims import raise_claim
from sinergia.organisations.actions.doubles import find_doubles
from sinergia.organisations.actions.groups import write_group
from sinergia.organisations.actions.merging import merge_organisations
from sinergia.organisations.actions.register import Newcomer, register_organisations
from sinergia.organisations.actions.teams import join_team
from sinergia.organisations.models import Centre, Membership, Organisation, Paper
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.places.queries import municipality_coded
from sinergia.web.commands.listing import told_region
from sinergia.web.commands.sending import send
from sinergia.web.demo import stock
from sinergia.web.demo.identifiers import inn_of, ogrn_of
from sinergia.web.demo.papers import Sheet, pdf_of
from sinergia.web.demo.rows import CentreRow, PersonRow
from sinergia.web.demo.story import Demo

STAFF = ("head", "consultant")
TEAM = ("leader", "editor")


def furnish(demo: Demo, me: Person) -> None:
    """Open the centres and let people in; whole or not at all, and only once."""
    with transaction.atomic():
        house = House(demo, me)
        if any(organisation_by_number(ogrn_of_centre(row), "") for row in demo.centres):
            return
        for row in demo.centres:
            house.open(row)
        for person in demo.people:
            house.give_role(person)
        house.tell()
        house.keep_papers()
        house.note()
        house.know()
        house.gather()
        house.enter_twice()
    find_doubles(since=None, now=timezone.now())


def ogrn_of_centre(row: CentreRow) -> str:
    """The invented number of a centre's organisation."""
    return ogrn_of(row.region, row.number, year=2016)


@dataclass(frozen=True)
class House:
    """Whom and what the story names, found in the installation it is told to."""

    demo: Demo
    me: Person

    @cached_property
    def people(self) -> dict[str, Person]:
        """By the address, and by its beginning."""
        found = {person.email: person for person in invented_people()}
        return found | {email.partition("@")[0]: person for email, person in found.items()}

    @cached_property
    def centres(self) -> dict[str, Centre]:
        """By the region's code; `open` fills it."""
        return {}

    def open(self, row: CentreRow) -> None:
        """Enter a centre's own organisation and make a centre of it."""
        now, region, town = timezone.now(), told_region(row.region), municipality_coded(row.oktmo)
        newcomer = Newcomer(
            name=row.name,
            short_name=row.short_name,
            ogrn=ogrn_of_centre(row),
            inn=inn_of(row.region, row.number),
            region_id=region.pk,
            municipality_id=town.pk if town else None,
            status=Organisation.Status.ACTIVE,
            registered_on=date(2016, 4, 12),
        )
        (made,) = register_organisations([newcomer], now=now)
        self.centres[row.region] = make_centre(
            made, [region], row.time_zone, actor=self.me, now=now
        )

    def give_role(self, row: PersonRow) -> None:
        """Give somebody of the demo what an invitation would give them."""
        person, now = self.people[row.email], timezone.now()
        if row.role in STAFF:
            join_centre(self.centres[row.region], person, row.role, actor=self.me, now=now)
        elif row.role in TEAM:
            join_team(self.known(row.of), person, row.role, actor=self.me, now=now)
        elif row.role == "official":
            officials.join_region(told_region(row.region), person, actor=self.me, now=now)
        elif row.asks:
            given = {"role": Membership.Role.LEADER, "post": row.post, "ground": row.asks}
            raise_claim(self.known(row.of), given, actor=person, now=now)

    def tell(self) -> None:
        """What organisations tell of themselves, or centres write from their words."""
        now, month, told = timezone.now(), timezone.localdate().replace(day=1), stock.inside()
        for card in told["cards"]:
            telling.write_card(self.of(card), _given(card), actor=self.by(card), now=now)
        for head in told["heads"]:
            until = month + timedelta(days=head["ends"] - 1)
            term = {"since": until - timedelta(days=3 * 365), "until": until}
            telling.write_head(self.of(head), _given(head) | term, actor=self.by(head), now=now)
        for way in told["ways"]:
            given = {"note": "", "is_public": False} | _given(way)
            telling.write_reach(self.of(way), given, actor=self.by(way), now=now)
        for one in told["accounts"]:
            telling.write_account(self.of(one), _given(one), actor=self.by(one), now=now)

    def keep_papers(self) -> None:
        """What organisations have in their folders, some of it scanned."""
        now, today = timezone.now(), timezone.localdate()
        for row in stock.inside()["papers"]:
            issued_on = today - timedelta(days=row["issued"])
            ends_on = today + timedelta(days=row["ends"]) if "ends" in row else None
            dates = {"issued_on": issued_on, "ends_on": ends_on}
            file = _scan(row, self.of(row), self.by(row), issued_on) if "scan" in row else None
            given = _given(row) | dates | {"file": file}
            papers.write_paper(self.of(row), given, actor=self.by(row), now=now)

    def note(self) -> None:
        """What centres noted, and when they met."""
        now, today = timezone.now(), timezone.localdate()
        for note in stock.inside()["notes"]:
            organisation = self.of(note)
            met_on, code = today - timedelta(days=note["met"]), organisation.region
            centre = self.centres[code.code if code else ""]
            notes.write_note(
                centre, organisation, note["text"], met_on=met_on, actor=self.by(note), now=now
            )

    def know(self) -> None:
        """Write down people without accounts, and put some on a list in protocol order."""
        now, lists = timezone.now(), {}
        for row in stock.inside()["contacts"]:
            actor, town = self.by(row), municipality_coded(row["oktmo"])
            region = town.region if town else None
            centre = self.centres[region.code if region else ""]
            place = {"municipality": town, "region": region}
            person = contacts.enter_contact(centre, row | place, row, actor=actor, now=now)
            if name := row.get("list"):
                if name not in lists:
                    lists[name] = contacts.make_list(centre, {"name": name}, actor=actor, now=now)
                post = person.posts.get()
                contacts.put_on_list(lists[name], person, post, actor=actor, now=now)

    def enter_twice(self) -> None:
        """Enter by hand what is in the register already: a double to be found."""
        for row in stock.inside()["doubles"]:
            twin = self.of(row)
            newcomer = Newcomer(
                name=row["name"], region_id=twin.region_id, municipality_id=twin.municipality_id
            )
            actor, now = self.by(row), timezone.now()
            (made,) = register_organisations([newcomer], now=now, entered_by=actor.key)
            if row.get("is_merged"):
                merge_organisations(twin.key, made.key, actor=actor, now=now)

    def gather(self) -> None:
        """Write down groups without a legal entity from their people's words."""
        for row in stock.inside()["groups"]:
            write_group(
                told_region(row["region"]),
                row,
                actor=self.by(row),
                now=timezone.now(),
                municipality=municipality_coded(row["oktmo"]),
            )

    def known(self, brand: str) -> Organisation:
        """The organisation that the stories call so."""
        named = (row.ogrn for row in self.demo.organisations if f"«{brand}»" in row.name)
        found = organisation_by_number(next(named), "")
        if found is None:
            raise LookupError(brand)
        return found

    def of(self, row: Mapping[str, Any]) -> Organisation:
        """Which organisation a row is about."""
        return self.known(row["of"])

    def by(self, row: Mapping[str, Any]) -> Person:
        """Who writes it."""
        return self.people[row["by"]]


def _given(row: Mapping[str, Any]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in ("of", "by", "ends")}


def _scan(row: Mapping[str, Any], of: Organisation, by: Person, issued_on: date) -> Upload:
    """A paper as its people would send it."""
    now, kind = timezone.now(), Paper.Kind(row["kind"])
    with translation.override("ru"):
        heading = ": ".join(filter(None, [str(kind.label), row.get("title", "")]))
    number = f"№ {row['number']} " if "number" in row else ""
    sheet = Sheet(of.name, heading, f"{number}от {issued_on:%d.%m.%Y}", row["text"])
    return send(pdf_of(sheet), row["scan"], by=by, now=now)
