"""Feeds of other installations are added, taken from and left; what came is kept like our own."""

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.base.outside import PORTS, target_of
from sinergia.engine.practice import read_practice
from sinergia.engine.practice.feed import CONTENT, Item, Page, cleaned
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.seal import canonical_texts
from sinergia.engine.text import fold
from sinergia.notices.actions import tell
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.places.models import Region, Theme
from sinergia.practices.access import may_keep_feeds
from sinergia.practices.actions.indexing import index_practice
from sinergia.practices.actions.publishing import write_columns
from sinergia.practices.actions.reporting import tell_again
from sinergia.practices.models import Feed, ForeignPractice, Practice, PracticeRevision
from sinergia.practices.queries.adoptions import people_told
from sinergia.practices.queries.feeds import adopters_of

MOST_FEEDS = 50
MOST_PRACTICES = 5_000  # of one feed
LONGEST = Feed._meta.get_field("address").max_length or 0  # noqa: SLF001  # Django's own


def add_feed(address: str, *, actor: Person, now: datetime) -> Feed:
    """Have a feed read from now on; one that is read already is given back.

    address: of the feed, or of the installation. Raises Refused for what may not be asked. Its name
    is looked up before anything is written: that takes as long as it takes.
    """
    if not may_keep_feeds(actor):
        raise PermissionDenied
    return _keep(address_of(address), actor=actor, now=now)


@transaction.atomic
def _keep(address: str, *, actor: Person, now: datetime) -> Feed:
    feed, is_new = Feed.objects.get_or_create(
        address=address, defaults={"added_by": actor.key, "added_at": now}
    )
    if not is_new and feed.removed_at is None:
        return feed
    if Feed.objects.filter(removed_at=None).count() > MOST_FEEDS:
        raise Refused([Gap("feed.too_many", "address", {"most": MOST_FEEDS})])
    feed.removed_at, feed.after, feed.etag, feed.fault = None, 0, "", ""
    feed.save(update_fields=["removed_at", "after", "etag", "fault"])
    record("feed.added", about=feed, actor=actor, at=now)
    return feed


def ask_to_read(feed: Feed, *, now: datetime, is_urgent: bool = False) -> None:
    """Have it read by the worker; asked twice it is read once."""
    once, key = f"practices.read_feed {feed.key}", str(feed.key)
    promise("practices.read_feed", now=now, once=once, is_long=True, is_urgent=is_urgent, key=key)


def address_of(typed: str) -> str:
    """The address of a feed as it is kept, in one spelling; of a site alone, that of its feed."""
    address = typed.strip()
    target = target_of(address if "://" in address else f"https://{address}")
    host = f"[{target.host}]" if ":" in target.host else target.host
    port = "" if target.port == PORTS[target.scheme] else f":{target.port}"
    path = reverse("practices:feed") if target.path == "/" else target.path
    kept = f"{target.scheme}://{host}{port}{path}"
    if len(kept) > LONGEST or "#" in address or "?" in address:
        raise Refused([Gap("outside.no_address", "address")])
    return kept


@transaction.atomic
def remove_feed(feed: Feed, *, actor: Person, now: datetime) -> None:
    """Read it no more; what came by it leaves the catalogue. Pressing twice is harmless."""
    if not may_keep_feeds(actor):
        raise PermissionDenied
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    if feed.removed_at is not None:
        return
    rows = feed.practices.filter(practice__stage=Practice.Stage.PUBLISHED)
    for foreign in rows.select_related("practice", "feed"):
        _withdraw(foreign, now=now)
    feed.removed_at = now
    feed.save(update_fields=["removed_at"])
    record("feed.removed", about=feed, actor=actor, at=now)


def refuse_twins(feed: Feed, pages: Sequence[Page]) -> None:
    """Raises Refused where the site that speaks is read already by an address added earlier."""
    sites = {page.site for page in pages}
    twin = Feed.objects.filter(site__in=sites, removed_at=None, pk__lt=feed.pk).first()
    if twin is not None:
        raise Refused([Gap("feed.read_already", values={"address": twin.address})])


def refuse_many(feed: Feed, pages: Sequence[Page]) -> None:
    """Raises Refused where these pages bring more than one feed may."""
    there = set(feed.practices.values_list("home_key", flat=True))
    if len(there.union(item.key for page in pages for item in page.items)) > MOST_PRACTICES:
        raise Refused([Gap("feed.many_practices", values={"most": MOST_PRACTICES})])


@transaction.atomic
def take_page(feed: Feed, page: Page, *, now: datetime) -> tuple[int, int]:
    """Take what came, all of it or nothing; give how many came or changed, and how many left."""
    kept = Feed.objects.select_for_update().get(pk=feed.pk)
    if kept.removed_at is not None:
        return 0, 0
    kept.site, kept.name, kept.after, kept.etag = page.site, page.name, page.after, ""
    kept.save(update_fields=["site", "name", "after", "etag"])
    rows = kept.practices.filter(home_key__in=[item.key for item in page.items])
    there = {one.home_key: one for one in rows.select_related("practice", "feed")}
    came = left = 0
    for item in page.items:
        if item.state == "published":
            came += _take(kept, item, there.get(item.key), now=now)
        elif item.key in there:
            left += _withdraw(there[item.key], now=now)
    if came or left:
        codes: dict[str, str | int] = {"came": came, "left": left}
        record("feed.taken", about=kept, actor=command_person(now), at=now, codes=codes)
    return came, left


