"""Topics and sources of money, set by the head of a centre."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import Keyed, record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.support.access.help import may_log, may_set_help
from sinergia.support.models import MoneySource, Promised, Topic
from sinergia.support.queries.dictionaries import is_used, topics_to_begin_with

NAME = 150  # characters of a topic


@dataclass(frozen=True)
class SourceGiven:
    """A source of money. since, until: days, both in; none where there is no such bound."""

    name: str
    act: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class PromisedGiven:
    """What the act asks: an indicator by its words, what is counted, the least, its proof."""

    name: str
    counts: str
    least: int
    proof: str = ""


@transaction.atomic
def take_topics(centre: Centre, *, actor: Person, now: datetime) -> None:
    """Begin with the shipped list, where a centre has no topic yet. Anybody of its staff may."""
    centre = _locked(centre)
    if not may_log(actor, centre):
        raise PermissionDenied
    if Topic.objects.filter(centre=centre).exists():
        return
    for one in topics_to_begin_with():
        _make_topic(centre, one.ru, one.en, actor=actor, now=now)


@transaction.atomic
def add_topic(centre: Centre, name_ru: str, name_en: str, *, actor: Person, now: datetime) -> Topic:
    """Add a topic. Raises Refused for a name that is there; one that was retired comes back."""
    centre = _leading(centre, actor)
    name = _topic_name(name_ru)
    there = Topic.objects.filter(centre=centre, name_folded=fold(name)).first()
    if there is None:
        return _make_topic(centre, name, name_en, actor=actor, now=now)
    if not there.is_retired:
        raise Refused([Gap("topic.there", "name_ru")])
    there.is_retired = False
    there.save(update_fields=["is_retired"])
    record("topic.offered", about=there, actor=actor, at=now)
    return there


@transaction.atomic
def change_topic(
    topic: Topic, name_ru: str, name_en: str, *, is_retired: bool, actor: Person, now: datetime
) -> Topic:
    """Rename a topic, or offer it no more; what was written under it stays there."""
    centre = _leading(topic.centre, actor)
    row = Topic.objects.select_for_update().get(pk=topic.pk, centre=centre)
    name = _topic_name(name_ru)
    others = Topic.objects.filter(centre=centre, name_folded=fold(name)).exclude(pk=row.pk)
    if others.exists():
        raise Refused([Gap("topic.there", "name_ru")])
    row.name_ru, row.name_en, row.is_retired = name, clean_line(name_en)[:NAME], is_retired
    row.name_folded = fold(name)[:NAME]
    row.save(update_fields=["name_ru", "name_en", "name_folded", "is_retired"])
    record("topic.changed", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def add_source(centre: Centre, given: SourceGiven, *, actor: Person, now: datetime) -> MoneySource:
    """Add a source of money. Raises Refused for a name that is there, an end before its start."""
    centre = _leading(centre, actor)
    _refuse_source(centre, given, but=0)
    made = MoneySource.objects.create(
        centre=centre,
        name=clean_line(given.name),
        name_folded=fold(given.name)[:200],
        act=clean_line(given.act),
        since=given.since,
        until=given.until,
    )
    record("money_source.added", about=made, actor=actor, at=now)
    return made


@transaction.atomic
def change_source(
    source: MoneySource, given: SourceGiven, *, actor: Person, now: datetime
) -> MoneySource:
    """Correct a source of money."""
    row = _led_source(source, actor)
    _refuse_source(row.centre, given, but=row.pk)
    row.name, row.name_folded = clean_line(given.name), fold(given.name)[:200]
    row.act, row.since, row.until = clean_line(given.act), given.since, given.until
    row.save(update_fields=["name", "name_folded", "act", "since", "until"])
    record("money_source.changed", about=row, actor=actor, at=now)
    return row


@transaction.atomic
def remove_source(source: MoneySource, *, actor: Person, now: datetime) -> None:
    """Remove a source by mistake. Raises Refused where something was written down as paid by it."""
    row = _led_source(source, actor)
    if is_used(row):
        raise Refused([Gap("money_source.used")])
    record("money_source.removed", about=row, actor=actor, at=now)
    row.delete()


@transaction.atomic
def add_promised(
    source: MoneySource, given: PromisedGiven, *, actor: Person, now: datetime
) -> Promised:
    """Write down what the act asks of the centre; pressed twice, it is one."""
    row = _led_source(source, actor)
    name = clean_line(given.name)
    if not name:
        raise Refused([Gap("money_source.no_indicator", "name")])
    values = {"name": name[:300], "counts": given.counts, "least": given.least}
    made, is_new = Promised.objects.get_or_create(
        source=row, **values, defaults={"proof": clean_line(given.proof)[:300]}
    )
    if is_new:
        codes = {"counts": given.counts}
        record("money_source.promised", about=row, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def remove_promised(promised: Promised, *, actor: Person, now: datetime) -> None:
    """Take out what was promised."""
    row = _led_source(promised.source, actor)
    codes = {"counts": promised.counts}
    if Promised.objects.filter(pk=promised.pk).delete()[0]:
        record("money_source.promise_removed", about=row, actor=actor, at=now, codes=codes)


def _make_topic(centre: Centre, ru: str, en: str, *, actor: Keyed, now: datetime) -> Topic:
    made = Topic.objects.create(
        centre=centre,
        name_ru=clean_line(ru)[:NAME],
        name_en=clean_line(en)[:NAME],
        name_folded=fold(ru)[:NAME],
    )
    record("topic.added", about=made, actor=actor, at=now)
    return made


def _topic_name(text: str) -> str:
    name = clean_line(text)[:NAME]
    if not fold(name):
        raise Refused([Gap("topic.no_name", "name_ru")])
    return name


def _refuse_source(centre: Centre, given: SourceGiven, *, but: int) -> None:
    gaps = []
    if not fold(given.name):
        gaps.append(Gap("money_source.no_name", "name"))
    same = MoneySource.objects.filter(centre=centre, name_folded=fold(given.name)[:200])
    if same.exclude(pk=but).exists():
        gaps.append(Gap("money_source.there", "name"))
    if given.since and given.until and given.until < given.since:
        gaps.append(Gap("money_source.ends_early", "until"))
    if gaps:
        raise Refused(gaps)


def _leading(centre: Centre, actor: Person) -> Centre:
    centre = _locked(centre)
    if not may_set_help(actor, centre):
        raise PermissionDenied
    return centre


def _locked(centre: Centre) -> Centre:
    return Centre.objects.select_for_update(of=("self",)).get(pk=centre.pk)


def _led_source(source: MoneySource, actor: Person) -> MoneySource:
    centre = _leading(source.centre, actor)
    rows = MoneySource.objects.select_for_update(of=("self",)).select_related("centre")
    return rows.get(pk=source.pk, centre=centre)
