"""Reading a feed of another installation: pages within limits, then taken all at once."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.conf import settings

from sinergia.base.outside import Answer, Limits, call
from sinergia.engine.practice.feed import Page, origin_of, read_feed
from sinergia.engine.refusal import Gap, Refused
from sinergia.practices.actions.feeds import (
    note_etag,
    note_reading,
    refuse_many,
    refuse_twins,
    take_page,
    withdraw_missing,
)
from sinergia.practices.models import Feed

MOST_PAGES = 110  # of fifty each, as we give them: more than one feed may bring
MOST_OCTETS = 60 * 1024 * 1024  # of all pages
MOST_SECONDS = 300.0  # for all of them


@dataclass(frozen=True)
class Brought:
    """How it went. gap: what went wrong; then nothing was taken."""

    came: int = 0
    left: int = 0
    gap: Gap | None = None


def bring(feed: Feed, *, now: datetime, limits: Limits | None = None) -> Brought:
    """Read what is new, all of it, and only then take it; write down how it went.

    limits: of one page.
    """
    told = Brought()
    try:
        pages, etag = read_pages(feed, limits or Limits())
        refuse_twins(feed, pages)
        refuse_many(feed, pages)
        took = [take_page(feed, page, now=now) for page in pages]
        lost = withdraw_missing(feed, pages, now=now) if is_anew(feed, pages) else 0
        told = Brought(sum(came for came, _left in took), lost + sum(left for _came, left in took))
        note_etag(feed, etag)
    except Refused as refusal:
        told = Brought(gap=refusal.gaps[0])
    note_reading(feed, told.gap, came=told.came, left=told.left, now=now)
    return told


def is_anew(feed: Feed, pages: Sequence[Page]) -> bool:
    """Whether its home has begun to count anew, after a loss, so that all of it was read."""
    return bool(pages) and pages[-1].last < feed.after


def read_pages(feed: Feed, limits: Limits) -> tuple[list[Page], str]:
    """Every page there is, each checked, and the mark of the last one where it was empty.

    Raises Refused at the first that is not right, and for one that never ends.
    """
    pages: list[Page] = []
    after, etag, octets = feed.after, feed.etag, 0
    until = time.monotonic() + MOST_SECONDS
    while len(pages) < MOST_PAGES:
        answer = _asked(feed, after, etag, limits, until)
        if answer.status == HTTPStatus.NOT_MODIFIED and etag:
            return pages, etag
        octets += len(answer.content)
        page = read_feed(answer.content, origin=origin_of(answer.address), after=after)
        _check(page, octets)
        if page.last < after and after:  # its home begins to count anew, and so do we
            after, etag, pages = 0, "", []
            continue
        pages.append(page)
        after, etag = page.after, ""
        if page.next is None:
            return pages, "" if page.items else answer.headers.get("etag", "")[:100]
    raise Refused([Gap("feed.endless", values={"most": MOST_PAGES})])


def _asked(feed: Feed, after: int, etag: str, limits: Limits, until: float) -> Answer:
    left = until - time.monotonic()
    if left <= 0:
        raise Refused([Gap("outside.slow", values={"seconds": round(MOST_SECONDS)})])
    headers = {"Accept": "application/json"} | ({"If-None-Match": etag} if etag else {})
    address = f"{feed.address}?after={after}" if after else feed.address
    timed = Limits(min(limits.seconds, left), limits.octets)
    answer = call(address, headers=headers, limits=timed)
    is_right = answer.status == HTTPStatus.OK or (etag and answer.status == HTTPStatus.NOT_MODIFIED)
    if not is_right:
        raise Refused([Gap("outside.status", values={"status": answer.status})])
    return answer


def _check(page: Page, octets: int) -> None:
    if origin_of(page.site) == origin_of(settings.SITE_URL):
        raise Refused([Gap("feed.own")])
    if octets > MOST_OCTETS:
        raise Refused([Gap("outside.large", values={"megabytes": MOST_OCTETS // (1024 * 1024)})])
