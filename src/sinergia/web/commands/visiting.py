"""The demo's programme of exchange: its agreement, visits held and one that is prepared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from sinergia.base.files.models import Upload
from sinergia.exchange.actions import delegation, own
from sinergia.exchange.actions.agreements import PartyGiven, write_agreement
from sinergia.exchange.actions.aims import judge_aim, write_aim
from sinergia.exchange.actions.organisers import write_organiser
from sinergia.exchange.actions.programmes import add_place, shelve_programme, write_programme
from sinergia.exchange.actions.reports import Told, save_report
from sinergia.exchange.actions.visits import shelve_visit, take_step, write_visit
from sinergia.exchange.models import Delegate, PartnershipAgreement, Programme, Visit
from sinergia.exchange.queries.agreements import agreements_of
from sinergia.exchange.queries.delegation import delegates_of
from sinergia.exchange.queries.programmes import programmes_of
from sinergia.exchange.queries.visits import visits_of
from sinergia.organisations.models import Centre, Organisation
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.people.actions import invent_person
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.places.queries import municipality_coded, themes_of
from sinergia.web.commands.holding import heads
from sinergia.web.commands.homecoming import bring_home
from sinergia.web.commands.laying import lay_programmes
from sinergia.web.commands.listing import told_region
from sinergia.web.commands.sending import send
from sinergia.web.demo import stock
from sinergia.web.demo.papers import Sheet, pdf_of
from sinergia.web.demo.story import Demo

LINK = timedelta(days=30)
BEFORE = timedelta(days=40)  # so long before its first day a visit is begun
AFTER = timedelta(days=20)  # so long after its last day it is accounted for
WAY = ("agree", "approve", "begin", "end", "account")


@transaction.atomic
def go_visiting(demo: Demo, me: Person) -> None:
    """Write it all through the actions of the site, whole or not at all; twice it is there once."""
    told, leading = stock.exchange(), heads()
    guide = Guide(demo, me, leading, told, timezone.now())
    programme = guide.programme(told["programme"])
    agreement = guide.agreement(told["agreement"], programme)
    for one in told["visits"]:
        guide.visit(one, programme, agreement)


@dataclass(frozen=True)
class Guide:
    """Who and what the story names, found in the installation it is told to."""

    demo: Demo
    me: Person
    leading: Mapping[str, tuple[Centre, Person]]
    told: Mapping[str, Any]
    now: datetime

    @cached_property
    def people(self) -> dict[str, Person]:
        """By the beginning of the address; those who only travel are invented here."""
        known = {one.email.partition("@")[0]: one for one in invented_people()}
        for code, (name, *_rest) in self.told["people"].items():
            if code not in known:
                email = f"{code}@synergy.example"
                known[code] = invent_person(
                    email, name, is_administrator=False, actor=self.me, now=self.now
                )
        return known

    def programme(self, told: Mapping[str, Any]) -> Programme:
        """The programme with its places, and with aims looked at after a year."""
        centre, head = self.leading[told["region"]]
        known = programmes_of(centre).filter(name_ru=told["name_ru"]).first()
        if known is not None:
            return known
        begun = noon_of(told["starts_on"])
        given = {name: told[name] for name in ("name_ru", "name_en", "about", "starts_on")}
        made = write_programme(centre, given | {"ends_on": None}, actor=head, now=begun)
        for side in ("first", "second"):
            for region, oktmo in told[side]:
                town = municipality_coded(oktmo) if oktmo else None
                add_place(made, side, told_region(region), town, actor=head, now=begun)
        for aim in told["aims"]:
            row = write_aim(made, {"text": aim["text"]}, actor=head, now=begun)
            if "verdict" in aim:
                said = {"verdict": aim["verdict"], "proof": aim["proof"]}
                judge_aim(row, said, actor=head, now=self.now, today=self.now.date())
        return shelve_programme(made, "publish", actor=head, now=begun)

    def agreement(self, told: Mapping[str, Any], programme: Programme) -> PartnershipAgreement:
        """The agreement, signed and scanned."""
        centre, head = programme.centre, self.leading["XB-YAR"][1]
        known = agreements_of(centre).filter(number=told["number"]).first()
        if known is not None:
            return known
        parties = [
            PartyGiven(None, one["name"], one["signer"], one["post"]) for one in told["parties"]
        ]
        names = ("number", "signed_on", "ends_on", "renewal", "subject", "forms")
        given = {name: told[name] for name in names} | {"programme": programme, "is_public": True}
        given["file"] = _scan(told, head, self.now)
        return write_agreement(centre, given, parties, actor=head, now=self.now)

    def visit(
        self, told: Mapping[str, Any], programme: Programme, agreement: PartnershipAgreement
    ) -> None:
        """A visit with those who prepare it and who travel, brought to its stage."""
        centre, by = self.leading[told["region"]][0], self.people[told["by"]]
        if visits_of(centre).filter(name=told["name"]).exists():
            return
        first, last = told.get("on") or [
            self.now.date() + timedelta(days=days) for days in told["days"]
        ]
        begun = min(self.now, noon_of(first) - BEFORE)
        given = {
            "name": told["name"],
            "kind": "exchange",
            "programme": programme,
            "agreement": agreement,
            "basis": "",
            "aims": told["aims"],
            "from_region": told_region(told["region"]),
            "to_region": told_region(told["to"]),
            "starts_on": first,
            "ends_on": last,
            "budget_minor": told["budget"],
            "payers": told["payers"],
            "coordinator": by,
            "note": told.get("note", ""),
        }
        visit = write_visit(centre, given, actor=by, now=begun)
        self._organise(visit, told, by, begun)
        self._gather(visit, told, by, begun)
        lay_programmes(visit, _hosts(self.demo, self.leading), by=by, now=begun)
        moments = [begun, begun, noon_of(first), noon_of(last), noon_of(last) + AFTER]
        for step, moment in zip(WAY, moments, strict=True):
            if visit.stage != told["stage"]:
                visit = _brought_on(visit, step, told, by, moment)
        if told["is_public"]:
            shelve_visit(visit, "publish", actor=by, now=begun)
        if told.get("comes_home"):
            bring_home(visit)

    def _organise(self, visit: Visit, told: Mapping[str, Any], by: Person, now: datetime) -> None:
        for side, rows in (("host", told["hosts"]), ("sending", told["senders"])):
            for body, name, post, does, of in rows:
                known = self._body(body, of)
                given = {
                    "side": side,
                    "organisation": known,
                    "body": "" if known else body,
                    "name": name,
                    "post": post,
                    "does": does,
                    "phone": "",
                    "email": "",
                    "is_shown": True,
                }
                write_organiser(visit, given, actor=by, now=now)

    def _gather(self, visit: Visit, told: Mapping[str, Any], by: Person, now: datetime) -> None:
        """Write down who travels; those who are no doubt take their places up by their links."""
        for code in [*told["delegates"], *told.get("unconfirmed", [])]:
            row = self._write(visit, code, by, now)
            if code in told["delegates"]:
                _take_up(row, self.people[code], by, now)
            elif code == told.get("invited"):
                email = self.people[code].email
                delegation.invite_delegate(
                    row, ends_at=self.now + LINK, actor=by, now=self.now, email=email
                )
            if code == told["lead"]:
                delegation.name_lead(row, actor=by, now=now)
        rows = {one.name: one for one in delegates_of(visit)}
        for code in sorted({*told.get("wishes", {}), *told.get("travel", {})}):
            row = rows[self.told["people"][code][0]]
            _speak(row, told, code, self.people[code], now)

    def _write(self, visit: Visit, code: str, by: Person, now: datetime) -> Delegate:
        name, post, body, oktmo = self.told["people"][code]
        known = _known(self.demo, body.removeprefix("=")) if body.startswith("=") else None
        given = {
            "name": name,
            "post": post,
            "organisation": known,
            "body": "" if known else body,
            "municipality": municipality_coded(oktmo),
            "phone": "",
            "email": "",
            "told_by": by.name,
        }
        return delegation.write_delegate(visit, given, actor=by, now=now)

    def _body(self, body: str, of: str) -> Organisation | None:
        """A centre's own organisation, a known one, or none where it stands as it is written."""
        if of in self.leading:
            return self.leading[of][0].organisation
        return _known(self.demo, body) if of == "known" else None


