"""A year of help in the demo: consultations of both centres, requests, a next step that is due."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from sinergia.organisations.models import Centre, Organisation
from sinergia.organisations.queries.roles import served, staff_of_regions
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.places.queries import region_coded
from sinergia.support.actions import consultations, dictionaries, requests
from sinergia.support.actions.clients import ClientGiven
from sinergia.support.actions.consultations import Consulted, Whom
from sinergia.support.models import Client, MoneySource, Topic
from sinergia.support.queries.dictionaries import sources_of, topics_offered
from sinergia.support.queries.requests import centre_for, organisations_asking
from sinergia.support.queries.whom import clients_named
from sinergia.web.demo import stock
from sinergia.web.demo.helping import COUNTS, HelpRow, year_of_help
from sinergia.web.demo.story import Demo

NAMES = UUID("5b0f1c9e-7a43-4d0e-8f6e-0a4c0d1e2f30")  # of keys, so that a step taken again is none


def give_help(demo: Demo) -> None:
    """Tell both years and the requests; taken again, what is there stays as it is."""
    words, now = stock.helping(), timezone.now()
    for code in COUNTS:
        region = region_coded(code)
        centre = centre_for(region.pk if region else None)
        if centre is not None:
            with transaction.atomic():
                _tell_year(demo, code, centre, words, now=now)
    _ask(words, now=now)
    _note(words, now=now)


def _tell_year(
    demo: Demo, code: str, centre: Centre, words: Mapping[str, Any], *, now: datetime
) -> None:
    staff = _staff(centre)
    if not staff:
        return
    dictionaries.take_topics(centre, actor=staff[0], now=now)
    source = _source(code, centre, words, staff[-1], now=now)
    topics = {one.name_ru: one for one in topics_offered(centre)}
    found = served(centre).filter(is_public=True).order_by("name_folded", "pk")
    organisations = list(found.select_related("municipality")[:480:10])
    for place, row in enumerate(year_of_help(code, dict(words), seed=demo.seed)):
        key = uuid5(NAMES, f"{code} {place}")
        actor = staff[place % 2] if place % 5 == 0 and len(staff) > 1 else staff[0]
        _write(centre, key, row, organisations, topics, source, actor=actor, now=now)


def _write(
    centre: Centre,
    key: UUID,
    row: HelpRow,
    organisations: list[Organisation],
    topics: Mapping[str, Topic],
    source: MoneySource | None,
    *,
    actor: Person,
    now: datetime,
) -> None:
    on = timezone.localdate(now) - timedelta(days=row.days)
    told = Consulted(
        on,
        row.channel,
        topics[row.topic],
        row.minutes,
        row.result,
        row.text,
        source if row.is_paid else None,
        next_what=row.step,
        next_on=on + timedelta(days=row.next_in) if row.next_in else None,
    )
    whom = _whom(centre, row, organisations)
    at = min(now, now - timedelta(days=row.days) + timedelta(minutes=row.minutes))
    made = consultations.write_consultation(centre, key, whom, told, actor=actor, now=at)
    if row.next_in and row.days > row.next_in:
        done_at = now - timedelta(days=row.days - row.next_in)
        consultations.tick_step(made, is_done=True, actor=actor, now=done_at)


def _whom(centre: Centre, row: HelpRow, organisations: list[Organisation]) -> Whom:
    if row.kind == "organisation":
        return Whom(organisation=organisations[row.number % len(organisations)])
    known = clients_named(centre, row.name).first()
    if known is not None:
        return Whom(client=known)
    kind = Client.Kind.PERSON if row.kind == "person" else Client.Kind.GROUP
    return Whom(made=ClientGiven(row.name, kind))


def _source(
    code: str, centre: Centre, words: Mapping[str, Any], head: Person, *, now: datetime
) -> MoneySource | None:
    """The subsidy of a centre with what its act asks, as its head writes it down."""
    there = sources_of(centre).first()
    told = next(one for one in words["sources"] if one["region"] == code)
    if there is not None:
        return there
    given = dictionaries.SourceGiven(told["name"], told["act"])
    made = dictionaries.add_source(centre, given, actor=head, now=now)
    for name, counts, least, proof in told["promised"]:
        promised = dictionaries.PromisedGiven(name, counts, least, proof)
        dictionaries.add_promised(made, promised, actor=head, now=now)
    return made


def _staff(centre: Centre) -> list[Person]:
    """Consultants, then the head: who leads stands last."""
    regions = list(centre.regions.values_list("region", flat=True))
    heads = list(staff_of_regions(regions, "head"))
    return [*staff_of_regions(regions, "consultant"), *heads] if heads else []


def _ask(words: Mapping[str, Any], *, now: datetime) -> None:
    people = {person.email: person for person in invented_people()}
    for told in words["requests"]:
        asker = people.get(told["who"])
        for organisation in organisations_asking(asker)[:1] if asker else []:
            key = uuid5(NAMES, told["text"])
            asked = requests.Asked(told["text"], organisation)
            if asker is not None:
                at = now - timedelta(hours=9)
                requests.ask_for_help(key, asked, None, actor=asker, now=at)


def _note(words: Mapping[str, Any], *, now: datetime) -> None:
    for told in words["told"]:
        region = region_coded(told["region"])
        centre = centre_for(region.pk if region else None)
        staff = _staff(centre) if centre is not None else []
        if centre is None or not staff:
            continue
        topic = next(one for one in topics_offered(centre) if one.name_ru == told["topic"])
        known = clients_named(centre, told["who"]).first()
        made = None if known else ClientGiven(told["who"])
        asked = requests.Asked(told["text"], topic=topic)
        noted = requests.Noted(asked, told["who"], "phone", known, made)
        key = uuid5(NAMES, told["text"])
        row = requests.note_request(centre, key, noted, actor=staff[0], now=now)
        if "in_days" in told and row.appointed_at is None:
            at = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=told["in_days"])
            requests.appoint(row, at, told["where"], actor=staff[0], now=now)
