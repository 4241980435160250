"""Our feed as it is sent: a page of changes, the key that signs, the schema."""

import json
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from sinergia.engine.practice.feed import FEED, MOST_OCTETS, PAGE, hash_of, is_large, item_of
from sinergia.practices.actions.signing import own_key
from sinergia.practices.queries.feed import Told, changes_after, last_change, names_of_centres


def page_after(number: int) -> bytes:
    """A page of our feed, the bytes of which are the same as long as nothing changes."""
    told = changes_after(number, most=PAGE + 1)
    items = _fitting(told[:PAGE])
    after = told[len(items) - 1].change.number if items else number
    page = {
        "schema": FEED,
        "site": f"{settings.SITE_URL}/",
        "name": site_name(),
        "key": own_key(),
        "items": items,
        "after": after,
        "last": last_change()[0],
        "next": feed_address(after) if len(told) > len(items) else None,
    }
    return written(page)


def key_page() -> bytes:
    """With which key this site signs what it reports."""
    return written({"site": f"{settings.SITE_URL}/", "key": own_key()})


def feed_address(after: int = 0) -> str:
    """The address of our feed behind a change."""
    address = f"{settings.SITE_URL}{reverse('practices:feed')}"
    return f"{address}?after={after}" if after else address


def site_name() -> str:
    """How an installation is called elsewhere: by its centre; of several, by its address."""
    names: Sequence[str] = names_of_centres()
    return names[0] if len(names) == 1 else settings.SITE_URL.partition("://")[2]


def written(told: dict[str, object]) -> bytes:
    """JSON as a person can read it, too."""
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _fitting(told: Sequence[Told]) -> list[dict[str, object]]:
    """The first of them that go into one page; one at least."""
    items: list[dict[str, object]] = []
    octets = 0
    for one in told:
        item = item_of(_item(one))
        octets += len(written(item))
        if items and octets > MOST_OCTETS:
            break
        items.append(item)
    return items


def _item(told: Told) -> dict[str, object]:
    practice, change = told.practice, told.change
    address = f"{settings.SITE_URL}{reverse('practices:practice', args=[practice.key])}"
    item: dict[str, object] = {
        "key": practice.key,
        "number": change.number,
        "changed_at": change.at,
        "address": address,
        "state": "withdrawn",
    }
    if told.values is None or is_large(told.values):  # one that no reader takes would stop them all
        return item
    region, values = practice.region, dict(told.values)
    names = ("code", "name_ru", "name_en")
    return item | {
        "state": "published",
        "hash": hash_of(values),
        "licence": values.get("licence", "")[:40],
        "published_at": practice.published_at,
        "authors": _authors(told),
        "region": {name: getattr(region, name) for name in names} if region is not None else None,
        "evidence": practice.evidence,
        "currency": practice.currency,
        "content": {"schema": "practice/1", "values": values},
    }


def _authors(told: Told) -> dict[str, str] | None:
    whose = told.practice.organisation
    if whose is None or not whose.is_public:
        return None
    address = reverse("organisations:detail", args=[whose.key])
    return {"name": whose.name[:500], "address": f"{settings.SITE_URL}{address}"}