def _known(demo: Demo, brand: str) -> Organisation | None:
    """The organisation of the register that the stories call so."""
    named = (row.ogrn for row in demo.organisations if f"«{brand}»" in row.name)
    return organisation_by_number(next(named), "")


def _hosts(
    demo: Demo, leading: Mapping[str, tuple[Centre, Person]]
) -> dict[str, Organisation | None]:
    """Whoever may receive a visit: known organisations by brand, centres by their regions."""
    brands = [one.brand for one in stock.cast().known if one.is_host]
    centres = {code: centre.organisation for code, (centre, _head) in leading.items()}
    return {brand: _known(demo, brand) for brand in brands} | centres


def _brought_on(
    visit: Visit, step: str, told: Mapping[str, Any], by: Person, now: datetime
) -> Visit:
    """A step further; what the visit gave and cost is written before it is accounted for."""
    if step == "account":
        report = told["report"]
        given = Told(report["introduction"], report["conclusions"], report["spent"])
        save_report(visit, given, actor=by, now=now)
    return take_step(visit, step, actor=by, now=now)  # type: ignore[arg-type]  # of STEPS


def _scan(told: Mapping[str, Any], by: Person, now: datetime) -> Upload:
    """The signed paper as its people would send it."""
    issued = f"№ {told['number']} от {told['signed_on']:%d.%m.%Y}"
    parties = "; ".join(one["name"] for one in told["parties"])
    sheet = Sheet(parties, told["subject"], issued, told["text"])
    return send(pdf_of(sheet), told["file"], by=by, now=now)


def _speak(row: Delegate, told: Mapping[str, Any], code: str, who: Person, now: datetime) -> None:
    """What a delegate wants to see, and how they travel."""
    themes = {one.name_ru: one for one in themes_of(row.visit.to_region)}
    if code in told.get("wishes", {}):
        wishes, theme = told["wishes"][code]
        own.write_wishes(row, wishes, [themes[theme]], actor=who, now=now)
    if code in told.get("travel", {}):
        given = dict(zip(own.TRAVEL_FIELDS, told["travel"][code], strict=True))
        own.write_travel(row, given, actor=who, now=now)


def _take_up(row: Delegate, who: Person, by: Person, now: datetime) -> None:
    made, token = delegation.invite_delegate(row, ends_at=now + LINK, actor=by, now=now)
    own.take_up_place(made.key, token, actor=who, now=now)


def noon_of(day: date) -> datetime:
    """The middle of a day."""
    return datetime.combine(day, time(9), UTC)
