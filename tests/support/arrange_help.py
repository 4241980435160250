"""Consultations and requests, valid with the fewest words."""

from datetime import date
from uuid import UUID, uuid4

from sinergia.organisations.actions.indexing import index_organisations
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.support.actions.clients import ClientGiven
from sinergia.support.actions.consultations import Consulted, Whom, write_consultation
from sinergia.support.actions.dictionaries import SourceGiven, add_source, take_topics
from sinergia.support.models import Client, Consultation, MoneySource, Topic
from sinergia.support.queries.dictionaries import topics_offered
from tests.arrange import NOON, an_organisation

TODAY = NOON.date()


def a_topic(centre: Centre, actor: Person, place: int = 0) -> Topic:
    """One of the shipped list."""
    take_topics(centre, actor=actor, now=NOON)
    return topics_offered(centre)[place]


def a_money_source(
    centre: Centre, head: Person, name: str = "Субсидия", **term: date
) -> MoneySource:
    """A source of money."""
    return add_source(centre, SourceGiven(name, **term), actor=head, now=NOON)  # type: ignore[arg-type]  # since, until


def told_of(topic: Topic, **given: object) -> Consulted:
    """Half an hour by telephone, today."""
    values: dict[str, object] = {"held_on": TODAY, "channel": "phone", "minutes": 30}
    return Consulted(**values | {"topic": topic} | given)  # type: ignore[arg-type]  # as tests name them


def a_consultation(
    centre: Centre,
    actor: Person,
    whom: Organisation | Client | str,
    *,
    key: UUID | None = None,
    **given: object,
) -> Consultation:
    """Somebody helped; a name makes a new person."""
    topic = given.pop("topic", None) or a_topic(centre, actor)
    if isinstance(whom, Organisation):
        who = Whom(organisation=whom)
    elif isinstance(whom, Client):
        who = Whom(client=whom)
    else:
        who = Whom(made=ClientGiven(whom))
    told = told_of(topic, **given)  # type: ignore[arg-type]  # a topic
    return write_consultation(centre, key or uuid4(), who, told, actor=actor, now=NOON)


def a_found_organisation(name: str, centre: Centre) -> Organisation:
    """An organisation of the centre's region that search finds."""
    made = an_organisation(name, region=centre.organisation.region)
    index_organisations([made])
    return made