@transaction.atomic
def withdraw_missing(feed: Feed, pages: Sequence[Page], *, now: datetime) -> int:
    """Let go of what its home, read from its beginning, knows no more; give how many left."""
    kept = Feed.objects.select_for_update().get(pk=feed.pk)
    if kept.removed_at is not None:
        return 0
    known = {item.key for page in pages for item in page.items}
    rows = kept.practices.filter(practice__stage=Practice.Stage.PUBLISHED)
    gone = [
        one
        for one in rows.select_related("practice", "feed").order_by("pk")
        if one.home_key not in known
    ]
    left = sum(_withdraw(one, now=now) for one in gone)
    if left:
        codes: dict[str, str | int] = {"came": 0, "left": left}
        record("feed.taken", about=kept, actor=command_person(now), at=now, codes=codes)
    return left


def note_etag(feed: Feed, etag: str) -> None:
    """Remember the mark of an empty page, to be told in one word next time that nothing is new."""
    Feed.objects.filter(pk=feed.pk).update(etag=etag)


def note_reading(feed: Feed, gap: Gap | None, *, came: int, left: int, now: datetime) -> None:
    """Write down how reading went; gap: what went wrong, if anything did."""
    told: dict[str, object] = {"tried_at": now, "fault": "", "fault_values": {}}
    if gap is not None:
        told |= {"fault": gap.code, "fault_values": dict(gap.values)}
    else:
        told["read_at"] = now
    if came or left:
        told |= {"came": came, "left": left, "came_at": now}
    Feed.objects.filter(pk=feed.pk).update(**told)


def _take(feed: Feed, item: Item, foreign: ForeignPractice | None, *, now: datetime) -> bool:
    """One that stands at home; whether anything of it is new here."""
    if item.content is None:
        return False
    values, told = cleaned(item.content), _told(item)
    is_there = foreign is not None and foreign.practice.stage == Practice.Stage.PUBLISHED
    if foreign is not None and is_there and _same(foreign, item, told):
        return False
    at = min(item.changed_at, now)
    document = read_practice(values, currency=item.currency)
    practice = foreign.practice if foreign is not None else _begun(now)
    practice.currency, practice.region = item.currency, _region(item)
    practice.theme, practice.evidence = _theme(practice, values), item.evidence
    practice.changed_at = now
    practice.save(update_fields=["currency", "region", "changed_at"])
    write_columns(practice, document, now=now)
    if foreign is None or foreign.digest != item.hash:
        _keep_text(practice, values, feed, at=at)
    ForeignPractice.objects.update_or_create(
        feed=feed,
        home_key=item.key,
        defaults={**told, "practice": practice, "changed_at": at, "taken_at": now},
    )
    index_practice(practice)
    if foreign is not None and not is_there:
        tell_again(practice, now=now)
    return True


def _told(item: Item) -> dict[str, str]:
    """What is kept of where it came from."""
    authors, place = item.authors, item.region
    return {
        "address": item.address,
        "digest": item.hash,
        "licence": item.licence,
        "authors": authors.name if authors is not None else "",
        "authors_address": authors.address if authors is not None else "",
        "place": place.name_ru if place is not None else "",
    }


def _same(foreign: ForeignPractice, item: Item, told: Mapping[str, str]) -> bool:
    there, region = foreign.practice, _region(item)
    if (there.evidence, there.currency) != (item.evidence, item.currency):
        return False
    if there.region_id != (region.pk if region is not None else None):
        return False
    return all(getattr(foreign, name) == value for name, value in told.items())


def _begun(now: datetime) -> Practice:
    return Practice.objects.create(made_at=now, changed_at=now)


def _region(item: Item) -> Region | None:
    code = item.region.code if item.region is not None else ""
    return Region.objects.filter(code=code).first() if code else None


def _theme(practice: Practice, values: Mapping[str, str]) -> Theme | None:
    """A theme of this name: of its own region where that has one, else of any."""
    named = Theme.objects.filter(name_folded=fold(values.get("theme", ""))).order_by("pk")
    return named.filter(region=practice.region_id).first() or named.first()


def _keep_text(practice: Practice, values: Mapping[str, str], feed: Feed, *, at: datetime) -> None:
    PracticeRevision.objects.create(
        practice=practice,
        why=PracticeRevision.Why.PUBLISHED,
        content=zlib.compress(canonical_texts(CONTENT, values), 6),
        size=len(values),
        by=feed.key,
        at=at,
    )


def _withdraw(foreign: ForeignPractice, *, now: datetime) -> bool:
    """It leaves the catalogue; whoever took it home keeps what they have and is told."""
    practice = foreign.practice
    if practice.stage != Practice.Stage.PUBLISHED:
        return False
    practice.stage = Practice.Stage.WITHDRAWN
    practice.save(update_fields=["stage"])
    index_practice(practice)
    for adoption in adopters_of(practice):
        for person in people_told(adoption.organisation):
            tell(
                person,
                "practices.home_withdrew",
                now=now,
                about=adoption,
                url=reverse("projects:adoption", args=[adoption.key]),
                practice=practice.title,
                home=foreign.feed.name or foreign.feed.address,
            )
    return True
